// Who answers (RFC 6960 §4.2.1): the responder by its name, or by the SHA-1 hash of its key.

import { readPublicKey } from '../algorithms/index.ts'
import type { DerReader } from '../asn1/index.ts'
import { contextConstructed, explicit, octetString } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import { digest } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Name } from '../x509/index.ts'
import { parseName, sameName } from '../x509/index.ts'
import type { OcspIssuer } from './cert-id.ts'

/** Who answers: a responder by its name, or by the SHA-1 hash of its key (RFC 6960 §4.2.1). */
export type ResponderId = { readonly name: Name } | { readonly keyHash: Uint8Array }

/**
 * Names a responder by its key, which is shorter than its name.
 * @throws key_malformed
 * @example
 * const responderId = await responderByKey(sample.issuing.certificate.publicKey.spki)
 * assert.equal('keyHash' in responderId && responderId.keyHash.length, 20)
 */
export async function responderByKey(spki: Uint8Array): Promise<ResponderId> {
  return Object.freeze({ keyHash: await digest('SHA-1', readPublicKey(spki).keyBits) })
}

/** Whether a responder's identity is that of this certificate. */
export async function isResponder(id: ResponderId, { subject, publicKey }: OcspIssuer): Promise<boolean> {
  if ('name' in id) return sameName(id.name, subject)
  return equal(id.keyHash, await digest('SHA-1', readPublicKey(publicKey.spki).keyBits))
}

export function readResponderId(fields: DerReader): ResponderId {
  if (fields.tag === contextConstructed(1)) return fields.explicit(1, (inner) => ({ name: parseName(inner.element()) }))
  return fields.explicit(2, (inner) => {
    const keyHash = inner.octetString()
    return keyHash.length === 20 ? { keyHash } : fail('ocsp_malformed', { what: 'responder key hash' })
  })
}

export const writeResponderId = (id: ResponderId): Uint8Array =>
  'name' in id ? explicit(1, id.name.der) : explicit(2, octetString(id.keyHash))
