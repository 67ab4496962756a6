import type { Environment } from '@scel/contract/values'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import type { LoggedEvent, PersonalPath } from './leaf.ts'
import { personalOf } from './leaf.ts'

/** Whose data is erased. */
export interface Subject {
  readonly environment: Environment
  /** Of the person. */
  readonly id: string
  /** Of what else is named after them: their certificates, their sessions. */
  readonly things: readonly string[]
  /** What they are called in what others did, word for word. */
  readonly names: readonly string[]
}

/** Takes personal data out of the log; its leaves, and so its heads, stay what they are. */
export interface Erasure {
  /**
   * Erases what lines say of somebody: their name and address where they acted, the name of what they or their things are where others
   * did, and the facts that are their name. The same unit writes into the log how much that was. Done twice, it does no more than once.
   *
   * @returns how many lines lost something
   */
  erase(subject: Subject): Promise<number>
}

export function createErasure({ work, world }: { readonly work: Work; readonly world: World }): Erasure {
  return {
    erase: async (subject) => {
      const { environment, id } = subject
      let lines = 0
      for (let after: number | undefined = 0; after !== undefined; ) {
        const from: number = after
        const slice = await work.transaction(async (stores) => {
          const found = await stores.log.numbered(from, SLICE)
          const erased = { lines: 0, fields: 0 }
          for (const line of found) {
            const paths = pathsAbout(line.event, subject)
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
              target: { kind: 'person', id },
            } as const
            await record(stores, LOG, { ...audited, facts: erased })
          }
          return { lines: erased.lines, next: isLast ? undefined : found.at(-1)!.event.number }
        })
        lines += slice.lines
        after = slice.next
      }
      return lines
    },
  }
}

/** Where a line says something of somebody that is still there. */
function pathsAbout(event: LoggedEvent, { environment, id, things, names }: Subject): PersonalPath[] {
  if (event.environment !== environment) return []
  const isTheirs = event.target.id === id || things.includes(event.target.id)
  return [...personalOf(event)]
    .filter(([path, value]) => {
      if (path.startsWith('actor.')) return event.actor.id === id
      if (path === 'target.name' && isTheirs) return true
      return names.includes(String(value))
    })
    .map(([path]) => path)
}

const LOG: DeskActor = { kind: 'desk', name: 'log' }
const SLICE = 200
