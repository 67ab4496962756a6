import type { Choices, KeyChoice } from '@scel/contract/values'
import { defaultSignature, type KeySpec } from '@scel/pki/algorithms'
import {
  buildTbsCertificate,
  type Extension,
  type GeneralName,
  keyIdentifier,
  makeExtension,
  type Name,
  validityOf,
} from '@scel/pki/x509'
import { keyUsageFor, type Profile } from '../profiles/profile.ts'
import type { World } from '../world.ts'
import { newSerial } from '../world.ts'
import { type Addresses, revocationExtensions } from './addresses.ts'
import type { Issuer } from './issuer.ts'

export interface Wanted {
  readonly profile: Profile
  readonly subject: Name
  readonly names: readonly GeneralName[]
  /** SubjectPublicKeyInfo, DER, and its kind. */
  readonly spki: Uint8Array
  readonly key: KeyChoice
  /** Of those that the profile offers. */
  readonly choices?: Choices
}

/**
 * The TBSCertificate of an end entity: usages, validity and addresses come from the profile, never from the request but for what the profile offered.
 * @param signatureKey kind of the issuer's key, which decides the signature algorithm inside
 */
export async function buildContent(
  world: World,
  addresses: Addresses,
  issuer: Issuer,
  signatureKey: KeySpec,
  wanted: Wanted,
): Promise<Uint8Array> {
  const { profile, subject, names, choices } = wanted
  const days = choices?.validityDays ?? profile.validityDays
  const { notBefore, notAfter } = validityOf(new Date(world.now().getTime() - BACKDATED), days)
  const extensions: Extension[] = [
    makeExtension('authorityKeyIdentifier', { keyIdentifier: issuer.keyIdentifier }),
    makeExtension('subjectKeyIdentifier', await keyIdentifier(wanted.spki)),
    makeExtension('keyUsage', keyUsageFor(profile, wanted.key)),
    makeExtension('basicConstraints', { ca: false }),
    // Critical for time stamps alone (RFC 3161 §2.3): that key must never count for anything else.
    makeExtension('extendedKeyUsage', profile.extendedKeyUsage, profile.extendedKeyUsage.includes('timeStamping')),
  ]
  if (names.length > 0) extensions.push(makeExtension('subjectAltName', names, subject.rdns.length === 0))
  if (profile.revocationAddresses) extensions.push(...revocationExtensions(addresses, issuer.authority.id))
  if (profile.ocspNoCheck) extensions.push(makeExtension('ocspNoCheck', true))
  return buildTbsCertificate({
    serial: newSerial(world),
    signature: defaultSignature(signatureKey),
    issuer: issuer.name,
    notBefore,
    // A certificate that outlives its issuer verifies nowhere towards its end (RFC 5280 §6.1 asks at one moment).
    notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    subject,
    publicKey: wanted.spki,
    extensions,
  })
}

// Clocks of machines are minutes off; a certificate that is not valid yet when it arrives is a support call.
const BACKDATED = 5 * 60_000
