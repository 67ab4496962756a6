import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { equal, pemDecode, pemEncode } from '@scel/pki/bytes'
import { codeOf, writeFailure } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'
import type { RunTool } from './run-tool.ts'
import type { Anchor, TrustStore } from './trust-store.ts'

interface Family {
  readonly folder: string
  readonly suffix: string
  readonly update: readonly [program: string, ...rest: string[]]
  readonly package: string
}

// In the order that tells them apart: Fedora has no /usr/local/share/ca-certificates, openSUSE has both of its own.
const FAMILIES: readonly Family[] = [
  {
    folder: '/etc/pki/ca-trust/source/anchors',
    suffix: '.pem',
    update: ['update-ca-trust'],
    package: 'ca-certificates',
  },
  {
    folder: '/usr/local/share/ca-certificates',
    suffix: '.crt', // nothing else is read there
    update: ['update-ca-certificates'],
    package: 'ca-certificates',
  },
  { folder: '/etc/pki/trust/anchors', suffix: '.pem', update: ['update-ca-certificates'], package: 'ca-certificates' },
  {
    folder: '/etc/ca-certificates/trust-source/anchors',
    suffix: '.crt',
    update: ['trust', 'extract-compat'],
    package: 'p11-kit',
  },
]

/** The system store of this Linux, undefined for a family that is not known. `root` is `/` but in tests. */
export async function linuxStore(run: RunTool, root = '/'): Promise<TrustStore | undefined> {
  for (const family of FAMILIES) {
    const folder = join(root, family.folder)
    const found = await stat(folder).catch(() => undefined)
    if (found?.isDirectory()) return familyStore(folder, family, run)
  }
  return undefined
}

function familyStore(folder: string, family: Family, run: RunTool): TrustStore {
  const file = ({ fingerprint }: Anchor): string => join(folder, `scel-${fingerprint.slice(0, 16)}${family.suffix}`)
  const update = async (...more: string[]): Promise<void> => {
    const [program, ...rest] = family.update
    // A short PATH may hide the administrators' programs.
    const known = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'].map((place) => join(place, program))
    const found = await firstFile(known)
    await run({ program: found ?? program, arguments: [...rest, ...more], package: family.package })
  }
  return {
    kind: 'system',
    where: folder,
    async has(anchor) {
      const text = await readFile(file(anchor), 'utf8').catch(() => '')
      return text !== '' && pemDecode(text).some(({ der }) => equal(der, anchor.der))
    },
    async add(anchor) {
      await asAdministrator(file(anchor), () =>
        writeFile(file(anchor), pemEncode('CERTIFICATE', anchor.der), { mode: 0o644 }),
      )
      await update()
    },
    async remove(anchor) {
      await asAdministrator(file(anchor), () => rm(file(anchor), { force: true }))
      // Debian keeps the links of certificates that went unless it is told to look afresh.
      await update(...(family.update[0] === 'update-ca-certificates' ? ['--fresh'] : []))
    },
  }
}

async function asAdministrator(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) stop('administrator_needed')
    throw writeFailure(error, file)
  }
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await stat(path).catch(() => undefined)) return path
  return undefined
}
