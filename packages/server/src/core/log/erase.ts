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
  /** What else is named after them: their certificates and what they asked for, what they sign in with. */
  readonly things: readonly Thing[]
}

/** As lines of the log name it. */
export interface Thing {
  readonly kind: 'certificate' | 'credential' | 'request'
  readonly id: string
}

/** Takes personal data out of the log; its leaves, and so its heads, stay what they are. */
export interface Erasure {
  /**
   * Erases what lines say of somebody: their name and address where they acted, the name of what they or their things are where others
   * did, and the facts that name them or that they typed. Whose something is, ids say: a namesake's is left, and what somebody was called
   * before goes with the rest. The same unit writes into the log how much that was. Done twice, it does no more than once.
   *
   * @returns how many lines lost something
   */
  erase(subject: Subject): Promise<number>
}

export function createErasure({ work, world }: { readonly work: Work; readonly world: World }): Erasure {
  return {
    erase: async (subject) => {
      const { environment, id } = subject
      const named = new Set([{ kind: 'person', id }, ...subject.things].map((one) => `${one.kind} ${one.id}`))
      let lines = 0
      for (let after: number | undefined = 0; after !== undefined; ) {
        const from: number = after
        const slice = await work.transaction(async (stores) => {
          const found = await stores.log.numbered(from, SLICE)
          const erased = { lines: 0, fields: 0 }
          for (const line of found) {
            const paths = pathsAbout(line.event, subject, named)
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
function pathsAbout(event: LoggedEvent, { environment, id }: Subject, named: ReadonlySet<string>): PersonalPath[] {
  if (event.environment !== environment) return []
  return [...personalOf(event).keys()].filter((path) => isAbout(path, event, id, named))
}

function isAbout(path: PersonalPath, event: LoggedEvent, id: string, named: ReadonlySet<string>): boolean {
  const { action, actor, target, facts } = event
  const isTheirs = named.has(`${target.kind} ${target.id}`)
  // Whoever showed a certificate that leads to nobody here has no id: who they are is known once somebody says whose it is.
  const isUnknown = actor.kind === 'caller' && actor.id === undefined && target.kind === 'certificate'
  if (path.startsWith('actor.')) return actor.id === id || (isUnknown && isTheirs)
  // What somebody calls their way to sign in they typed, also where it was refused.
  if (path === 'target.name') return isTheirs || (target.kind === 'credential' && actor.id === id)
  if (path === 'facts.claims') return isTheirs
  if (SAID_BY_THE_DESK[action]?.includes(path)) return false
  return (facts.whose ?? actor.id) === id
}

/** Words of the desk under a fact that elsewhere is what people typed, and the names of organisations. */
const SAID_BY_THE_DESK: Readonly<Record<string, readonly PersonalPath[]>> = {
  'certificate.revoked': ['facts.reason'],
  'certificate.compromised': ['facts.reason'],
  'certificate.given_up': ['facts.reason'],
  'credential.ended': ['facts.reason'],
  'session.ended': ['facts.reason'],
  'request.replaced': ['facts.reason'],
  'organisation.created': ['facts.name'],
}

const LOG: DeskActor = { kind: 'desk', name: 'log' }
const SLICE = 200
