// The certificate of a key and what stands above it, in the folder of the key.

import { join } from 'node:path'
import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { readIfPresent } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'
import { FILES } from './file-layout.ts'
import type { Certified } from './key-store.ts'

/** What lies in a folder; undefined where there is no certificate. @throws file_unreadable, file_too_large, pem_malformed */
export async function readCertified(folder: string): Promise<Certified | undefined> {
  const [certificate] = await certificatesIn(join(folder, FILES.certificate))
  if (!certificate) return undefined
  const [root] = await certificatesIn(join(folder, FILES.root))
  return { certificate, chain: await certificatesIn(join(folder, FILES.chain)), ...(root && { root }) }
}

/** Names and contents of the files. @throws certificates_too_large for what could not be read again */
export function certifiedFiles({ certificate, chain, root }: Certified): [file: string, content: string][] {
  const files: [string, string][] = [
    [FILES.certificate, pemsOf([certificate])],
    [FILES.chain, pemsOf(chain)],
    [FILES.root, pemsOf(root ? [root] : [])],
  ]
  if (files.some(([, content]) => content.length > LARGEST)) stop('certificates_too_large', { limit: LARGEST })
  return files
}

/** What servers are given: never the root, which peers have or do not trust. */
export const fullchainOf = ({ certificate, chain }: Certified): string => pemsOf([certificate, ...chain])

async function certificatesIn(file: string): Promise<Uint8Array[]> {
  const content = await readIfPresent(file, LARGEST)
  return content?.length ? pemDecode(content.toString('utf8')).map(({ der }) => der) : []
}

const pemsOf = (ders: readonly Uint8Array[]): string => ders.map((der) => pemEncode('CERTIFICATE', der)).join('')

const LARGEST = 1024 * 1024
