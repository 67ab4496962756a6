import { isKeyChoice, type KeyChoice } from '@scel/contract/values'
import { keySpecOf } from '@scel/pki/algorithms'
import type { GeneralName, Name } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import type { Issuance } from '../issuance/issuance.ts'
import type { KeyUse, Signers } from '../issuance/signer.port.ts'
import { storeIntent } from '../issuance/store-intent.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Work } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Authority } from './authority.ts'

/** A certificate for the desk itself, for a key in its signers. */
export interface OwnOrder {
  readonly authority: Authority
  readonly profile: Profile
  /** Made when there is none of this name. */
  readonly keyId: string
  readonly subject: Name
  readonly names?: readonly GeneralName[]
  /** What the key is for. */
  readonly use: KeyUse
}

interface Needs {
  readonly work: Work
  readonly signers: Signers
  readonly issuance: Issuance
}

/** Issues it as every certificate is issued: linted, its intent stored, signed, stored. */
export async function issueOwn({ work, signers, issuance }: Needs, order: OwnOrder): Promise<Certificate> {
  const { authority, profile, keyId, subject, names = [], use } = order
  const spki = await ownKey(signers, keyId, profile.proposedKey, use)
  const key = keySpecOf(spki)
  if (!isKeyChoice(key)) throw new Error(`key ${keyId} is of a kind that the desk does not use`)
  const prepared = await issuance.prepare({ authority, profile, subject, names, spki, key, purpose: { kind: 'desk' } })
  await work.transaction((stores) => storeIntent(stores, prepared))
  return issuance.complete(prepared)
}

/** The SPKI of a key of the desk, which is made when there is none of this name. */
export async function ownKey(signers: Signers, keyId: string, spec: KeyChoice, use: KeyUse): Promise<Uint8Array> {
  if (!(await signers.has(keyId))) return signers.generate(keyId, spec, use)
  const signer = await signers.open(keyId)
  const { publicKey } = signer.key
  signer.close()
  return publicKey
}

/** Less than a third of its life is left, or none of it has come. */
export function isDue(certificate: Certificate, now: Instant): boolean {
  if (certificate.notBefore > now) return true
  const [start, end, at] = [certificate.notBefore, certificate.notAfter, now].map((text) => Date.parse(text))
  return end! - at! < (end! - start!) / 3
}
