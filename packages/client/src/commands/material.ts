import type { PrivateKey } from '@scel/pki/crypto'
import { publicKeyInfo } from '@scel/pki/x509'
import { type Found, objectsIn } from '../objects/index.ts'
import { stop } from '../ui/cli-error.ts'
import type { Given } from './given.ts'
import { readInput } from './input.ts'
import { openKey } from './open-key.ts'
import { openPkcs12 } from './open-pkcs12.ts'
import type { Session } from './session.ts'

/** One thing to work with, taken out of whatever file it came in. */
export type Item =
  | { readonly kind: 'certificate' | 'crl' | 'request' | 'ocsp response'; readonly der: Uint8Array }
  | { readonly kind: 'private key'; readonly key: PrivateKey }
  | { readonly kind: 'public key'; readonly spki: Uint8Array }

export interface Material {
  readonly items: readonly Item[]
  /** The name that a .p12 file shows in key stores. */
  readonly friendlyName?: string
}

/**
 * Everything in a file that can be worked with, in order; bags are emptied.
 * @throws nothing_to_use, and what reading and opening throw
 */
export async function readMaterial(session: Session, given: Given, file: string): Promise<Material> {
  const content = await readInput(session, file)
  const items: Item[] = []
  let friendlyName: string | undefined
  for (const found of content.length > 0 ? objectsIn(content) : []) {
    if (found.kind === 'pkcs12') {
      const opened = await openPkcs12(session, given, file, found.der)
      friendlyName ??= opened.friendlyName
      items.push({ kind: 'private key', key: opened.key })
      for (const der of [opened.certificate, ...opened.chain]) items.push({ kind: 'certificate', der })
    } else items.push(...(await itemsOf(session, given, file, found)))
  }
  if (items.length === 0) stop('nothing_to_use', { file })
  return { items, ...(friendlyName === undefined ? {} : { friendlyName }) }
}

async function itemsOf(session: Session, given: Given, file: string, found: Found): Promise<Item[]> {
  switch (found.kind) {
    case 'certificate':
    case 'crl':
    case 'request':
    case 'ocsp response':
      return [{ kind: found.kind, der: found.der }]
    case 'public key':
      publicKeyInfo(found.der) // what is handed on is a key, not only called one
      return [{ kind: 'public key', spki: found.der }]
    case 'private key':
    case 'encrypted private key':
    case 'rsa private key':
    case 'ec private key':
      return [{ kind: 'private key', key: await openKey(session, given, file, found) }]
    default:
      return []
  }
}

/** DER of all objects of one kind. */
export const dersOf = (
  items: readonly Item[],
  kind: 'certificate' | 'crl' | 'request' | 'ocsp response',
): Uint8Array[] => items.flatMap((item) => (item.kind === kind ? [item.der] : []))
