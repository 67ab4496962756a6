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
   * did, and the facts that are their name. That it was done is in the log. Done twice, it does no more than once.
   *
   * @returns how many lines lost something
   */
  erase(subject: Subject): Promise<number>
}

export function createErasure({ work, world }: { readonly work: Work; readonly world: World }): Erasure {
  return {
    erase: async (subject) => {
      let count = 0
      for (let after = 0; ; ) {
        const slice = await work.transaction(async ({ log }) => {
          const lines = await log.numbered(after, SLICE)
          let erased = 0
          for (const line of lines) {
            const paths = pathsAbout(line.event, subject)
            if (paths.length === 0) continue
            await log.erase(line, paths)
            erased++
          }
          return { erased, last: lines.length < SLICE ? undefined : lines.at(-1)!.event.number }
        })
        count += slice.erased
        if (slice.last === undefined) break
        after = slice.last
      }
      const { environment, id } = subject
      const deed = { environment, at: nowOf(world), action: 'log.erased', target: { kind: 'person', id } } as const
      await work.transaction((stores) => record(stores, LOG, { ...deed, facts: { count } }))
      return count
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
