import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause, setImmediate } from 'node:timers/promises'
import { firstAdministrator, openRulesDesk } from '../../../test/rules-desk.ts'
import { createDuties } from '../duties/duties.ts'
import { HOUR, MINUTE } from '../world.ts'
import { createHeadPush } from './push.ts'

test('of two desks one sends a head, and the other sends what the first cannot', async (t) => {
  const { core, work, world, later } = await openRulesDesk(t)
  const got: string[] = []
  let isBroken = false
  const of = (holder: string) =>
    createHeadPush({
      ...{ work, world, newest: core.log.newest, report: () => undefined },
      duties: createDuties({ work, world, report: () => undefined, holder }),
      targets: [
        {
          name: 'folder',
          send: async () => {
            await setImmediate()
            if (holder === 'one' && isBroken) throw new Error('no')
            got.push(holder)
          },
        },
      ],
    })
  const [one, other] = [of('one'), of('other')]
  const grow = async (): Promise<void> => {
    const { size } = (await core.log.newest())!
    await firstAdministrator(core)
    assert.equal(await core.log.run(), true)
    assert.ok((await core.log.newest())!.size > size)
  }
  await Promise.all([one.push(), other.push()])
  assert.equal(got.length, 1)
  await grow()
  await other.push()
  await one.push()
  await other.push()
  assert.deepEqual(got, [got[0], got[0]], 'whoever has it keeps it')
  isBroken = true
  for (let head = 0; head < 2; head++) {
    await grow()
    await one.push()
    await other.push()
    await one.push()
    assert.equal(got.at(-1), 'other')
    assert.equal(got.length, 3 + head)
    later(HOUR)
  }
})

test('a lease that no desk has keeps heads from nobody for longer than minutes', async (t) => {
  const { core, work, world, later } = await openRulesDesk(t)
  const got: number[] = []
  const target = { name: 'folder', send: async ({ size }: { readonly size: number }) => void got.push(size) }
  const report = (): void => undefined
  const duties = createDuties({ work, world, report, holder: 'one' })
  const heads = createHeadPush({ work, world, newest: core.log.newest, report, duties, targets: [target] })
  await work.transaction((stores) => stores.duties.take('heads folder', 'evil', HOUR))
  for (let minute = 0; minute < 5; minute++) {
    await heads.push()
    later(MINUTE)
  }
  assert.deepEqual(got, [])
  await heads.push()
  await firstAdministrator(core)
  await core.log.run()
  await heads.push()
  assert.equal(got.length, 2)
  assert.throws(duties.requireKept, /heads folder/)
})

test('the newest head goes to each target once; one that takes none is told of and tried again, ever more seldom', async (t) => {
  const { core, work, world, later } = await openRulesDesk(t)
  const got: [string, number][] = []
  const told: string[] = []
  let broken = true
  let calls = 0
  const make = () =>
    createHeadPush({
      ...{ work, world, newest: core.log.newest, report: (what: string) => void told.push(what) },
      duties: core.leases,
      targets: [
        { name: 'folder', send: async ({ size }) => void got.push(['folder', size]) },
        {
          name: 'address',
          send: async ({ size }) => {
            calls++
            if (broken) throw new Error('no')
            got.push(['address', size])
          },
        },
      ],
    })
  const heads = make()
  const size = (await work.read(({ log }) => log.newestSigned()))!.size
  await heads.push()
  await heads.push()
  assert.deepEqual(got, [['folder', size]])
  assert.deepEqual([calls, told.length], [1, 1])
  const [folder, address] = await heads.pushed()
  assert.deepEqual([folder?.size, folder?.failingSince, address?.size], [size, undefined, 0])
  assert.ok(address?.failingSince)
  for (let minute = 0; minute < 60; minute++) {
    later(MINUTE)
    await heads.push()
  }
  assert.ok(calls >= 5 && calls <= 7, `${calls} calls in an hour`)
  broken = false
  for (let minute = 0; minute < 60; minute++) {
    later(MINUTE)
    await heads.push()
  }
  assert.deepEqual(got.at(-1), ['address', size])
  assert.match(told.at(-1)!, /taken again/)
  assert.equal((await heads.pushed())[1]?.failingSince, undefined)
  // Another process of the desk knows what was sent.
  await make().push()
  assert.equal(got.length, 2)
  await core.log.run()
})

test('a target that does not answer keeps none from the others, is told of once, and begun at again when it answers', {
  timeout: 60_000,
}, async (t) => {
  const { core, work, world, later } = await openRulesDesk(t)
  const told: string[] = []
  const got: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  let begun = 0
  const hangs = async (): Promise<void> => {
    begun++
    await promise
  }
  const heads = createHeadPush({
    ...{ work, world, newest: core.log.newest, report: (what: string) => void told.push(what) },
    duties: core.leases,
    targets: [
      { name: 'folder', send: hangs },
      { name: 'address', send: async ({ size }) => void got.push(size) },
    ],
  })
  const { size } = (await core.log.newest())!
  const first = heads.push()
  while (begun === 0 || got.length === 0) await pause(5)
  await firstAdministrator(core) // the log goes on
  await core.log.run()
  for (let minute = 0; minute < 5 || got.length < 2; minute++) {
    later(MINUTE)
    void heads.push()
    await pause(5)
  }
  const ofFolder = told.filter((what) => what.includes('folder'))
  assert.deepEqual([got[0], begun, ofFolder], [size, 1, ['a head of the log was not taken by folder']])
  assert.ok(heads.isSending())
  assert.ok((await heads.pushed())[0]?.failingSince)
  resolve()
  await first
  assert.equal((await heads.pushed())[0]?.failingSince, undefined)
  await heads.push()
  assert.equal(begun, 2)
  assert.equal((await heads.pushed())[0]?.size, (await core.log.newest())?.size)
  assert.ok(!heads.isSending())
})

test('a folder of the same path on another host is another one; an address is the same from everywhere', async (t) => {
  const { core, work, world } = await openRulesDesk(t)
  const got: string[] = []
  for (const place of ['here', 'there', 'here']) {
    const send = (name: string) => async (): Promise<void> => void got.push(`${place} ${name}`)
    const targets = [
      { name: '/srv/heads', place, send: send('folder') },
      { name: 'https://heads.example.org/', send: send('address') },
    ]
    const duties = core.leases
    await createHeadPush({ work, world, newest: core.log.newest, report: () => {}, duties, targets }).push()
  }
  assert.deepEqual(got.sort(), ['here address', 'here folder', 'there folder'])
})
