import { createHash } from 'node:crypto'
import type { RunTool } from './run-tool.ts'
import type { Anchor, TrustStore } from './trust-store.ts'
import { withRootFile } from './with-root-file.ts'

/** The root store of this user: Edge, Chrome and, by its enterprise roots, Firefox look there. Windows asks before it adds. */
export function windowsStore(env: Readonly<Record<string, string | undefined>>, run: RunTool): TrustStore {
  // By its whole path: NSS has a program of the same name.
  const program = `${env.SystemRoot || 'C:\\Windows'}\\System32\\certutil.exe`
  const certutil = (...rest: string[]): Promise<string> =>
    run({ program, arguments: ['-user', ...rest], package: 'Windows' })
  return {
    kind: 'system',
    where: 'CurrentUser\\Root',
    has: (anchor) =>
      certutil('-store', 'Root', sha1Of(anchor)).then(
        () => true,
        () => false,
      ),
    async add(anchor) {
      await withRootFile(anchor, (file) => certutil('-f', '-addstore', 'Root', file))
    },
    async remove(anchor) {
      await certutil('-delstore', 'Root', sha1Of(anchor))
    },
  }
}

// The store names certificates by SHA-1; nothing is trusted by it.
const sha1Of = ({ der }: Anchor): string => createHash('sha1').update(der).digest('hex')
