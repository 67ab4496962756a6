// Which of the certificates in the stores of this machine a person means.

import { calledBy } from '@scel/files/certificates'
import { type Certificate, fingerprint, parseCertificate } from '@scel/pki/x509'
import { chosenIdentity, type OwnIdentity } from '../../identities/chosen-identity.ts'
import type { StoredIdentity } from '../../identities/identities.ts'
import { isNamed } from '../../signing/index.ts'
import { stop } from '../../ui/cli-error.ts'
import type { Keys } from './keys.ts'
import type { State } from './session.ts'
import type { Shell } from './shell.ts'

/**
 * The certificate that a command is about, from a desk or from elsewhere: by the number of its request, an e-mail address, a common name or the
 * beginning of its fingerprint; without a word, the only one.
 * @throws identity_unknown, identity_several, no_identity, what `chosenIdentity` and the stores throw
 */
export async function identityMeant(
  session: Pick<Shell, 'now'> & State & Keys,
  wanted: string | undefined,
): Promise<StoredIdentity> {
  if (wanted !== undefined && isRequestNumber(wanted)) return chosenIdentity(session, undefined, Number(wanted))
  const found = await identitiesMeant(session, async (certificate) =>
    wanted === undefined ? true : isMeant(certificate, wanted),
  )
  const [only, ...more] = found
  if (only && more.length === 0) return only
  if (only) return stop('identity_several', { count: found.length, names: await namesApart(found) })
  return wanted === undefined ? stop('no_identity') : stop('identity_unknown', { wanted })
}

/**
 * The certificate that a command about one's own means, which may be of no desk: by the number of a request, the only one of a desk without a
 * word, and otherwise as `identityMeant` has it.
 * @throws what `identityMeant` and `chosenIdentity` throw
 */
export async function ownIdentity(
  session: Pick<Shell, 'now'> & State & Keys,
  environment: string | undefined,
  wanted: string | undefined,
): Promise<OwnIdentity> {
  if (wanted === undefined || isRequestNumber(wanted))
    return chosenIdentity(session, environment, wanted === undefined ? undefined : Number(wanted))
  const stored = await identityMeant(session, wanted)
  const { holder } = stored.identity
  const desk = (await session.desks.records()).find(
    ({ name, record }) => name === holder.desk && record.enrolledAt !== undefined,
  )
  return { ...stored, ...(desk && { desk }) }
}

/** As `scel requests` and `scel list` show it. */
export const isRequestNumber = (word: string): boolean => /^[1-9]\d{0,14}$/.test(word)

/** Each once, however many stores have it; those that are valid now, where any is. */
export async function identitiesMeant(
  { identities, now }: Pick<Shell, 'now'> & Keys,
  isWanted: (certificate: Certificate) => Promise<boolean>,
): Promise<StoredIdentity[]> {
  const found = new Map<string, StoredIdentity & { readonly isValid: boolean }>()
  for (const stored of await identities.certified()) {
    const certificate = parseCertificate(stored.identity.certificate)
    const name = await fingerprint(certificate.der)
    if (!stored.identity.current || found.has(name) || !(await isWanted(certificate))) continue
    const isValid = certificate.notBefore <= now() && now() <= certificate.notAfter
    found.set(name, { ...stored, isValid })
  }
  const all = [...found.values()]
  const valid = all.filter(({ isValid }) => isValid)
  return valid.length > 0 ? valid : all
}

/** By an e-mail address, a common name, or 16 digits at least with which the SHA-256 fingerprint begins. */
export async function isMeant(certificate: Certificate, wanted: string): Promise<boolean> {
  const digits = wanted.replaceAll(':', '').toLowerCase()
  return (
    isNamed(certificate, wanted) ||
    (/^[0-9a-f]{16,64}$/.test(digits) && (await fingerprint(certificate.der)).startsWith(digits))
  )
}

/** Their names; where two have one, with what their fingerprints begin with. */
export async function namesApart(found: readonly StoredIdentity[]): Promise<string> {
  const certificates = found.map(({ identity }) => parseCertificate(identity.certificate))
  const names = certificates.map(({ subject, serialHex }) => calledBy(subject) || serialHex)
  if (new Set(names).size === names.length) return names.join(', ')
  const marks = await Promise.all(certificates.map(({ der }) => fingerprint(der)))
  return names.map((name, at) => `${name} (${marks[at]!.slice(0, 16)})`).join(', ')
}
