import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachDatabase } from '../../store/testing/each-database.ts'
import { record } from '../audit/record.ts'
import type { Work } from '../work.ts'
import { DAY, HOUR, type Instant, instant, MINUTE } from '../world.ts'
import { createClock } from './clock.ts'

const START = Date.parse('2026-11-21T12:00:00.000Z')
const at = (milliseconds: number): Instant => instant(new Date(START + milliseconds))

eachDatabase('the clock', ({ fresh, engine }) => {
  const watch = async () => {
    const work = await fresh()
    let now = START
    // A server on the same host says the same.
    const serverClock = { now: async () => (engine === 'sqlite' ? undefined : at(now - START)) }
    const clock = createClock({
      work: {
        read: (run) => work.read(run),
        transaction: (run) => work.transaction((stores) => run({ ...stores, serverClock })),
      },
      place: 'here',
      report: () => {},
      world: { now: () => new Date(now), elapsed: () => 0, random: () => new Uint8Array() },
    })
    const look = async (milliseconds: number) => {
      now = START + milliseconds
      const { behind, leapt } = await clock.look()
      return { behind, leapt }
    }
    const lines = () =>
      work.read(async ({ audit }) =>
        (await audit.page({ environment: 'test' }, {})).items.map(
          (line) => `${line.at} ${line.action} ${line.facts.seen}`,
        ),
      )
    return { look, lines }
  }
  const nothing = { behind: undefined, leapt: undefined }

  test('that goes on minute by minute, or a desk that was off overnight, is no news', async () => {
    const { look, lines } = await watch()
    for (const moment of [0, MINUTE, 2 * MINUTE, 20 * HOUR, 40 * HOUR]) assert.deepEqual(await look(moment), nothing)
    assert.deepEqual(await lines(), [])
  })

  test('F2: that was ahead and is right again is behind its log for ten minutes, is written down once, and is forgotten', async () => {
    const { look, lines } = await watch()
    await look(0)
    const ahead = await look(95 * DAY)
    assert.deepEqual(ahead, { behind: undefined, leapt: { seen: at(0), until: at(96 * DAY) } })
    const doubt = { seen: at(95 * DAY), until: at(12 * MINUTE) }
    assert.deepEqual(await look(2 * MINUTE), { behind: doubt, leapt: undefined })
    assert.deepEqual(await look(3 * MINUTE), { behind: doubt, leapt: undefined })
    assert.deepEqual(await look(12 * MINUTE), nothing)
    assert.deepEqual(await lines(), [
      `${at(2 * MINUTE)} clock.behind ${at(95 * DAY)}`,
      `${at(95 * DAY)} clock.leapt ${at(0)}`,
    ])
  })

  test('F2: that leapt keeps what ends by the clock from ending for a day, also over a restart, and not for ever', async () => {
    const { look } = await watch()
    await look(0)
    const leapt = { seen: at(0), until: at(8 * DAY) }
    assert.deepEqual((await look(7 * DAY)).leapt, leapt)
    assert.deepEqual((await look(7 * DAY + 23 * HOUR)).leapt, leapt)
    assert.deepEqual(await look(8 * DAY), nothing)
  })

  test('that stopped years ago and comes back leaps, which holds everything back as well', async () => {
    const { look } = await watch()
    await look(0)
    const { behind } = await look(-2000 * DAY)
    assert.equal(behind?.seen, at(0), 'no line of the log says so, but the last look does')
    assert.deepEqual((await look(2 * MINUTE)).leapt, { seen: at(-2000 * DAY), until: at(DAY + 2 * MINUTE) })
  })

  /** Desks of one database, each with a clock so far ahead of the server's, which stands at `server`. */
  const several = async () => {
    const work = await fresh()
    let server = START
    let elapsed = 0
    const reports: string[] = []
    const withServer: Work = {
      read: (run) => work.read(run),
      transaction: (run) =>
        work.transaction((stores) => run({ ...stores, serverClock: { now: async () => at(server - START) } })),
    }
    const desk = (place: string, ahead: number) => {
      const world = { now: () => new Date(server + ahead), elapsed: () => elapsed, random: () => new Uint8Array() }
      const start = () => createClock({ work: withServer, world, place, report: (what) => reports.push(what) })
      let clock = start()
      return {
        look: () => clock.look(),
        isWrong: () => clock.isWrong(),
        set: (milliseconds: number) => {
          ahead = milliseconds
        },
        restart: () => {
          clock = start()
        },
      }
    }
    const goBy = (milliseconds: number) => {
      server += milliseconds
      elapsed += Math.abs(milliseconds)
    }
    /** By somebody: no time goes by. */
    const setServer = (milliseconds: number) => {
      server += milliseconds
    }
    const actions = () =>
      work.read(async ({ audit }) => (await audit.page({ environment: 'test' }, {})).items.map(({ action }) => action))
    /** By a desk on the server's host. */
    const writeLine = () =>
      work.transaction((stores) => {
        const target = { kind: 'clock', id: 'host' } as const
        const event = { environment: 'test', at: at(server - START), action: 'clock.differs', target } as const
        return record(stores, { kind: 'desk', name: 'another' }, event)
      })
    return { desk, goBy, setServer, writeLine, actions, reports, work }
  }

  for (const ahead of [2 * HOUR, 20 * DAY, -2 * HOUR]) {
    test(`of one of two desks is ${ahead / HOUR} hours off that of the database server: that desk is told so, the other is not`, async () => {
      const { desk, goBy, actions } = await several()
      const [right, wrong] = [desk('right', 0), desk('wrong', 0)]
      await right.look()
      await wrong.look()
      wrong.set(ahead)
      for (let minute = 0; minute < 15; minute++) {
        goBy(MINUTE)
        const [one, other] = [await right.look(), await wrong.look()]
        assert.equal(one.behind, undefined, 'lines of the other desk are no doubt of this one')
        assert.equal(one.differs, undefined)
        assert.deepEqual([other.differs?.ahead, other.differs?.verdict], [ahead, 'outvoted'])
        assert.deepEqual([right.isWrong(), wrong.isWrong()], [false, true])
      }
      assert.deepEqual(
        (await actions()).sort(),
        ahead < 0
          ? ['clock.behind', 'clock.differs']
          : ahead > DAY
            ? ['clock.differs', 'clock.leapt']
            : ['clock.differs'],
        'written down once',
      )
      assert.equal((await right.look()).others !== undefined, ahead > 0)
      wrong.restart()
      assert.equal((await wrong.look()).differs?.verdict, 'awaited', 'over a restart it is not known at once')
      assert.equal(wrong.isWrong(), true)
      goBy(MINUTE)
      await right.look()
      assert.equal((await wrong.look()).differs?.verdict, 'outvoted')
      wrong.set(0)
      assert.equal((await wrong.look()).behind !== undefined, ahead > 0, 'what it left is healed')
      assert.equal(wrong.isWrong(), false)
    })
  }

  test('of the database server is wrong: a desk alone with it is told so and works, and desks that agree with one another do', async () => {
    const { desk, goBy } = await several()
    const [one, other] = [desk('one', 10 * MINUTE), desk('other', 10 * MINUTE)]
    for (let minute = 0; minute < 3; minute++) {
      goBy(MINUTE)
      const { behind, leapt, differs } = await one.look()
      assert.deepEqual([behind, leapt, differs?.verdict], [undefined, undefined, 'open'])
    }
    await other.look()
    for (const each of [one, other]) {
      goBy(MINUTE)
      assert.equal((await each.look()).differs?.verdict, 'open')
      assert.equal(each.isWrong(), false)
    }
  })

  test('agreed with the database server long ago says nothing of now', async () => {
    const { desk, goBy } = await several()
    const [gone, left] = [desk('gone', 0), desk('left', HOUR)]
    await gone.look()
    goBy(10 * MINUTE)
    assert.equal((await left.look()).differs?.verdict, 'open')
  })

  test('was outvoted stays so while those who said it are off, until it is set, and for a day at most', async () => {
    const { desk, goBy } = await several()
    const [gone, left] = [desk('gone', 0), desk('left', HOUR)]
    const together = async () => {
      await gone.look()
      await left.look()
      goBy(MINUTE)
      await gone.look()
      return (await left.look()).differs?.verdict
    }
    assert.equal(await together(), 'outvoted')
    goBy(10 * MINUTE)
    assert.equal((await left.look()).differs?.verdict, 'outvoted')
    left.set(3 * HOUR)
    assert.equal((await left.look()).differs?.verdict, 'open', 'by another clock nobody outvoted it')
    left.set(HOUR)
    assert.equal((await left.look()).differs?.verdict, 'open')
    assert.equal(await together(), 'outvoted')
    goBy(DAY)
    assert.equal((await left.look()).differs?.verdict, 'open')
  })

  test('is neither backed nor outvoted by what the same host found before it was started again under another name', async () => {
    const { desk, goBy } = await several()
    const right = desk('right', 0)
    for (const place of ['first', 'second', 'third', 'fourth']) {
      await right.look()
      const wrong = desk(place, 20 * DAY)
      assert.equal((await wrong.look()).differs?.verdict, 'awaited', `${place}: at its start`)
      assert.equal(wrong.isWrong(), true)
      goBy(MINUTE)
      await right.look()
      assert.equal((await wrong.look()).differs?.verdict, 'outvoted', `${place}: a minute on`)
    }
    const alone = desk('fifth', 10 * MINUTE)
    assert.equal((await alone.look()).differs?.verdict, 'awaited')
    goBy(3 * MINUTE)
    assert.equal((await alone.look()).differs?.verdict, 'open', 'nobody was heard: there is none but itself')
    assert.equal(alone.isWrong(), false)
  })

  test('of the database server is set back: that outvotes no desks that agree with one another, whatever it says of then and now', async () => {
    const { desk, goBy, setServer } = await several()
    const [a, b, c] = [desk('a', 0), desk('b', 0), desk('c', 0)]
    const beside = desk('on the host of the server', 0)
    for (const each of [a, b, c, beside]) await each.look()
    for (const far of [-2 * HOUR, 5 * HOUR]) {
      setServer(far)
      for (const each of [a, b, c]) each.set(far === -2 * HOUR ? 2 * HOUR : -3 * HOUR)
      for (let minute = 0; minute < 6; minute++) {
        goBy(MINUTE)
        await beside.look()
        for (const each of [a, b, c]) {
          const { differs } = await each.look()
          if (minute > 0) assert.equal(differs?.verdict, 'open', `${far} ${minute}`)
        }
      }
    }
  })

  test('ties with that of the server and of another desk: who is started again then waits for the others, and no longer', async () => {
    const { desk, goBy } = await several()
    const [a, b, c] = [desk('a', -2 * HOUR), desk('b', -2 * HOUR), desk('c', 0)]
    const round = async () => {
      goBy(MINUTE)
      return Promise.all([a, b, c].map(async (each) => (await each.look()).differs?.verdict))
    }
    for (let minute = 0; minute < 3; minute++) await round()
    assert.deepEqual(await round(), ['open', 'open', undefined])
    for (const each of [a, b]) {
      each.restart()
      await round()
      await round()
      assert.deepEqual(await round(), ['open', 'open', undefined])
    }
  })

  test('ties with that of the server and of a desk on its host, whose lines are ahead: no line of the other is a doubt of this one', async () => {
    const { desk, goBy, setServer, writeLine } = await several()
    const [b, c, d] = [desk('b', 0), desk('c', 0), desk('d, on the host of the server', 0)]
    for (const each of [b, c, d]) await each.look()
    goBy(MINUTE)
    for (const each of [b, c, d]) await each.look()
    setServer(10 * MINUTE)
    for (const each of [b, c]) each.set(-10 * MINUTE)
    for (let minute = 0; minute < 4; minute++) {
      for (const each of [b, c]) {
        await writeLine()
        const { behind, differs } = await each.look()
        assert.deepEqual([behind, differs?.verdict], [undefined, minute === 3 ? 'awaited' : 'open'], `${minute}`)
        if (minute === 2) each.restart()
      }
      goBy(MINUTE)
      await d.look()
    }
  })

  test('of the server steps: looks of before it neither outvote who looks first, nor keep them out once the others are off', async () => {
    const { desk, goBy, setServer } = await several()
    const [a, b, c] = [desk('a', 0), desk('b', 0), desk('c', 0)]
    for (let minute = 0; minute < 3; minute++) {
      for (const each of [a, b, c]) await each.look()
      goBy(MINUTE)
    }
    for (const [far, off] of [
      [2 * HOUR, -2 * HOUR],
      [-4 * HOUR, 2 * HOUR],
    ] as const) {
      setServer(far)
      for (const each of [a, b, c]) each.set(off)
      for (const each of [a, b, c]) assert.equal((await each.look()).differs?.verdict, 'open')
      goBy(MINUTE)
      for (const each of [a, b, c]) assert.equal((await each.look()).differs?.verdict, 'open')
    }
    setServer(9 * HOUR)
    a.set(-7 * HOUR)
    for (let minute = 0; minute < 9; minute++) {
      assert.equal((await a.look()).differs?.verdict, 'open', `the others are off for ${minute} min`)
      goBy(MINUTE)
    }
  })

  test('is that of one desk which is replaced again and again: it has one voice, whatever its names were', async () => {
    const { desk, goBy } = await several()
    const [b, c] = [desk('b', -10 * MINUTE), desk('c', -10 * MINUTE)]
    for (let name = 0; name < 5; name++) {
      const d = desk(`d${name}, on the host of the server`, 0)
      for (let minute = 0; minute < 2; minute++) {
        const verdicts = []
        for (const each of [d, b, c]) verdicts.push((await each.look()).differs?.verdict)
        if (name > 1) assert.deepEqual(verdicts, [undefined, 'open', 'open'], `${name} ${minute}`)
        goBy(MINUTE)
      }
    }
    // Two that are there at once are two.
    const [one, other] = [desk('one', 0), desk('other', 0)]
    let verdict: string | undefined
    for (let minute = 0; minute < 3; minute++) {
      goBy(MINUTE)
      for (const each of [one, other, c]) await each.look()
      verdict = (await b.look()).differs?.verdict
    }
    assert.equal(verdict, 'outvoted')
  })

  test('is that of one desk that is replaced twice between two looks: it has one voice all the same', async () => {
    const { desk, goBy } = await several()
    const [b, c] = [desk('b', -10 * MINUTE), desk('c', -10 * MINUTE)]
    let d = desk('d, on the host of the server', 0)
    for (let minute = 0; minute < 12; minute++) {
      const verdicts = []
      for (const each of [d, b, c]) verdicts.push((await each.look()).differs?.verdict)
      if (minute > 2) assert.deepEqual(verdicts, [undefined, 'open', 'open'], `${minute}`)
      goBy(MINUTE - 2_000)
      for (const name of minute === 4 || minute === 5 ? ['e', 'f'] : []) {
        d = desk(`${name} ${minute}`, 0)
        await d.look()
        goBy(1_000)
      }
    }
  })

  test('of the server is set, and a desk begins on its host: that takes no voice of those who have yet to look again', async () => {
    const { desk, goBy, setServer } = await several()
    const [b, c] = [desk('b', 0), desk('c', 0)]
    for (let minute = 0; minute < 4; minute++) {
      for (const each of [b, c]) await each.look()
      goBy(MINUTE)
    }
    setServer(2 * HOUR)
    for (const each of [b, c]) each.set(-2 * HOUR)
    await desk('on the host of the server', 0).look()
    assert.equal((await b.look()).differs?.verdict, 'open')
  })

  test('differs otherwise since the server was set: a line of a time to come is no doubt of a desk that remembers none of its own', async () => {
    const { desk, goBy, setServer, writeLine } = await several()
    const [b, c] = [desk('b', 0), desk('c, on the host of the server', 0)]
    for (const each of [b, c]) await each.look()
    setServer(3 * DAY)
    b.set(-3 * DAY)
    goBy(MINUTE)
    for (const each of [b, c]) await each.look()
    await writeLine()
    b.restart() // and hears nobody from then on
    for (let minute = 0; minute < 4; minute++) {
      await b.look()
      goBy(MINUTE)
    }
    setServer(2 * HOUR - 3 * DAY)
    b.set(-2 * HOUR)
    const { behind, differs } = await b.look()
    assert.deepEqual([behind, differs?.verdict], [undefined, 'open'])
  })

  test('says what that of the server does, and as many others are hours off both: nothing ends by it for good', async () => {
    const { desk, goBy } = await several()
    const [b, c, d] = [desk('b', -2 * HOUR), desk('c', -2 * HOUR), desk('d, on the host of the server', 0)]
    for (let minute = 0; minute < 3; minute++) {
      goBy(MINUTE)
      for (const each of [b, c, d]) await each.look()
    }
    assert.equal((await d.look()).isContradicted, true)
    c.set(0)
    goBy(MINUTE)
    await c.look()
    assert.equal((await d.look()).isContradicted, undefined)
  })

  test('went back while the desk moved, with that of a server on the same host: the log contradicts it for ten minutes', async () => {
    const { desk, goBy } = await several()
    await desk('here', 0).look()
    goBy(HOUR)
    const { look } = desk('there', 20 * DAY)
    await look() // writes into the log that it differs
    goBy(-30 * DAY)
    const moved = desk('elsewhere', 0)
    const seen = await moved.look()
    assert.deepEqual([seen.behind !== undefined, seen.others], [true, undefined])
    goBy(5 * MINUTE)
    assert.equal((await moved.look()).behind !== undefined, true)
    goBy(6 * MINUTE)
    assert.equal((await moved.look()).behind, undefined)
    assert.equal((await desk('a third', 0).look()).behind, undefined, 'another desk is there, and remembers')
  })

  test('drifts away slowly: that is written down, and not again while it stays where it just differs', async () => {
    const { desk, goBy, actions } = await several()
    const drifting = desk('drifting', 0)
    for (let minute = 0; minute <= 12; minute++) {
      drifting.set(minute * MINUTE)
      await drifting.look()
      goBy(MINUTE)
    }
    assert.deepEqual(await actions(), ['clock.differs', 'clock.differs'], 'at six minutes, and at twelve')
    for (const minutes of [12, 13, 12, 13]) {
      drifting.set(minutes * MINUTE)
      await drifting.look()
      goBy(MINUTE)
    }
    const near = desk('near', 0)
    for (const seconds of [301, 299, 302, 298, 303]) {
      near.set(seconds * 1000)
      await near.look()
      goBy(MINUTE)
    }
    assert.equal((await actions()).length, 3)
  })

  test('is remembered by a row that does not read: that is told, and hinders nothing', async () => {
    const { desk, work, reports } = await several()
    const one = desk('one', 0)
    for (const text of [
      '{',
      'null',
      '[]',
      '5',
      '{"one":5,"other":{"compared":{"server":"x","ahead":1}}}',
      '{"one":{"last":7}}',
    ]) {
      await work.transaction(({ settings }) => settings.set('clocks', text))
      assert.equal((await one.look()).behind, undefined)
    }
    assert.equal(reports.length, 4)
  })

  test('differs by less than the question took: that is no difference', async () => {
    const work = await fresh()
    let now = START
    const slow: Work = {
      read: (run) => work.read(run),
      transaction: (run) =>
        work.transaction((stores) => {
          const answer = async (): Promise<Instant> => {
            now += 20 * MINUTE // the question was long on its way, and so was the answer
            return at(now - START - 10 * MINUTE)
          }
          return run({ ...stores, serverClock: { now: answer } })
        }),
    }
    const world = { now: () => new Date(now), elapsed: () => 0, random: () => new Uint8Array() }
    assert.equal((await createClock({ work: slow, world, place: 'here', report: () => {} }).look()).differs, undefined)
  })
})
