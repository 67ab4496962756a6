import {
  AUDIT_ACTIONS,
  AUDIT_FACTS,
  AUDIT_TARGETS,
  type AuditAction,
  type AuditFact,
  type AuditTarget,
  DESK_PARTS,
  type DeskPart,
  type LogHead,
} from '@scel/contract/values'

type GroupOf<Action extends string> = Action extends `${infer Group}.${string}` ? Group : never
export type ActionGroup = GroupOf<AuditAction>

/** The actions under what they are about, in the order of the contract. */
export const ACTION_GROUPS: readonly (readonly [ActionGroup, readonly AuditAction[]])[] = [
  ...Map.groupBy(AUDIT_ACTIONS, (action) => action.slice(0, action.indexOf('.')) as ActionGroup),
]

/** The log may be older than this portal: what it does not know is shown as it was written. */
export const knownAction = (action: string): AuditAction | undefined => AUDIT_ACTIONS.find((one) => one === action)

export const knownFact = (name: string): AuditFact | undefined =>
  Object.hasOwn(AUDIT_FACTS, name) ? (name as AuditFact) : undefined

export const knownTarget = (kind: string): AuditTarget | undefined => AUDIT_TARGETS.find((one) => one === kind)

export const knownPart = (name: string): DeskPart | undefined => DESK_PARTS.find((one) => one === name)

/**
 * Whether the log follows its newest head: nothing has come since (`signed`), something has and is signed within minutes (`waiting`) or
 * should have been (`late`); or there is none.
 *
 * @param now milliseconds since 1970
 */
export function stateOf({ head, waiting }: LogHead, now: number): 'signed' | 'waiting' | 'late' | 'unsigned' {
  if (!head) return 'unsigned'
  if (waiting === 0) return 'signed'
  return now - Date.parse(head.at) > LATE && waiting >= MANY ? 'late' : 'waiting'
}

/** The desk signs each minute. */
const LATE = 10 * 60_000
/** A quiet desk has an old head, and the line of whoever signs in to look at it. */
const MANY = 20

/** The facts among what was erased of an event. */
export const erasedFacts = (erased: readonly string[] = []): string[] =>
  erased.filter((path) => path.startsWith('facts.')).map((path) => path.slice('facts.'.length))
