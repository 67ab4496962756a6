// What every store asks of a key that comes from elsewhere.

import { calledBy } from '@scel/files/certificates'
import { equal } from '@scel/pki/bytes'
import { keyMatches } from '@scel/pki/crypto'
import { parseCertificate } from '@scel/pki/x509'
import { stop } from '../ui/cli-error.ts'
import { keyId } from './key-id.ts'
import type { AdoptionWish, Certified, Identity, Material } from './key-store.ts'

/** How the key is named, once it is that of the certificate. @throws adopted_key_other */
export async function adoptedKey({ key, certificate }: Material): Promise<string> {
  const { publicKey } = parseCertificate(certificate)
  return keyMatches(key, publicKey.spki) ? keyId(publicKey.spki) : stop('adopted_key_other')
}

/**
 * What was sealed for a certificate names it: another one does not take its place unasked.
 * @param present what is there of the key
 * @throws adopted_certificate_other
 */
export function checkPresent(
  present: Identity | undefined,
  { certificate }: Material,
  { replace = false }: AdoptionWish = {},
): void {
  if (!present?.certificate || replace || equal(present.certificate, certificate)) return
  stop('adopted_certificate_other', { place: present.place })
}

/**
 * What is to be kept of what stands above the certificate: what is there already, where the file that is brought says the same and less.
 * @param present what is there of the key
 */
export function withChain<M extends Certified>(present: Identity | undefined, material: M): M {
  const { certificate, chain, root } = material
  if (root || !present?.certificate || !equal(present.certificate, certificate)) return material
  const above = [...present.chain, ...(present.root ? [present.root] : [])]
  const isThere = chain.every((one, at) => above[at] !== undefined && equal(above[at], one))
  return isThere ? { ...material, chain: present.chain, ...(present.root && { root: present.root }) } : material
}

/** What people call whose certificate it is; its serial number where it says nothing of them. */
export function holderNameOf(certificate: Uint8Array): string {
  const { subject, serialHex } = parseCertificate(certificate)
  return calledBy(subject) || serialHex
}
