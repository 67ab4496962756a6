// The certificate databases of Chromium and Firefox on Linux, by NSS’s own certutil. A nickname carries the first
// digits of the fingerprint, so that the roots of two desks with the same name stay two entries.

import { equal, pemDecode } from '@scel/pki/bytes'
import { CliError, isCliError, stop } from '../ui/cli-error.ts'
import type { NssDatabase } from './nss-databases.ts'
import type { RunTool, Tool } from './run-tool.ts'
import type { Anchor, TrustStore } from './trust-store.ts'
import { withRootFile } from './with-root-file.ts'

export function nssStore({ folder, create }: NssDatabase, run: RunTool): TrustStore {
  const call = (...rest: string[]): Promise<string> => run(certutil('-d', `sql:${folder}`, ...rest))
  const open = async (): Promise<void> => {
    if (create) await create(() => call('-N', '--empty-password'))
  }

  /** Nickname and flags of the anchor’s entry. */
  const find = async (anchor: Anchor): Promise<Entry | undefined> => {
    const entries = parseListing(await call('-L').catch(emptyWhenMissing))
    const own = entries.find(({ nickname }) => nickname === nicknameOf(anchor))
    for (const entry of own ? [own] : entries) {
      // A nickname answers with every certificate of the same subject, its own one first.
      const [first] = pemDecode(await call('-L', '-n', entry.nickname, '-a'))
      if (own || (first && equal(first.der, anchor.der))) return entry
    }
    return undefined
  }

  return {
    kind: 'nss',
    where: folder,
    has: async (anchor) => isTrusted(await find(anchor)),

    async add(anchor) {
      await open()
      const present = await find(anchor)
      // "C": trusted to issue certificates of TLS servers, and nothing more
      if (present) await withRootFile(anchor, (_, empty) => change(empty, '-M', '-n', present.nickname, '-t', 'C,,'))
      else await insert(anchor)
      if (!isTrusted(await find(anchor))) stop('tool_failed', { tool: 'certutil', reason: folder })
    },

    async remove(anchor) {
      const present = await find(anchor)
      if (present) await call('-D', '-n', present.nickname)
    },
  }

  // With a file for the password certutil never asks at the terminal; a database without one does not look at it.
  function change(passwordFile: string, ...rest: string[]): Promise<string> {
    return call(...rest, '-f', passwordFile).catch((error: unknown) => {
      throw isPasswordError(error) ? new CliError('browser_database_locked', { folder }, error) : error
    })
  }

  /** Without the primary password certutil adds the certificate but not its trust: the entry is taken back. */
  async function insert(anchor: Anchor): Promise<void> {
    const nickname = nicknameOf(anchor)
    try {
      await withRootFile(anchor, (file, empty) => change(empty, '-A', '-n', nickname, '-t', 'C,,', '-i', file))
    } catch (error) {
      await call('-D', '-n', nickname).catch(() => undefined)
      throw error
    }
  }
}

export const certutil = (...rest: string[]): Tool => ({
  program: 'certutil',
  arguments: rest,
  package: 'libnss3-tools (Debian, Ubuntu) / nss-tools (Fedora)',
})

interface Entry {
  readonly nickname: string
  readonly flags: string
}

/** Reads `certutil -L`: nicknames may have spaces, the trust flags stand last. */
export function parseListing(output: string): Entry[] {
  return output.split('\n').flatMap((line) => {
    const [, nickname, flags] = /^(\S.*?)\s+([a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*)\s*$/.exec(line) ?? []
    return nickname && flags !== undefined && flags !== 'SSL,S/MIME,JAR/XPI' ? [{ nickname, flags }] : []
  })
}

export const nicknameOf = ({ name, fingerprint }: Anchor): string => `${name} ${fingerprint.slice(0, 12)}`

const isTrusted = (entry: Entry | undefined): boolean => entry?.flags.split(',')[0]?.includes('C') ?? false
const isPasswordError = (error: unknown): boolean =>
  isCliError(error) && /SEC_ERROR_BAD_PASSWORD|[Ii]ncorrect password/.test(String(error.cause))

/** A database that is not there yet holds nothing. */
function emptyWhenMissing(error: unknown): string {
  if (
    isCliError(error) &&
    error.code === 'tool_failed' &&
    /BAD_DATABASE|old, unsupported/.test(String(error.facts.reason))
  ) {
    return ''
  }
  throw error
}
