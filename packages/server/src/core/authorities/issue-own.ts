import { isKeyChoice, type KeyChoice } from '@scel/contract/values'
import { keySpecOf } from '@scel/pki/algorithms'
import { equal } from '@scel/pki/bytes'
import { type GeneralName, makeExtension, type Name, parseTbsCertificate, type TbsCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import { type Intent, ownerOfIntent } from '../issuance/intent.ts'
import type { Issuance } from '../issuance/issuance.ts'
import { lint } from '../issuance/linted.ts'
import type { KeyUse, Signers } from '../issuance/signer.port.ts'
import { storeIntent } from '../issuance/store-intent.ts'
import { THE_DESK } from '../owner.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Work } from '../work.ts'
import { DAY, type Instant, isAhead, later, nowOf, type World } from '../world.ts'
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
  readonly world: World
}

/**
 * Issues it as every certificate is issued: linted, its intent stored, signed, stored. What was asked for already and could not be signed
 * is signed now, instead of asking again: while a key is away, nobody's calls fill the database.
 */
export async function issueOwn(needs: Needs, order: OwnOrder): Promise<Certificate> {
  const { work, signers, issuance } = needs
  const { authority, profile, keyId, subject, names = [], use } = order
  const spki = await ownKey(signers, keyId, profile.proposedKey, use)
  const begun = await underWay(needs, order, spki)
  if (begun) return issuance.complete({ intent: begun, proof: lint(begun.tbs) })
  const key = keySpecOf(spki)
  if (!isKeyChoice(key)) throw new Error(`key ${keyId} is of a kind that the desk does not use`)
  const prepared = await issuance.prepare({ authority, profile, subject, names, spki, key, owner: THE_DESK })
  await work.transaction((stores) => storeIntent(stores, prepared))
  return issuance.complete(prepared)
}

/** The newest that was asked for, for the same key and names, within a day: what could not be signed for so long may never be. */
async function underWay({ work, world }: Needs, order: OwnOrder, spki: Uint8Array): Promise<Intent | undefined> {
  const { authority, profile, names = [] } = order
  const now = nowOf(world)
  const open = await work.read((stores) => stores.intents.open())
  return open.findLast((one) => {
    const { authority: by, profile: of, createdAt, tbs } = one
    if (ownerOfIntent(one).kind !== 'desk' || by !== authority.id || of !== profile.name) return false
    if (createdAt < later(now, -DAY) || isAhead(createdAt, now)) return false
    const content = parseTbsCertificate(tbs)
    return equal(content.publicKey.spki, spki) && hasNames(content, names)
  })
}

/** Whether a certificate has just these names, compared as they are encoded: one address has many spellings. */
export function hasNames({ extensions }: Pick<TbsCertificate, 'extensions'>, names: readonly GeneralName[]): boolean {
  const wanted = makeExtension('subjectAltName', names)
  const found = extensions.find(({ oid }) => oid === wanted.oid)
  return found === undefined ? names.length === 0 : equal(found.value, wanted.value)
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
