import type { DESK_STATEMENT_PURPOSE } from '@scel/contract/kit'
import type { CommonNameForm, KeyChoice, Offers, ProfileFamily, ProfileName, Title } from '@scel/contract/values'

/**
 * What a certificate may contain, and who has to do with it: data, checked when loaded. There is no other way to obtain one than `parseProfile`.
 * A field that comes later is absent, `false` or an empty list where a file says nothing of it: kits from before go on then (`kits/kit-rules.ts`).
 */
export interface Profile {
  readonly name: ProfileName
  /** What people call it. */
  readonly title: Title
  /** What it is for, for whoever chooses one. */
  readonly description: Title
  readonly family: ProfileFamily
  /** Whether managers see, decide and revoke those of their organisation; otherwise they are administrators' alone. */
  readonly managers: boolean
  /** Whether a kit of it may decide by itself. */
  readonly standingApproval: boolean
  /** Whether people revoke it: not what they need to sign in and undo it. */
  readonly revocable: boolean
  /** Purpose of the authority that issues it; `each` for every issuing authority (OCSP responders). */
  readonly issuer: 'machines' | 'people' | 'desk' | 'each'
  readonly validityDays: number
  /** What whoever asks may choose; absent where nothing is. */
  readonly offers?: Offers
  /** Subject keys it takes, and the one it proposes. */
  readonly keys: readonly KeyChoice[]
  readonly proposedKey: KeyChoice
  /** By kind of key: an EC key cannot encipher (RFC 8813 §3). */
  readonly keyUsage: { readonly rsa: readonly KeyUsage[]; readonly ec: readonly KeyUsage[] }
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[]
  /** OU that says what kind of thing is certified; absent for people and the desk. */
  readonly organisationalUnit?: string
  readonly commonName: CommonNameForm
  /** What the subjectAltName holds. */
  readonly names: NamesForm
  /** id-pkix-ocsp-nocheck: clients do not ask about the responder itself (RFC 6960 §4.2.2.2.1). */
  readonly ocspNoCheck: boolean
  /** Whether it names the CRL and the OCSP responder of its issuer. */
  readonly revocationAddresses: boolean
}

export type KeyUsage = 'digitalSignature' | 'keyEncipherment' | 'dataEncipherment' | 'keyAgreement' | 'nonRepudiation'
export type ExtendedKeyUsage =
  | 'clientAuth'
  | 'serverAuth'
  | 'ocspSigning'
  | 'emailProtection'
  | 'timeStamping'
  | typeof DESK_STATEMENT_PURPOSE
export type NamesForm = 'none' | 'dNSName' | 'rfc822Name' | 'host'

/** The usages a certificate with this kind of key gets. */
export const keyUsageFor = (profile: Profile, key: KeyChoice): readonly KeyUsage[] =>
  key.startsWith('rsa') ? profile.keyUsage.rsa : profile.keyUsage.ec
