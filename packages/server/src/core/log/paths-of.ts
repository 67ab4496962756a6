import { mailAddressKey } from '@scel/pki/x509'
import { AFTER_WHOM, type HeldKind } from '../target.ts'
import { type LoggedEvent, type PersonalPath, personalOf } from './leaf.ts'
import { mailboxesIn } from './mailboxes-in.ts'
import { NAMED_BY_ACTOR, PERSONAL_FACTS, SAID_BY_THE_DESK } from './personal-facts.ts'

/** Of whom lines of the log may say something. */
export interface Subject {
  /** Of the person. */
  readonly id: string
  /** The addresses that they are known by, while they are. */
  readonly mailboxes: readonly string[]
  /** What else is named after them: their certificates and what they asked for, what they sign in with. */
  readonly things: readonly Thing[]
}

/** As lines of the log name it. */
export interface Thing {
  readonly kind: HeldKind
  readonly id: string
}

/** One name for what lines are about. */
export const targetName = ({ kind, id }: LoggedEvent['target']): string => JSON.stringify([kind, id])

/** @returns for a line, where it says something of them that is still there */
export function pathsOf({ id, mailboxes, things }: Subject): (event: LoggedEvent) => PersonalPath[] {
  const held = new Set(things.map(targetName))
  const keys = mailboxes.map(mailAddressKey)

  const isAbout = (event: LoggedEvent, path: PersonalPath): boolean => {
    const { action, actor, target, facts } = event
    const isHeld = held.has(targetName(target))
    if (path.startsWith('actor.')) return actor.id === id || (isHeld && isStranger(event))
    const isTheirs = isHeld || (afterWhom[target.kind] === 'itself' && target.id === id)
    if (path === 'target.name') return has(NAMED_BY_ACTOR, action) ? actor.id === id : isTheirs
    const fact = path.slice('facts.'.length)
    if (has(saidByTheDesk[action], fact)) return false
    if (whose[fact] === 'whose') return (facts.whose ?? actor.id) === id
    return isTheirs || mailboxesIn(String(facts[fact])).some((one) => keys.includes(one))
  }
  return (event) => [...personalOf(event).keys()].filter((path) => isAbout(event, path))
}

/** Whoever showed what leads to nobody here has no id: who they are is known once somebody says whose that is. */
export const isStranger = ({ actor }: LoggedEvent): boolean => actor.kind === 'caller' && actor.id === undefined

const has = (list: readonly string[] | undefined, one: string): boolean => list?.includes(one) ?? false

// By what stands in lines, which another version may have written.
const afterWhom: Readonly<Record<string, 'nobody' | 'itself' | 'holder'>> = AFTER_WHOM
const whose: Readonly<Record<string, 'whose' | 'target'>> = PERSONAL_FACTS
const saidByTheDesk: Readonly<Record<string, readonly string[] | undefined>> = SAID_BY_THE_DESK
