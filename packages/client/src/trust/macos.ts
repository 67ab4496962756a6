import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { equal, pemDecode } from '@scel/pki/bytes'
import type { RunTool } from './run-tool.ts'
import type { Anchor, TrustStore } from './trust-store.ts'
import { withRootFile } from './with-root-file.ts'

/** The login keychain of this user: Safari, Chrome and, by its enterprise roots, Firefox look there. macOS asks for the password. */
export function macosStore(home: string, run: RunTool): TrustStore {
  const keychain = posix.join(home, 'Library', 'Keychains', 'login.keychain-db')
  const security = (...rest: string[]): Promise<string> =>
    run({ program: '/usr/bin/security', arguments: rest, package: 'macOS' })
  return {
    kind: 'system',
    where: keychain,
    async has(anchor) {
      const listing = await security('find-certificate', '-a', '-p', keychain)
      if (!listing.includes('-----BEGIN') || !pemDecode(listing).some(({ der }) => equal(der, anchor.der))) return false
      // Lying in the keychain is not being trusted.
      return withRootFile(anchor, (file) => security('verify-cert', '-c', file, '-l', '-L', '-p', 'ssl')).then(
        () => true,
        () => false,
      )
    },
    async add(anchor) {
      await withRootFile(anchor, (file) =>
        security('add-trusted-cert', '-r', 'trustRoot', '-p', 'ssl', '-k', keychain, file),
      )
    },
    async remove(anchor) {
      await withRootFile(anchor, (file) => security('remove-trusted-cert', file))
      await security('delete-certificate', '-Z', sha1Of(anchor), '-t', keychain)
    },
  }
}

// The keychain names certificates by SHA-1; nothing is trusted by it.
const sha1Of = ({ der }: Anchor): string => createHash('sha1').update(der).digest('hex').toUpperCase()
