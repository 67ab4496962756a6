// Which of the certificates that a directory names is taken: a directory may be old, or kept back by whoever is in the way; what its
// authority says of revocation is signed and dated.

import { checkRecipient, type RecipientPath } from '@scel/files/recipients'
import { hasCode, isPkiError, type PkiError } from '@scel/pki/errors'
import type { Certificate } from '@scel/pki/x509'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from '../input/command.ts'
import type { Online } from '../input/online.ts'
import type { Session } from '../input/session.ts'

export const RECIPIENT_REVOCATION_OPTION: CommandOption = {
  ...{ name: 'revocation', help: 'seal_revocation', value: 'value_mode' },
  choices: ['required', 'if-known'],
}

export interface Candidate {
  readonly certificate: Certificate
  /** How its chain is followed; absent for what a store of this machine has, which nobody is asked about. */
  readonly listed?: Listed
}

interface Listed {
  readonly at: Date
  readonly path: Omit<RecipientPath, 'revocation'>
}

export interface StatusQuestion {
  readonly session: Session
  readonly online: () => Promise<Online>
  /** `required`: not known is refused. */
  readonly mode: 'required' | 'if-known'
  /** How the person is called whom the candidates name. */
  readonly name: string
}

/**
 * The first of the candidates that is not revoked, by what the addresses in it and in its authorities say now; undefined when there are none.
 * One of which that is not known ends it: the next one would be older.
 * @throws certificate_revoked of the first one when all are, recipient_status_unknown, interrupted
 */
export async function unrevoked(
  candidates: readonly Candidate[],
  question: StatusQuestion,
): Promise<Certificate | undefined> {
  let revoked: PkiError | undefined
  for (const { certificate, listed } of candidates) {
    const error = listed && (await refusalOf(certificate, listed, question))
    if (!error) return certificate
    if (!hasCode(error, 'certificate_revoked')) throw error
    revoked ??= error
  }
  if (revoked) throw revoked
  return undefined
}

async function refusalOf(
  certificate: Certificate,
  { at, path }: Listed,
  { session, online, mode, name }: StatusQuestion,
): Promise<PkiError | undefined> {
  const { fetch, asked } = await online()
  try {
    await checkRecipient(certificate, { at, path: { ...path, revocation: { mode, fetch } } })
    return undefined
  } catch (error) {
    if (!isPkiError(error)) throw error
    if (!UNKNOWN.has(error.code)) return error
    const missed = asked.findLast((one) => one.error)?.error
    return stop('recipient_status_unknown', { name, reason: session.voice.words(missed ?? error).message })
  }
}

const UNKNOWN: ReadonlySet<string> = new Set(['revocation_unknown', 'crl_outdated', 'ocsp_outdated'])
