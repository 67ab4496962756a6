import type { RevocationSources, ValidatePathOptions } from '@scel/pki/path'
import type { Certificate } from '@scel/pki/x509'
import { stop } from '../../ui/cli-error.ts'
import { certificatesOf, statusesOf } from '../input/evidence.ts'
import type { Given } from '../input/given.ts'
import { instantOf } from '../input/instant.ts'
import { type Online, onlineOf } from '../input/online.ts'
import { givenPurpose, PURPOSES } from '../input/purpose.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { wantedHost } from './verify-host.ts'

export const REVOCATION_MODES = ['required', 'if-known', 'none'] as const

export interface Question {
  readonly options: ValidatePathOptions
  readonly anchors: readonly Certificate[]
  /** Whether the leaf itself is among them. */
  readonly itself: boolean
  /** In the words of the command line. */
  readonly purpose: string
  /** The host that the certificate must be for. */
  readonly host?: string
  readonly revocation: (typeof REVOCATION_MODES)[number]
  readonly online: Online | undefined
}

/**
 * What the command line asks of the path: the first certificate of the first file is the leaf, all others may be
 * authorities on the way.
 * @throws anchor_missing, purpose_missing, options_exclude, certificate_missing, option_value_wrong, and what reading the files throws
 */
export async function questionOf(session: Shell & State, given: Given): Promise<Question> {
  const named = givenPurpose(given)
  const host = wantedHost(given, named)
  if (given.list('anchor').length === 0) stop('anchor_missing')
  const files = given.rest(0)
  const [leaf, ...others] = await certificatesOf(session, given, files)
  if (!leaf) return stop('certificate_missing', { file: files.join(', ') })
  const more = await certificatesOf(session, given, given.list('intermediate'))
  const anchors = await certificatesOf(session, given, given.list('anchor'))
  if (anchors.length === 0) stop('certificate_missing', { file: given.list('anchor').join(', ') })
  const itself = anchors.some((anchor) => Buffer.from(anchor.der).equals(leaf.der))
  const purpose = named ?? (host === undefined ? withoutPurpose(itself) : 'tls-server')
  const online = await onlineOf(session, given)
  const sources = await revocationOf(session, given, online)
  const policies = given.list('policy')
  const options: ValidatePathOptions = {
    leaf,
    intermediates: [...others, ...more],
    anchors,
    at: instantOf(given.text('at')) ?? session.outside.now(),
    purpose: PURPOSES[purpose] ?? 'any',
    revocation: sources ?? 'not-asked',
    ...(policies.length > 0 ? { policy: { initialPolicySet: policies, requireExplicitPolicy: true } } : {}),
  }
  return {
    options,
    anchors,
    itself,
    purpose,
    ...(host === undefined ? {} : { host }),
    revocation: sources?.mode ?? 'none',
    online,
  }
}

/** An anchor is trusted for what it is. @throws purpose_missing for everything else */
const withoutPurpose = (itself: boolean): string =>
  itself ? 'any' : stop('purpose_missing', { expected: Object.keys(PURPOSES).join(', ') })

/** Lists or answers that are given, or to be fetched, are meant: then what they do not say is refused, unless told otherwise. */
async function revocationOf(
  shell: Shell,
  given: Given,
  online: Online | undefined,
): Promise<RevocationSources | undefined> {
  const { crls, ocsp } = await statusesOf(shell, given)
  const mode = given.text('revocation') ?? (online || crls.length + ocsp.length > 0 ? 'required' : 'none')
  if (mode === 'none') {
    if (online) stop('options_exclude', { one: '--online', other: '--revocation none' })
    return undefined
  }
  return { mode: mode === 'required' ? 'required' : 'if-known', crls, ocsp, ...(online ? { fetch: online.fetch } : {}) }
}
