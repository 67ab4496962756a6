// Which of the certificates that a directory names for one person are taken: a directory may be old, or kept back by whoever is in the way; what its
// authority says of revocation is signed and dated.

import { checkRecipient, isStatusUnknown, type RecipientPath, sealableAmong } from '@scel/files/recipients'
import type { Certificate } from '@scel/pki/x509'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from '../input/command.ts'
import type { Online } from '../input/online.ts'
import type { Shell } from '../input/shell.ts'

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
  readonly shell: Shell
  readonly online: () => Promise<Online>
  /** `required`: not known is refused. */
  readonly mode: 'required' | 'if-known'
  /** How the person is called whom the candidates name. */
  readonly name: string
}

/**
 * Those of one person's candidates that are not revoked, by what the addresses in them and in their authorities say now, and good in all else: see
 * `sealableAmong`.
 * @throws certificate_revoked and what else speaks against the newest one when none is good, recipient_status_unknown, interrupted
 */
export async function unrevoked(candidates: readonly Candidate[], question: StatusQuestion): Promise<Certificate[]> {
  const listed = new Map(candidates.map((one) => [one.certificate, one.listed]))
  const good = await sealableAmong([...listed.keys()], (one) => check(one, listed.get(one), question))
  return [...good]
}

async function check(
  certificate: Certificate,
  listed: Listed | undefined,
  { shell, online, mode, name }: StatusQuestion,
): Promise<void> {
  if (!listed) return checkRecipient(certificate, { at: shell.outside.now() })
  const { at, path } = listed
  const { fetch, asked } = await online()
  try {
    await checkRecipient(certificate, { at, path: { ...path, revocation: { mode, fetch } } })
  } catch (error) {
    if (!isStatusUnknown(error)) throw error
    const missed = asked.findLast((one) => one.error)?.error
    stop('recipient_status_unknown', { name, reason: shell.voice.words(missed ?? error).message })
  }
}
