import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { chromiumPath, isThere } from '@scel/testkit/peers'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { organisations, requestDetail, requests } from './answers.ts'
import { launch } from './browser.ts'
import { furnish } from './furnish.ts'
import { type Language, look } from './look.ts'
import { type MockDesk, startMockDesk } from './mock-desk.ts'

// A server's request that openssl made: what the page says of it before anything is sent, what it asks besides, and what it hands out.

const EXECUTABLE = chromiumPath()
const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: requests from files were NOT tried'
  : !existsSync(new URL('../dist/index.html', import.meta.url))
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): requests from files were NOT tried'
    : !isThere('openssl')
      ? 'NO OPENSSL ON THIS MACHINE: requests from files were NOT tried'
      : false

const POSTE = organisations[0]!
const HOST = `scanners.${POSTE.nameSuffixes[0] ?? 'laposte.example'}`

describe('a request that was made elsewhere', { skip }, () => {
  let folder: string
  let desk: MockDesk
  let browser: Browser
  let context: BrowserContext
  let page: Page
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scel-portal-files-'))
    browser = await launch(EXECUTABLE!)
  })
  after(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(t: TestContext, locale: Language): Promise<void> {
    t.after(close)
    desk = await startMockDesk()
    furnish(desk)
    desk.answer('listOrganisations', () => ({
      items: [{ ...POSTE, nameSuffixes: ['laposte.example'] }, organisations[1]!],
    }))
    context = await browser.newContext({ locale, reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } })
    page = await context.newPage()
  }
  async function close(): Promise<void> {
    await context.close()
    await desk.stop()
  }

  /** As an administrator of a server makes it, who asks for more than a server needs. */
  function made(name: string, subject: string, ...more: readonly string[]): string {
    const [key, csr] = [join(folder, `${name}.key`), join(folder, `${name}.csr`)]
    const ask = ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', subject]
    execFileSync('openssl', [...ask, '-keyout', key, '-out', csr, ...more], { stdio: 'ignore' })
    return csr
  }
  const greedy = () =>
    made(
      'greedy',
      `/C=FR/CN=${HOST}`,
      '-addext',
      `subjectAltName=DNS:${HOST}`,
      '-addext',
      'extendedKeyUsage=serverAuth,codeSigning',
    )
  const foreign = () => made('foreign', '/O=Somebody else/CN=www.elsewhere.example')
  const give = (file: string) => page.locator('input[type=file]').first().setInputFiles(file)
  const chooseOrganisation = () => page.locator('[data-field=organisation] select').selectOption(POSTE.id)

  test('is shown and judged before anything is sent; then only what it does not say is asked', async (t) => {
    await open(t, 'en')
    const sent: unknown[] = []
    desk.answer('handInRequest', ({ body }) => {
      sent.push(body)
      return { request: requests[0]!, findings: [], replaced: [44] }
    })
    await page.goto(`${desk.origin}/requests`)
    await page.getByRole('link', { name: 'Request from a file' }).click()
    assert.equal(
      await page.getByRole('button', { name: 'Send the request' }).count(),
      0,
      'there is nothing to send yet',
    )

    await give(foreign())
    await chooseOrganisation()
    const judged = page.getByRole('list', { name: 'What the profile makes of it' })
    await judged.getByText('www.elsewhere.example').first().waitFor()
    assert.ok((await judged.locator('[data-level=refused]').count()) >= 2, 'subject and name are both refused')
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByRole('alert').getByText('The desk would refuse this file').waitFor()
    assert.deepEqual(sent, [])

    const csr = greedy()
    await give(csr)
    await judged.getByText('code signing').waitFor()
    assert.equal(await judged.locator('[data-level=refused]').count(), 0)
    assert.equal(await page.getByLabel('Full name of the machine').count(), 0, 'the file says it')
    await page.getByLabel('MAC addresses').fill('8C-16-45')
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByText('At most 16 addresses').waitFor()
    assert.deepEqual(sent, [])
    await page.getByLabel('MAC addresses').fill('8C-16-45-2F-AA-10')
    await page.getByLabel('Architecture').selectOption('x64')
    await page.getByLabel('Duration asked for').selectOption('730 days')
    await page.getByLabel('Description').fill('The gateway of the scanners')
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByText('waits for a decision. It takes the place of 44').waitFor()
    await page.waitForURL(`**/requests/${requests[0]!.number}`)
    assert.deepEqual(sent, [
      {
        ...{ organisation: POSTE.id, profile: 'server', csr: await pemOf(csr) },
        choices: { validityDays: 730 },
        machine: {
          ...{ hostName: HOST, macAddresses: ['8c:16:45:2f:aa:10'], processor: '', processorId: '' },
          ...{ operatingSystem: '', operatingSystemVersion: '', architecture: 'x64' },
        },
        contact: { description: 'The gateway of the scanners' },
      },
    ])
  })

  test('a file with a private key, with several requests or with none is not taken, and says so', async (t) => {
    await open(t, 'en')
    const csr = greedy()
    await page.goto(`${desk.origin}/requests/new`)
    await give(join(folder, 'greedy.key'))
    await page.getByText('There is a private key in this file').waitFor()
    await page.locator('textarea').first().fill('nothing of the kind')
    await page.getByText('There is no certificate request in this file').waitFor()
    const text = await readFile(csr, 'utf8')
    await page.locator('textarea').first().fill(`${text}${text}`)
    await page.getByText('There are several certificate requests').waitFor()
    await page.locator('textarea').first().fill(text)
    await page.getByText('What the file says').waitFor()
    assert.equal(await page.getByRole('alert').count(), 0)
  })

  test('the certificate is downloaded with its chain, without the root, and the page says what the server’s program wants', async (t) => {
    await open(t, 'en')
    const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`
    const asked: unknown[] = []
    desk.answer('downloadRequest', ({ params }) => {
      asked.push(params.number)
      const request = requests.find(({ number }) => number === 53)!
      return {
        request,
        certificate: pem('leaf'),
        chain: [pem('issuer'), pem('root')],
        notAfter: '2027-01-01T00:00:00.000Z',
      }
    })
    await page.goto(`${desk.origin}/requests/53`)
    const { commonName } = requestDetail(53, false)!
    const saved = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ])
      return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')]
    }
    assert.deepEqual(await saved('Certificate with chain'), [
      `${commonName}-fullchain.pem`,
      pem('leaf') + pem('issuer'),
    ])
    assert.deepEqual(await saved('Certificate alone'), [`${commonName}.pem`, pem('leaf')])
    assert.deepEqual(await saved('Chain alone'), [`${commonName}-chain.pem`, pem('issuer')])
    assert.deepEqual(asked, ['53', '53', '53'])
    for (const line of ['ssl_certificate', 'SSLCertificateFile', 'bind :443 ssl crt', 'keytool -importcert']) {
      await page.getByText(line).first().waitFor()
    }
    await page.goto(`${desk.origin}/requests/54`)
    await page.getByText('What happened').waitFor()
    assert.equal(await page.getByText('For the server').count(), 0, 'a machine with a kit fetches its own')
  })

  test('whoever decides sees how long it is asked for, on the page and where they confirm', async (t) => {
    await open(t, 'fr')
    const waiting = requestDetail(requests.find(({ state }) => state === 'pending')!.number, true)!
    desk.answer('getRequest', () => ({ ...waiting, choices: { validityDays: 730 } }))
    const address = `${desk.origin}/requests/${waiting.number}`
    await look(page, 'fr', 'request-with-choice', address)
    await page.getByText('Durée demandée').waitFor()
    await page.getByRole('button', { name: 'Approuver' }).click()
    await page.getByRole('dialog').getByText('730 jours').waitFor()
  })

  for (const language of ['en', 'fr'] as const) {
    test(`its pages are accessible and whole (${language})`, async (t) => {
      await open(t, language)
      const address = `${desk.origin}/requests/new`
      const read = async (file: string) => {
        await give(file)
        await chooseOrganisation()
        await page.locator('[data-level]').first().waitFor()
      }
      await t.test('nothing yet', () => look(page, language, 'request-new', address))
      await t.test('read', () => look(page, language, 'request-new-read', address, () => read(greedy())))
      await t.test('refused', () => look(page, language, 'request-new-refused', address, () => read(foreign())))
      await t.test('not taken', () =>
        look(page, language, 'request-new-key', address, async () => {
          greedy()
          await give(join(folder, 'greedy.key'))
          await page.getByRole('alert').waitFor()
        }),
      )
      await t.test('handed in', () => look(page, language, 'request-handed-in', `${desk.origin}/requests/53`))
    })
  }
})

/** One block, as it is sent. */
async function pemOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8')
  return text
    .slice(text.indexOf('-----BEGIN'))
    .replace(/^-----BEGIN NEW /, '-----BEGIN ')
    .trimEnd()
    .concat('\n')
}
