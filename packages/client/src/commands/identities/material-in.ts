// What a file that somebody brings holds: each key with its certificate, and what stands above it.

import { type OrderedChain, orderChain, publicKeyFacts } from '@scel/files/certificates'
import { equal } from '@scel/pki/bytes'
import { keyMatches } from '@scel/pki/crypto'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import type { Material } from '../../keystores/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { dersOf, type Item } from '../input/material.ts'
import { isUsable, type LooseKey } from '../input/open-key.ts'

export interface FoundMaterial extends Material {
  readonly ordered: OrderedChain
}

/**
 * Every key of a file. Of several certificates for one key the newest is taken.
 * @throws import_key_missing, import_certificate_missing, import_key_other, import_key_unusable
 */
export async function materialIn(file: string, items: readonly Item[]): Promise<FoundMaterial[]> {
  const keys = items.flatMap((item) => (item.kind === 'private key' ? [item.key] : []))
  const certificates = dersOf(items, 'certificate').map(parseCertificate)
  if (keys.length === 0) stop('import_key_missing', { file })
  if (certificates.length === 0) stop('import_certificate_missing', { file })
  const found: FoundMaterial[] = []
  for (const key of keys) {
    const isThere = found.some((one) => equal(one.key.publicKey, key.publicKey))
    if (!isThere) found.push(await materialOf(file, key, certificates))
  }
  return found
}

async function materialOf(file: string, key: LooseKey, certificates: readonly Certificate[]): Promise<FoundMaterial> {
  const [certificate] = certificates
    .filter(({ publicKey }) => keyMatches(key, publicKey.spki))
    .toSorted((one, other) => other.notBefore.getTime() - one.notBefore.getTime())
  if (!certificate) return stop('import_key_other', { file })
  if (!isUsable(key))
    return stop('import_key_unusable', { file, key: (await publicKeyFacts(certificate.publicKey)).name })
  const ordered = await orderChain(certificate, certificates)
  const { chain, root } = ordered
  return {
    ...{ key, certificate: certificate.der, chain: chain.map(({ der }) => der), ordered },
    ...(root && { root: root.der }),
  }
}
