import type { Environment } from '@scel/contract/values'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { isStranger, pathsOf, type Subject, type Thing, targetName } from './paths-of.ts'

export interface ErasedLines {
  /** How many lost something. */
  readonly lines: number
  /** Of the things, those that no line is about. */
  readonly unknown: readonly Thing[]
}

/** Takes personal data out of the log; its leaves, and so its heads, stay what they are. */
export interface Erasure {
  /**
   * Erases what lines say of somebody: their name and address where they acted, the name of what they or their things are where others
   * did, and the facts that name them or that they typed. Whose something is, ids say: a namesake's is left, and what somebody was called
   * before goes with the rest. What a stranger called themselves is theirs where it says their mailbox. The same unit writes into the log how
   * much that was. Done twice, it does no more than once.
   */
  erase(environment: Environment, subject: Subject): Promise<ErasedLines>
}

export function createErasure({ work, world }: { readonly work: Work; readonly world: World }): Erasure {
  return {
    erase: async (environment, subject) => {
      const pathsIn = pathsOf(subject)
      const met = new Set<string>()
      let lines = 0
      for (let after: number | undefined = 0; after !== undefined; ) {
        const from: number = after
        const slice = await work.transaction(async (stores) => {
          const found = await stores.log.numbered(from, SLICE)
          const erased = { lines: 0, fields: 0 }
          for (const line of found) {
            // Who showed what leads to nobody stands where the desk thought them to belong.
            if (line.event.environment !== environment && !isStranger(line.event)) continue
            met.add(targetName(line.event.target))
            const paths = pathsIn(line.event)
            if (paths.length === 0) continue
            await stores.log.erase(line, paths)
            erased.lines++
            erased.fields += paths.length
          }
          const isLast = found.length < SLICE
          // With what was erased, since whoever checks the log counts both; the last time also that there was nothing.
          if (erased.lines > 0 || (isLast && lines === 0)) {
            const audited = {
              environment,
              at: nowOf(world),
              action: 'log.erased',
              target: { kind: 'person', id: subject.id },
            } as const
            await record(stores, LOG, { ...audited, facts: erased })
          }
          return { lines: erased.lines, next: isLast ? undefined : found.at(-1)!.event.number }
        })
        lines += slice.lines
        after = slice.next
      }
      return { lines, unknown: subject.things.filter((thing) => !met.has(targetName(thing))) }
    },
  }
}

const LOG: DeskActor = { kind: 'desk', name: 'log' }
const SLICE = 200
