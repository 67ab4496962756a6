import { type FoundObject, isPrivateKey, objectsIn } from '@scel/files/objects'
import { readCertificateBag } from '@scel/pki/cms'
import { readSpki } from '@scel/pki/crypto'
import { protectionText } from '../../inspect/pkcs12.ts'
import { stop } from '../../ui/cli-error.ts'
import type { Given } from './given.ts'
import { readInput } from './input.ts'
import { type LooseKey, openKey } from './open-key.ts'
import { openPkcs12File } from './open-pkcs12.ts'
import type { Shell } from './shell.ts'

/** One thing to work with, taken out of whatever file it came in. */
export type Item =
  | { readonly kind: 'certificate' | 'crl' | 'request' | 'ocsp response'; readonly der: Uint8Array }
  | { readonly kind: 'private key'; readonly key: LooseKey }
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
export async function readMaterial(shell: Shell, given: Given, file: string): Promise<Material> {
  const content = await readInput(shell, file)
  const items: Item[] = []
  let friendlyName: string | undefined
  for (const found of content.length > 0 ? objectsIn(content) : []) {
    if (found.kind === 'pkcs12') {
      const { keys, certificates, crls, protection } = await openPkcs12File(shell, given, file, found.der)
      if (protection.weak) shell.voice.say('pkcs12_weak', { file, how: protectionText(protection) })
      friendlyName ??= keys[0]?.friendlyName
      const own = keys.flatMap(({ certificate }) => certificate ?? [])
      const others = certificates.map(({ der }) => der).filter((der) => !own.includes(der))
      items.push(...keys.map(({ key }): Item => ({ kind: 'private key', key })))
      items.push(...[...own, ...others].map((der): Item => ({ kind: 'certificate', der })))
      items.push(...crls.map((der): Item => ({ kind: 'crl', der })))
    } else if (found.kind === 'certificate bag') {
      const { certificates, crls } = readCertificateBag(found.der)
      items.push(...certificates.map((der): Item => ({ kind: 'certificate', der })))
      items.push(...crls.map((der): Item => ({ kind: 'crl', der })))
    } else items.push(...(await itemsOf(shell, given, file, found)))
  }
  if (items.length === 0) stop('nothing_to_use', { file })
  return { items, ...(friendlyName === undefined ? {} : { friendlyName }) }
}

async function itemsOf(shell: Shell, given: Given, file: string, found: FoundObject): Promise<Item[]> {
  if (isPrivateKey(found)) return [{ kind: 'private key', key: await openKey(shell, given, file, found) }]
  switch (found.kind) {
    case 'certificate':
    case 'crl':
    case 'request':
    case 'ocsp response':
      return [{ kind: found.kind, der: found.der }]
    case 'public key':
    case 'rsa public key':
      return [{ kind: 'public key', spki: readSpki(found.der) }]
    case 'jwk':
      return [{ kind: 'public key', spki: readSpki(found.text) }]
    default:
      return []
  }
}

/** Everything in several files, in order. @throws what `readMaterial` throws */
export async function itemsIn(shell: Shell, given: Given, files: readonly string[]): Promise<Item[]> {
  const items: Item[] = []
  for (const file of files) items.push(...(await readMaterial(shell, given, file)).items)
  return items
}

/** DER of all objects of one kind. */
export const dersOf = (
  items: readonly Item[],
  kind: 'certificate' | 'crl' | 'request' | 'ocsp response',
): Uint8Array[] => items.flatMap((item) => (item.kind === kind ? [item.der] : []))
