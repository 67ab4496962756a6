// What is said of a certificate with its key in a store of this machine.

import { type CertificateUse, certificateFacts, usesOf } from '@scel/files/certificates'
import { parseCertificate } from '@scel/pki/x509'
import { numberOf } from '../../identities/chosen-identity.ts'
import type { Identity, KeyStore } from '../../keystores/index.ts'
import type { NamedRecord } from '../../state/desk-record.ts'
import { deskLabel } from '../../state/desks.ts'
import type { Voice } from '../../ui/voice.ts'

export interface IdentityFacts {
  readonly name: string
  readonly emails: readonly string[]
  readonly subject: string
  readonly issuer: string
  readonly issuerName: string
  readonly serial: string
  readonly fingerprint: string
  /** Of the key, as the stores name it. */
  readonly key: string
  readonly notBefore: string
  readonly notAfter: string
  readonly state: 'valid' | 'expired' | 'not yet valid'
  readonly uses: readonly CertificateUse[]
  /** Whether programs are pointed at it; a former one is kept for what was sealed to it. */
  readonly current: boolean
  readonly store: string
  readonly place: string
  /** The desk that it is from, and the number of its request there; absent where it came from elsewhere. */
  readonly desk?: string
  readonly request?: number
}

/** @param records what is known of desks */
export async function identityFacts(
  { name: store }: Pick<KeyStore, 'name'>,
  { holder, key, place, current, certificate }: Identity & { readonly certificate: Uint8Array },
  records: readonly NamedRecord[],
  now: Date,
): Promise<IdentityFacts> {
  const parsed = parseCertificate(certificate)
  const { name, emails, subject, issuer, issuerName, serial, fingerprint, notBefore, notAfter } =
    await certificateFacts(parsed)
  const record = records.find((one) => one.name === holder.desk)
  const request = record && numberOf(record, key)
  const desk = record ? deskLabel(record.record) : holder.desk
  return {
    ...{ name, emails, subject, issuer, issuerName, serial, fingerprint, key, notBefore, notAfter },
    state: now < parsed.notBefore ? 'not yet valid' : now > parsed.notAfter ? 'expired' : 'valid',
    ...{ uses: usesOf(parsed), current, store, place },
    ...(desk !== undefined && { desk }),
    ...(request !== undefined && { request }),
  }
}

/** `signing, opening what was sealed`. */
export const usesText = (uses: readonly CertificateUse[], voice: Voice): string =>
  uses.map((use) => voice.text(`use_${use}`)).join(', ') || voice.text('use_none')

/** Until when, and whether that is over. */
export function untilText({ state, notBefore, notAfter }: IdentityFacts, voice: Voice): string {
  if (state === 'expired') return voice.text('inspect_expired', { at: voice.instant(notAfter) })
  return state === 'valid' ? voice.instant(notAfter) : voice.text('inspect_early', { at: voice.instant(notBefore) })
}
