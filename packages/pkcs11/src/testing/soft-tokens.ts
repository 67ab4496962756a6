import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { formatTokenUri } from '../uri/token-uri.ts'

/** Where Debian and others put SoftHSM's module. */
export const MODULE: string | undefined = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
].find(existsSync)

/** Tokens of SoftHSM in a folder of their own. */
export interface SoftTokens {
  readonly module: string
  readonly folder: string
  /** Makes a token. @returns its URI, whose PIN is in a file for its owner alone */
  make(label: string, pin?: string): Promise<string>
  /** Takes all tokens away, as if they were drawn out; `back` puts them in again. */
  takeAway(): Promise<void>
  back(): Promise<void>
}

/**
 * SoftHSM for this test's process, without any token yet. Undefined, with the test skipped, where the machine lacks it.
 * The settings stand in SOFTHSM2_CONF, which programs started from here inherit.
 */
export async function softTokens(t: Pick<TestContext, 'skip' | 'after'>): Promise<SoftTokens | undefined> {
  if (!MODULE || spawnSync('softhsm2-util', ['--version']).error) {
    t.skip('SoftHSM is not installed (Debian: softhsm2)')
    return undefined
  }
  const module = MODULE
  const folder = await mkdtemp(join(tmpdir(), 'scel-tokens-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const tokens = join(folder, 'tokens')
  await mkdir(tokens)
  const settings = join(folder, 'softhsm2.conf')
  await writeFile(settings, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  process.env.SOFTHSM2_CONF = settings
  return {
    module,
    folder,
    make: async (label, pin = '1234') => {
      const made = spawnSync(
        'softhsm2-util',
        ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '87654321'],
        { encoding: 'utf8' },
      )
      if (made.status !== 0) throw new Error(`${made.stdout}${made.stderr}`)
      const pinSource = join(folder, `${label}.pin`)
      await writeFile(pinSource, pin, { mode: 0o600 })
      return formatTokenUri({ token: label, modulePath: module, pinSource })
    },
    takeAway: async () => {
      await rename(tokens, `${tokens}.away`)
      await mkdir(tokens)
    },
    back: async () => {
      if ((await readdir(tokens)).length === 0) await rm(tokens, { recursive: true })
      await rename(`${tokens}.away`, tokens)
    },
  }
}

/** The processes that hold modules for a program: what is stopped or killed to see what the program does. */
export function moduleProcesses(parent: number = process.pid): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, args] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? []
    return Number(ppid) === parent && args?.includes('/module/child.ts') ? [Number(pid)] : []
  })
}
