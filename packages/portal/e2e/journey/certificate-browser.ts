import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { QUIET } from '@scel/testkit/peers'
import type { Browser, BrowserContext } from 'playwright-core'
import { launchWith } from '../browser.ts'

const run = promisify(execFile)

/**
 * Somebody's computer: a home folder with an NSS database of its own, in which Chromium finds roots and client
 * certificates, exactly as on a real desktop. Close it, or its folder stays.
 */
export interface Computer {
  readonly home: string
  /** Puts a .p12 into the browser's certificates, as its owner would. */
  importP12(file: string, passphrase: string): Promise<void>
  /** Opens the browser; each call is a browser started anew, without cookies. */
  open(language: 'en-GB' | 'fr-FR'): Promise<{ browser: Browser; context: BrowserContext }>
  close(): Promise<void>
}

/** @param executable the Chromium to use */
export async function makeComputer(executable: string): Promise<Computer> {
  const home = await mkdtemp(join(tmpdir(), 'scel-home-'))
  const database = join(home, '.pki', 'nssdb')
  await mkdir(database, { recursive: true, mode: 0o700 })
  await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password'])
  const opened: Browser[] = []
  return {
    home,
    async importP12(file, passphrase) {
      const secret = join(home, 'passphrase')
      await writeFile(secret, passphrase, { mode: 0o600 })
      await run('pk12util', ['-d', `sql:${database}`, '-i', file, '-w', secret, '-K', ''])
      await rm(secret)
    },
    async open(language) {
      const browser = await launchWith(executable, [...QUIET, `--lang=${language}`], { ...environment(), HOME: home })
      opened.push(browser)
      const context = await browser.newContext({
        locale: language,
        viewport: { width: 1280, height: 900 },
        acceptDownloads: true,
      })
      return { browser, context }
    },
    async close() {
      for (const browser of opened) await browser.close()
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const POLICIES = '/etc/chromium/policies/managed'

/**
 * Lets Chromium choose the only fitting certificate for an address without asking, as an organisation's policy would
 * (`AutoSelectCertificateForUrls`). Answers how to take it back.
 *
 * @throws Error where policies cannot be written (they are for the machine's administrator)
 */
export async function chooseCertificatesFor(address: string): Promise<() => Promise<void>> {
  await mkdir(POLICIES, { recursive: true })
  for (const name of await readdir(POLICIES)) {
    // Of two files Chromium heeds the last by name, and a run that was killed leaves its own behind.
    const [, pid] = /^scel-test-(\d+)-/.exec(name) ?? []
    if (pid && !isAlive(Number(pid))) await rm(join(POLICIES, name), { force: true })
  }
  const file = join(POLICIES, `scel-test-${process.pid}-${new URL(address).port}.json`)
  const choice = JSON.stringify({ pattern: address, filter: {} })
  await writeFile(file, JSON.stringify({ AutoSelectCertificateForUrls: [choice] }))
  return () => rm(file, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The environment without what would move the browser's folders out of its home. */
function environment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('XDG_'))
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
