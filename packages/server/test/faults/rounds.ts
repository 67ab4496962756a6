import { setTimeout as pause } from 'node:timers/promises'
import { setToWork } from './callers.ts'
import { chanceOf } from './chance.ts'
import { FAULTS, type Fault } from './faults.ts'
import { facts, type Ledger, openLedger } from './ledger.ts'
import { type Engine, openScene } from './scene.ts'
import { nothingSeen, verify } from './verify.ts'

export interface RoundsOptions {
  readonly engine: Engine
  readonly rounds: number
  readonly seed: number
  /** Only faults whose name holds this. */
  readonly only?: string
  readonly print: (line: string) => void
}

/** The counts of all rounds. Anything in `lost`, `doubled` or `wrong` is a defect of the desk. */
export interface Summary {
  readonly engine: Engine
  readonly seed: number
  readonly rounds: number
  readonly faults: ReadonlyMap<string, number>
  /** Faults that this machine cannot have, with the reason. */
  readonly missing: readonly string[]
  readonly acknowledged: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly wrong: readonly string[]
  readonly denied: number
  readonly uncertain: { readonly stored: number; readonly absent: number }
  /** What the desk said when it did not do what it was asked. */
  readonly told: ReadonlyMap<string, number>
}

/** Breaks a working desk again and again, and looks each time whether everything that anybody was told is true. */
export async function playRounds({ engine, rounds, seed, only = '', print }: RoundsOptions): Promise<Summary> {
  const chance = chanceOf(seed)
  const wanted = FAULTS.filter(({ engines, name }) => engines.includes(engine) && name.includes(only))
  const reasonOf = ({ missing }: Fault): string | undefined => missing?.()
  const missing = wanted.flatMap((fault) => (reasonOf(fault) ? [`${fault.name}: ${reasonOf(fault)}`] : []))
  const possible = wanted.filter((fault) => !reasonOf(fault))
  const scene = await openScene(engine)
  const ledger = openLedger()
  const seen = nothingSeen()
  const played = new Map<string, number>()
  const defects = { lost: new Set<string>(), doubled: new Set<string>(), wrong: new Set<string>() }
  let uncertain = { stored: 0, absent: 0 }
  try {
    let bag: Fault[] = []
    for (let round = 1; round <= rounds; round++) {
      if (bag.length === 0) bag = shuffled(possible, () => chance.next()) // each comes before any comes again
      const fault = bag.pop()!
      played.set(fault.name, (played.get(fault.name) ?? 0) + 1)
      const callers = setToWork(scene.desk, scene.cast, ledger)
      await atWork(ledger, chance.between(4, 30))
      await pause(chance.between(0, 300))
      try {
        await fault.inflict(scene, chance)
      } catch (error) {
        defects.wrong.add(`round ${round}, ${fault.name}: ${error instanceof Error ? error.message : error}`)
      }
      await callers.stop()
      await scene.rise()
      const found = await verify(scene, ledger, seen).catch((cause: unknown) => {
        // Who judges was not answered: what the desk said meanwhile tells why.
        throw new Error(`${engine} ${round}, ${fault.name}: ${String(cause)}\n${scene.errors().slice(-20_000)}`, {
          cause,
        })
      })
      for (const kind of ['lost', 'doubled', 'wrong'] as const) {
        for (const what of found[kind]) defects[kind].add(what)
      }
      uncertain = { stored: found.stored, absent: found.absent }
      const faults = [...defects.lost, ...defects.doubled, ...defects.wrong]
      print(`${engine} ${round}/${rounds} ${fault.name}: ${facts(ledger)} facts, ${faults.length} defects`)
      for (const what of [...found.lost, ...found.doubled, ...found.wrong].slice(0, 10)) print(`    ${what}`)
    }
  } finally {
    await scene.close()
  }
  return {
    ...{ engine, seed, rounds, missing, uncertain },
    ...{ faults: played, acknowledged: facts(ledger), denied: ledger.denied.size, told: ledger.told },
    ...{ lost: [...defects.lost], doubled: [...defects.doubled], wrong: [...defects.wrong] },
  }
}

/** Waits until the callers were told some things, so that every round has something to lose; a slow machine gets its time. */
async function atWork(ledger: Ledger, more: number): Promise<void> {
  const enough = facts(ledger) + more
  const late = performance.now() + 6_000
  while (facts(ledger) < enough && performance.now() < late) await pause(10)
}

function shuffled<T>(things: readonly T[], next: () => number): T[] {
  const cards = [...things]
  for (let at = cards.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1))
    ;[cards[at], cards[other]] = [cards[other]!, cards[at]!]
  }
  return cards
}

/** The summary as lines. */
export function summaryLines(summary: Summary): string[] {
  const { engine, seed, rounds, acknowledged, lost, doubled, wrong, denied, uncertain } = summary
  const counts = (map: ReadonlyMap<string, number>) => [...map].map(([what, times]) => `    ${times} × ${what}`)
  return [
    `${engine}: ${rounds} rounds, seed ${seed}`,
    ...counts(summary.faults),
    ...summary.missing.map((what) => `    not here: ${what}`),
    `  ${acknowledged} facts acknowledged, ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} otherwise wrong`,
    `  ${denied} submissions said to have changed nothing; without a sure answer: ${uncertain.stored} stored, ${uncertain.absent} not`,
    '  what callers were told besides:',
    ...counts(summary.told),
    ...[...lost, ...doubled, ...wrong].map((what) => `  DEFECT ${what}`),
  ]
}
