// A gibibyte sealed in a real Chromium: by the library alone, against the browser's own one-call AES-GCM on the same
// pieces, and by the page with all that belongs to it: the file read, the outcome written to the browser's own folder.
// File and profile lie on a memory file system where there is one, so that the disk does not count.

import { existsSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumPath } from '@scel/testkit/peers'
import { openOffice, type Person } from '@scel/testkit/scenes'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { FLAGS } from '../e2e/browser.ts'
import { furnishFiles } from '../e2e/files/furnish-files.ts'
import { furnish } from '../e2e/furnish.ts'
import { startMockDesk } from '../e2e/mock-desk.ts'
import { watchMemory } from './private-memory.ts'
import { say, sayMemory } from './table.ts'

const GIBIBYTE = 2 ** 30
const PIECE = 2 ** 20
const ROUNDS = 3

async function measure(executablePath: string): Promise<void> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'scel-bench-'))
  const office = await openOffice()
  const ada = await office.person('Ada Lovelace', 'rsa-2048')
  const desk = await startMockDesk()
  furnish(desk)
  await furnishFiles(desk, office, [ada])
  const profile = join(folder, 'profile')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...FLAGS],
    locale: 'en',
    bypassCSP: true,
  })
  try {
    const bundle = await bundled()
    const page = await context.newPage()
    await page.goto(desk.origin)
    await page.addScriptTag({ content: bundle, type: 'module' })
    await page.waitForFunction(() => 'seal' in globalThis) // a module runs a little later
    // First, because what the one-call cipher leaves lies about for a while.
    const memory = watchMemory(profile)
    let library = await byLibrary(page, ada)
    const alone = memory.stop()
    let own = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      own = Math.min(own, await oneCall(page))
      library = Math.min(library, await byLibrary(page, ada))
    }
    await page.close()
    const watched = watchMemory(profile)
    const whole = await byPage(context, desk.origin, join(folder, 'gibibyte'))
    say('one-call AES-256-GCM on pieces of 1 MiB', own)
    say('sealed by the library', library, { value: own / library, bound: 'at least', limit: 0.5, unit: '×' })
    sayMemory('most memory of a page’s process meanwhile', alone)
    say('sealed by the page: file read, outcome written', whole)
    sayMemory('most memory of a page’s process meanwhile', watched.stop())
  } finally {
    await context.close()
    await desk.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Milliseconds for the browser's own cipher, each piece in one call. */
const oneCall = (page: Page): Promise<number> =>
  page.evaluate(
    async ([total, size]) => {
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])
      const piece = new Uint8Array(size)
      const iv = new Uint8Array(12)
      const start = performance.now()
      for (let done = 0; done < total; done += size) {
        new DataView(iv.buffer).setUint32(0, done / size)
        await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, piece)
      }
      return performance.now() - start
    },
    [GIBIBYTE, PIECE] as const,
  )

/** Milliseconds for the library over pieces that are there already, its output thrown away. */
const byLibrary = (page: Page, { certificate }: Person): Promise<number> =>
  page.evaluate(
    async ([total, size, pem]) => {
      const { seal } = globalThis as unknown as { seal(total: number, size: number, pem: string): Promise<number> }
      const start = performance.now()
      const written = await seal(total, size, pem)
      if (written <= total) throw new Error(`only ${written} octets came out`)
      return performance.now() - start
    },
    [GIBIBYTE, PIECE, certificate] as const,
  )

const SOURCE = `
import { sealContent } from '@scel/pki/cms'
import { pemDecode } from '@scel/pki/bytes'
import { parseCertificate } from '@scel/pki/x509'
globalThis.seal = async (total, size, pem) => {
  const piece = new Uint8Array(size)
  const content = (async function* () { for (let done = 0; done < total; done += size) yield piece })()
  const recipients = [{ kind: 'certificate', certificate: parseCertificate(pemDecode(pem)[0].der) }]
  let written = 0
  for await (const bytes of sealContent(content, { recipients, at: new Date() })) written += bytes.length
  return written
}`

async function bundled(): Promise<string> {
  const entry = join(import.meta.dirname, 'entry.ts') // exists in the bundler's memory only
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? SOURCE : undefined),
      },
    ],
    build: { write: false, target: 'es2023', lib: { entry, formats: ['es'] } },
  })
  const [first] = [result].flat()
  if (!first || !('output' in first)) throw new Error('nothing was bundled')
  return first.output.map((part) => ('code' in part ? part.code : '')).join('\n')
}

/** Milliseconds from the press of the button to the outcome. */
async function byPage(context: BrowserContext, origin: string, path: string): Promise<number> {
  const file = await open(path, 'w')
  const piece = Buffer.alloc(2 ** 24, 'a line nobody else may read\n')
  for (let done = 0; done < GIBIBYTE; done += piece.length) await file.write(piece)
  await file.close()
  const page = await context.newPage()
  // Without the picker, which nobody answers here.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  await page.goto(`${origin}/files`)
  await page.locator('input[type=file]').first().setInputFiles(path)
  await page.getByLabel('Search the directory').fill('ada')
  await page.getByRole('button', { name: 'Add Ada Lovelace', exact: true }).click()
  await page.getByRole('button', { name: 'Take Ada Lovelace off the recipients' }).waitFor()
  const start = performance.now()
  await page.getByRole('button', { name: 'Seal', exact: true }).click()
  await page.getByRole('button', { name: /^Save/ }).waitFor({ timeout: 600_000 })
  return performance.now() - start
}

const executablePath = chromiumPath()
if (executablePath) await measure(executablePath)
else console.log('NO CHROMIUM ON THIS MACHINE: sealing in the browser was NOT measured')
