import { type DeskError, type Language, SENTENCES } from '@scel/contract/errors'
import { visible } from '@scel/contract/letters'
import type { ConfigProblem } from '../../config/index.ts'
import { sayable } from '../problems.ts'
import { type Facts, phrase } from '../words/phrase.ts'
import { TEXTS, type Texts } from './texts.ts'

// Why a command could not do its work, for the operator: lower case, one fault per line, never a stack.

/** All faults of the configuration, each with the place where it was given. */
export function faultsText(problems: readonly ConfigProblem[], language: Language): string {
  const { faults, refused } = TEXTS[language]
  const colon = language === 'fr' ? '\u00a0:' : ':'
  const lines = problems.map(
    ({ fault, where, facts }) => `  ${where}${colon} ${phrase(faults[fault], language, facts)}`,
  )
  return [phrase(refused.config, language, { count: problems.length }), ...lines].join('\n')
}

/** One refusal with its facts. */
export const refusedText = (what: keyof Texts['refused'], facts: Facts, language: Language): string =>
  phrase(TEXTS[language].refused[what], language, facts)

/** Facts as they may come to a terminal: what somebody else wrote in them moves no cursor and turns no line round. */
export const visibleFacts = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]),
  )

/**
 * What the rules or the system refused.
 *
 * @returns undefined for what nobody foresaw, which deserves its stack
 */
export function failureText(error: unknown, language: Language): string | undefined {
  const said = sayable(error)
  if (!said) return ofTheSystem(error as SystemError, language)
  if (said.code in STORAGE) {
    return refusedText(said.code as keyof typeof STORAGE, { reason: reasonOf(said as DeskError) }, language)
  }
  const { says, hint } = SENTENCES[language][said.code]
  const facts = visibleFacts(said.facts as Facts)
  const words = { says: phrase(says, language, facts), hint: phrase(hint, language, facts) }
  return refusedText('desk', words, language)
}

/** What a caller reads of a store speaks of their one call; whoever ran a command wants the reason. */
const STORAGE = {
  storage_full: true,
  storage_unavailable: true,
  storage_uncertain: true,
  storage_altered: true,
  storage_damaged: true,
} as const

const reasonOf = ({ cause, message }: DeskError): string => {
  const { message: reason, code } = (cause ?? {}) as { message?: string; code?: string }
  return (reason || code || message).split('\n', 1)[0]!.slice(0, LONGEST_REASON)
}
const LONGEST_REASON = 200

interface SystemError {
  readonly message?: string
  readonly code?: string
  readonly syscall?: string
  readonly path?: string
  readonly port?: number
  readonly address?: string
}

function ofTheSystem(error: SystemError, language: Language): string | undefined {
  const { code, path, port, address, syscall } = error
  const limit = limitOf(error)
  if (limit) return refusedText('descriptors', { reason: limit }, language)
  if (syscall === 'listen' || syscall === 'bind') {
    if (code === 'EADDRINUSE') return refusedText('portTaken', { port: `${port}` }, language)
    if (code === 'EACCES') return refusedText('portForbidden', { port: `${port}` }, language)
    if (code === 'EADDRNOTAVAIL') return refusedText('address', { address: address ?? '' }, language)
  }
  if (path !== undefined && code && NO_ROOM.has(code)) return refusedText('noRoom', { path, reason: code }, language)
  if (path !== undefined && code) return refusedText('file', { path, reason: code }, language)
  return undefined
}

/** Which limit of open files was met, of the process or of the host. A thread that does not begin says it in its message alone. */
const limitOf = ({ code, message = '' }: SystemError): string | undefined =>
  code !== undefined && LIMITS.has(code)
    ? code
    : code === 'ERR_WORKER_INIT_FAILED'
      ? [...LIMITS].find((limit) => message.endsWith(limit))
      : undefined
const LIMITS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE'])

/** The disk is full, or what this user may have of it is. */
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT'])
