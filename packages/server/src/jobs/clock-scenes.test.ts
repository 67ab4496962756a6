import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { createClock } from '../core/clock/clock.ts'
import type { Stores, Work } from '../core/work.ts'
import { CLOCK_SLACK, DAY, HOUR, type Instant, instant, isAhead, MINUTE } from '../core/world.ts'
import { type ClockWatch, watchClock } from './watch-clock.ts'

// What decision 0030 promises of several desks on one database server, over scenes that nobody thought of: clocks that step, desks that end,
// start again, under their name or another, and come anew.

const START = Date.parse('2026-11-21T12:00:00.000Z')
/** By how far clocks are off: apart from one another by more than what is no difference. */
const OFFSETS = [0, 0, 10 * MINUTE, -10 * MINUTE, 2 * HOUR, -2 * HOUR, 3 * DAY]
/** A round is a look of each desk, at its own second of the minute. */
const STEP = 10_000

interface Process {
  readonly watch: ClockWatch
  readonly startedAt: number
}

interface Desk {
  name: string
  /** Of its host; undefined: the server's host, whose clock is one. */
  own: number | undefined
  /** When it last was wrong. */
  wrongAt: number
  /** When it last began without a memory, where a line of a time to come may have been its own: nobody had looked for minutes, or since the server was set. */
  doubtedAt: number
  phase: number
  process: Process | undefined
  /** When it last looked, and how far off it was: that is heard for minutes after that. */
  aliveAt: number
  aliveWith: number
}

class Scene {
  readonly #random: () => number
  readonly desks: Desk[] = []
  /** Desks that have another name and another clock since: what they found under the earlier name is a voice that is still heard. */
  readonly ghosts: Desk[] = []
  readonly story: string[] = []
  at = 0
  server = 0
  serverSetAt = Number.NEGATIVE_INFINITY
  #names = 0
  readonly #settings = new Map<string, string>()
  readonly #remembered = new Set<string>()
  #newest: Instant | undefined
  readonly #work: Work

  constructor(random: () => number) {
    this.#random = random
    const stores = {
      settings: {
        get: async (name: string) => this.#settings.get(name),
        overwrite: async (name: string, text: string) => void this.#settings.set(name, text),
      },
      audit: {
        newest: async () => this.#newest,
        append: async ({ at }: { at: Instant }) => {
          this.#newest = at
        },
      },
      serverClock: { now: async () => this.#timeOf(this.server) },
    } as unknown as Stores
    this.#work = { read: (run) => run(stores), transaction: (run) => run(stores) }
  }

  #timeOf(offset: number) {
    return instant(new Date(START + this.at + offset))
  }

  #tell(what: string): void {
    this.story.push(`${Math.floor(this.at / MINUTE)}:${(this.at % MINUTE) / 1000} ${what}`)
  }

  among<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)]!
  }

  offsetOf({ own }: Desk): number {
    return own ?? this.server
  }

  add(own: number | undefined): Desk {
    const desk: Desk = {
      ...{ name: `desk ${++this.#names}`, own, phase: Math.floor(this.#random() * 6) * STEP },
      ...{
        wrongAt: Number.NEGATIVE_INFINITY,
        doubtedAt: Number.NEGATIVE_INFINITY,
        aliveAt: Number.NEGATIVE_INFINITY,
        aliveWith: 0,
      },
      process: undefined,
    }
    this.desks.push(desk)
    return desk
  }

  /** As a container does. */
  #move(desk: Desk): void {
    if (!agree(desk.aliveWith, this.offsetOf(desk))) this.ghosts.push({ ...desk })
    desk.name = `desk ${++this.#names}`
  }

  async #look(desk: Desk, { watch }: Process): Promise<void> {
    await watch.look()
    desk.aliveAt = this.at
    desk.aliveWith = this.offsetOf(desk)
  }

  async start(desk: Desk): Promise<void> {
    const world = {
      now: () => new Date(START + this.at + this.offsetOf(desk)),
      elapsed: () => this.at,
      random: (count: number) => new Uint8Array(count).map(() => Math.floor(this.#random() * 256)),
    }
    const clock = createClock({ work: this.#work, world, place: desk.name, report: () => {} })
    desk.process = {
      watch: watchClock({ clock }, pino({ level: 'silent' })),
      startedAt: this.at,
    }
    const now = this.#timeOf(this.offsetOf(desk))
    const isDoubt = isAhead(this.#newest ?? now, now) && agree(this.offsetOf(desk), this.server)
    const lookedAt = Math.max(...[...this.desks, ...this.ghosts].map(({ aliveAt }) => aliveAt))
    const isAlone = lookedAt <= this.serverSetAt || this.at - lookedAt > 5 * MINUTE
    if (isDoubt && isAlone && !this.#remembered.has(desk.name)) desk.doubtedAt = this.at
    this.#remembered.add(desk.name)
    // It meets what it remembered under the wrong clock now.
    if (desk.wrongAt > Number.NEGATIVE_INFINITY) desk.wrongAt = this.at
    desk.phase = (this.at + STEP) % MINUTE
    this.#tell(`${desk.name} starts, ${this.offsetOf(desk) / MINUTE} min off`)
    await this.#look(desk, desk.process)
  }

  /** Something happens, or nothing. */
  async happen(): Promise<void> {
    const chance = this.#random()
    const desk = this.among(this.desks)
    if (chance < 0.006) {
      const before = this.server
      this.server = this.among(OFFSETS)
      if (this.server !== before) this.serverSetAt = this.at
      this.#tell(`the server is set ${this.server / MINUTE} min off`)
    } else if (chance < 0.014 && desk.own !== undefined) {
      desk.own = this.among(OFFSETS)
      this.#tell(`${desk.name} is set ${desk.own / MINUTE} min off`)
    } else if (chance < 0.022 && desk.process) {
      desk.process = undefined
      this.#tell(`${desk.name} ends`)
    } else if (chance < 0.034 && !desk.process) {
      if (this.#random() < 0.5) this.#move(desk)
      await this.start(desk)
    } else if (chance < 0.042 && desk.process) {
      // Also several times between two looks of the others, as what does not come up is replaced.
      for (let times = this.among([1, 1, 3]); times > 0; times--) {
        if (this.#random() < 0.5) this.#move(desk)
        await this.start(desk)
      }
    } else if (chance < 0.2 && desk.process) this.#newest = this.#timeOf(this.offsetOf(desk)) // it does its work
  }

  async goBy(): Promise<void> {
    this.at += STEP
    for (const desk of this.desks) {
      if (Math.abs(this.offsetOf(desk)) > CLOCK_SLACK) desk.wrongAt = this.at
      if (!desk.process) continue
      if (this.at % MINUTE === desk.phase) await this.#look(desk, desk.process)
    }
  }
}

const isReady = ({ watch }: Process): boolean => {
  try {
    watch.requireRight()
    return true
  } catch {
    return false
  }
}
const agree = (one: number, other: number): boolean => Math.abs(one - other) <= CLOCK_SLACK

/** Numbers that are the same for the same seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Minutes that a right desk may wait after its start, and that a voice counts which fell silent. */
const BEGINNING = 4 * MINUTE
const SILENCE = 7 * MINUTE

async function play(seed: number, minutes: number): Promise<{ judged: number; held: number }> {
  const random = numbersFrom(seed)
  const scene = new Scene(random)
  const count = 1 + Math.floor(random() * 4)
  for (let index = 0; index < count; index++) {
    const where = random()
    await scene.start(scene.add(where < 0.25 ? undefined : where < 0.85 ? 0 : scene.among(OFFSETS)))
  }
  /** When the server, and desks that agree with it, were last more than those that are right. */
  let outnumberedAt = Number.NEGATIVE_INFINITY
  let aloneAt = Number.NEGATIVE_INFINITY
  let [judged, held] = [0, 0]
  const failed = (what: string): string =>
    `seed ${seed}: ${what}\n${scene.story.join('\n')}\nnow ${scene.at / MINUTE} min`
  while (scene.at < minutes * MINUTE) {
    await scene.happen()
    await scene.goBy()
    const { at, server } = scene
    const living = scene.desks.filter(({ process }) => process)
    const voices = [...scene.desks, ...scene.ghosts].filter(({ aliveAt }) => at - aliveAt < SILENCE)
    const right = living.filter((desk) => agree(scene.offsetOf(desk), 0))
    const withServer = 1 + voices.filter(({ aliveWith }) => agree(aliveWith, server)).length
    const isServerRight = agree(server, 0)
    const heard = right.filter(
      ({ process, wrongAt }) => at - process!.startedAt > 3 * MINUTE && at - wrongAt > 2 * MINUTE,
    )
    if (!isServerRight && withServer > heard.length) outnumberedAt = at
    if (living.length === 1) aloneAt = at
    const stays = at - aloneAt < 2 * MINUTE && at - outnumberedAt < DAY
    const isContradicted = at - outnumberedAt < SILENCE || stays
    for (const desk of living) {
      const process = desk.process!
      // The last minute's look is of before what happened since.
      const isOwnNews =
        at - desk.wrongAt < 12 * MINUTE || at - desk.doubtedAt < 12 * MINUTE || at - process.startedAt < BEGINNING
      if (agree(scene.offsetOf(desk), 0) && !isOwnNews && !isContradicted) {
        judged++
        assert.ok(isReady(process), failed(`${desk.name} is right, and is not ready`))
      }
      const off = Math.abs(scene.offsetOf(desk))
      if (off > HOUR + CLOCK_SLACK && at % MINUTE === desk.phase && at - scene.serverSetAt > 2 * MINUTE) {
        const isBacked = agree(scene.offsetOf(desk), server) && withServer > heard.length
        if (isBacked) continue
        held++
        assert.ok(!process.watch.mayEnd(), failed(`${desk.name} is wrong, and would end for good`))
      }
    }
  }
  return { judged, held }
}

test('over random scenes: who is right is ready as long as the clocks against them are no more, and nothing ends by a clock that is hours off', async () => {
  const sums = { judged: 0, held: 0 }
  for (let seed = 1; seed <= Number(process.env.SCENES ?? 120); seed++) {
    const { judged, held } = await play(seed, 240)
    sums.judged += judged
    sums.held += held
  }
  assert.ok(sums.judged > 1_000 && sums.held > 1_000, JSON.stringify(sums))
})
