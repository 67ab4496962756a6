import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { writeArchive } from '@scel/files/archives/write'
import { imprintOf } from '@scel/pki/tsp'
import { chromiumPath, isThere } from '@scel/testkit/peers'
import { type Office, openOffice, PASSPHRASE, type Person } from '@scel/testkit/scenes'
import type { Browser, Page } from 'playwright-core'
import { newcomer } from '../answers.ts'
import { launch } from '../browser.ts'
import { furnish } from '../furnish.ts'
import { type Language, look } from '../look.ts'
import { type MockDesk, startMockDesk } from '../mock-desk.ts'
import { furnishFiles } from './furnish-files.ts'
import { signedThen, tokenOf } from './stamped.ts'

// Every state of the page for files, looked at as the other pages are.

const EXECUTABLE = chromiumPath()
const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: the page for files was NOT looked at'
  : !existsSync(new URL('../../dist/index.html', import.meta.url))
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): the page for files was NOT looked at'
    : !isThere('openssl')
      ? 'NO OPENSSL ON THIS MACHINE: the page for files was NOT looked at'
      : false

/** What is pressed, in each language. */
const WORDS = {
  en: {
    seal: 'Seal',
    open: 'Open',
    sign: 'Sign',
    verify: 'Verify',
    unlock: 'Unlock',
    stop: 'Stop',
    search: 'Search the directory',
    add: 'Add',
    expected: 'Who should have signed',
    stamp: 'Add a time stamp of the desk',
    trustOther: 'Trust another authority',
    revocation: 'Check that certificates were not revoked',
  },
  fr: {
    seal: 'Sceller',
    open: 'Ouvrir',
    sign: 'Signer',
    verify: 'Vérifier',
    unlock: 'Déverrouiller',
    stop: 'Arrêter',
    search: 'Chercher dans l’annuaire',
    add: 'Ajouter',
    expected: 'Qui doit avoir signé',
    stamp: 'Ajouter un horodatage du service',
    trustOther: 'Faire confiance à une autre autorité',
    revocation: 'Vérifier que les certificats ne sont pas révoqués',
  },
} as const

describe('the page for files', { skip, concurrency: 2 }, () => {
  let browser: Browser
  let office: Office
  let stranger: Office
  let people: Person[]
  let laptop: Person
  let folder: string
  const at = (name: string): string => join(folder, name)

  before(async () => {
    browser = await launch(EXECUTABLE!)
    folder = await mkdtemp(join(tmpdir(), 'scel-pictures-'))
    office = await openOffice()
    stranger = await openOffice('Unknown')
    people = [
      await office.person('Ada Lovelace', 'rsa-2048'),
      await office.person('Anastasia-Guillemette de La Rochefoucauld-Villeneuve', 'ec-p256'),
      await office.person('Former Colleague', 'rsa-2048'),
      await stranger.person('Sam Stranger', 'rsa-2048'),
    ]
    laptop = await office.person('Ada Lovelace', 'ec-p256')
    for (const [place, { certificate, key, p12 }] of people.entries()) {
      await writeFile(at(`${place}.pem`), certificate)
      await writeFile(at(`${place}.key`), key)
      await writeFile(at(`${place}.p12`), p12)
    }
    await writeFile(at('chain.pem'), office.issuing.pem + stranger.issuing.pem)
    await writeFile(at('stranger-root.pem'), stranger.root.pem)
    await writeFile(at('Rapport.pdf'), Buffer.alloc(1_234_567, 'x'))
    await writeFile(
      at('Annexe-avec-un-nom-tres-long-et-sans-espace-2026-version-definitive.xlsx'),
      Buffer.alloc(345_678, 'y'),
    )
    await writeFile(at('large.bin'), Buffer.alloc(250_000_000, 'z'))
    openssl('-encrypt', '-binary', '-aes-256-gcm', '-out', at('Rapport.pdf.p7m'), '-recip', at('1.pem'))
    openssl('-encrypt', '-binary', '-aes-256-cbc', '-out', at('old.p7m'), '-recip', at('1.pem'))
    const archive = await archiveOf('Marche/offre.pdf', 'Marche/annexe.pdf')
    // The same length everywhere: a name that climbs out of its folder.
    const climbing = Buffer.from(archive.toString('latin1').replaceAll('Marche/a', '../../xx'), 'latin1')
    for (const [name, bytes] of [
      ['Marche.zip', archive],
      ['Hostile.zip', climbing],
    ] as const) {
      await writeFile(at(name), bytes)
      execFileSync('openssl', [
        ...['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-in', at(name)],
        ...['-out', at(`${name}.p7m`), '-recip', at('1.pem')],
      ])
    }
    const imprint = await imprintOf(await readFile(at('Rapport.pdf')))
    await writeFile(at('Rapport.pdf.tst'), await tokenOf(office, { imprint }))
    await writeFile(at('Annexe.tst'), await tokenOf(stranger, { imprint }))
    for (const [name, by] of [
      ['stamped', office],
      ['strange', stranger],
    ] as const) {
      const signing = { office, at: new Date(), stampedBy: by }
      const signed = await signedThen(await readFile(at('chain.pem')), people[0]!, signing)
      await writeFile(at(`${name}.p7m`), signed)
    }
    for (const place of [0, 2, 3]) {
      const signer = ['-signer', at(`${place}.pem`), '-inkey', at(`${place}.key`), '-certfile', at('chain.pem')]
      openssl('-sign', '-binary', '-nodetach', '-out', at(`signed-${place}.p7m`), ...signer)
    }
  })
  after(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const openssl = (...args: string[]) =>
    execFileSync('openssl', ['cms', ...args, '-outform', 'DER', '-in', at('Rapport.pdf')])

  for (const language of ['en', 'fr'] as const) {
    test(`is accessible and whole in every state (${language})`, async (t) => {
      const desk = await startMockDesk()
      furnish(desk)
      await furnishFiles(desk, office, [...people.slice(0, 3), laptop])
      const context = await browser.newContext({ locale: language, reducedMotion: 'reduce' })
      const page = await context.newPage()
      try {
        for (const [name, act] of Object.entries(statesOf(page, desk, language))) {
          await t.test(name, () => look(page, language, `files-${name}`, `${desk.origin}/files`, act))
        }
      } finally {
        await context.close()
        await desk.stop()
      }
    })
  }

  for (const language of ['en', 'fr'] as const) {
    test(`is accessible and whole for whoever has no grant, who seals for themselves (${language})`, async () => {
      const desk = await startMockDesk()
      furnish(desk)
      desk.answer('me', () => newcomer)
      await furnishFiles(desk, office, [await office.person(newcomer.person.name, 'ec-p256')], newcomer.person.name)
      const context = await browser.newContext({ locale: language, reducedMotion: 'reduce' })
      const page = await context.newPage()
      try {
        await look(page, language, 'files-no-grant', `${desk.origin}/files`, async () => {
          await page
            .locator('input[type=file]')
            .first()
            .setInputFiles([at('Rapport.pdf')])
          await page.locator('input[type=checkbox]:checked').waitFor()
          await page.getByRole('button', { name: WORDS[language].seal, exact: true }).click()
          await page.locator('main h2').nth(2).waitFor()
        })
        assert.equal(await page.getByLabel(WORDS[language].search).count(), 0)
      } finally {
        await context.close()
        await desk.stop()
      }
    })
  }

  /** How each state is reached. */
  function statesOf(page: Page, desk: MockDesk, language: Language): Record<string, () => Promise<void>> {
    const words = WORDS[language]
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const files = (...names: string[]) => page.locator('input[type=file]').first().setInputFiles(names.map(at))
    const outcome = () => page.locator('main h2').nth(2).waitFor()
    const alert = () => page.getByRole('alert').filter({ hasText: /./ }).first().waitFor()
    const find = async () => {
      await page.getByLabel(words.search).fill('la')
      await page
        .getByRole('button', { name: new RegExp(`^${words.add} `) })
        .first()
        .waitFor()
    }
    const unlock = async (place: number) => {
      await page.locator('fieldset input[type=file]').setInputFiles(at(`${place}.p12`))
      await page.locator('fieldset input[type=password]').fill(PASSPHRASE)
      await press(words.unlock)
      await page.locator('fieldset form').waitFor({ state: 'detached' })
    }
    const judge = async (name: string, email = '') => {
      await files(name)
      await page.getByLabel(words.expected).fill(email)
      await press(words.verify)
      await outcome()
    }
    return {
      empty: async () => undefined,
      'seal-chosen': async () => {
        await files('Rapport.pdf', 'Annexe-avec-un-nom-tres-long-et-sans-espace-2026-version-definitive.xlsx')
        await find()
        await page.getByRole('button', { name: new RegExp(`^${words.add} Ana`) }).click()
        await page.locator('[aria-label][title], li').filter({ hasText: 'Anastasia' }).first().waitFor()
      },
      'seal-done': async () => {
        await files('Rapport.pdf')
        await find()
        await page.getByRole('button', { name: new RegExp(`^${words.add} Ada`) }).click()
        await press(words.seal)
        await outcome()
      },
      'seal-revoked': async () => {
        await files('Rapport.pdf')
        await page.getByLabel(words.search).fill('former')
        await page.getByRole('button', { name: new RegExp(`^${words.add} Former`) }).click()
        await press(words.seal)
        await alert()
      },
      'open-locked': async () => {
        await files('Rapport.pdf.p7m')
        await page.locator('fieldset input[type=file]').setInputFiles(at('1.p12'))
        await page.locator('fieldset input[type=password]').fill('wrong')
        await press(words.unlock)
        await alert()
      },
      'open-done': async () => {
        await files('Rapport.pdf.p7m')
        await unlock(1)
        await press(words.open)
        await outcome()
      },
      'open-unprotected': async () => {
        await files('old.p7m')
        await unlock(1)
        await press(words.open)
        await outcome()
      },
      'sign-done': async () => {
        await page.getByRole('tab', { name: words.sign }).click()
        await files('Rapport.pdf')
        await unlock(0)
        await press(words.sign)
        await outcome()
      },
      'sign-without-stamp': async () => {
        desk.take('/tsp', () => ({ status: 503, type: 'text/plain', bytes: Buffer.alloc(0) }))
        await page.getByRole('tab', { name: words.sign }).click()
        await files('Rapport.pdf')
        await unlock(0)
        await page.getByLabel(words.stamp).check()
        await press(words.sign)
        await alert()
      },
      'open-folder': async () => {
        await files('Marche.zip.p7m')
        await unlock(1)
        await press(words.open)
        await outcome()
        await page.getByText(/scel open/).waitFor()
      },
      'open-folder-refused': async () => {
        await files('Hostile.zip.p7m')
        await unlock(1)
        await press(words.open)
        await alert()
      },
      'verify-stamp': async () => {
        await files('Rapport.pdf.tst', 'Rapport.pdf')
        await press(words.verify)
        await outcome()
      },
      'verify-stamp-of-stranger': async () => {
        await files('Annexe.tst', 'Rapport.pdf')
        await press(words.verify)
        await alert()
      },
      'verify-stamped': () => judge('stamped.p7m', people[0]!.email),
      'verify-stranger-stamped': () => judge('strange.p7m', people[0]!.email),
      'verify-valid': () => judge('signed-0.p7m', people[0]!.email),
      'verify-revoked': () => judge('signed-2.p7m'),
      'verify-unknown-authority': () => judge('signed-3.p7m', people[0]!.email),
      'verify-by-brought-authority': async () => {
        await page.getByRole('tab', { name: words.verify }).click()
        await page.locator(`input[type=file][aria-label="${words.trustOther}"]`).setInputFiles(at('stranger-root.pem'))
        await page.getByText('Unknown Root').waitFor()
        await page.getByLabel(words.revocation).uncheck()
        await judge('signed-3.p7m', people[3]!.email)
      },
      working: async () => {
        await files('large.bin')
        await find()
        await page.getByRole('button', { name: new RegExp(`^${words.add} Ada`) }).click()
        await page.evaluate(() => {
          // Time stands still for the worker's reports after the first: the picture must not depend on the machine.
          const post = Worker.prototype.postMessage
          Worker.prototype.postMessage = function (this: Worker, order: { do?: string }) {
            if (order.do === 'seal')
              this.dispatchEvent(
                new MessageEvent('message', {
                  data: { id: (order as { id?: number }).id, is: 'progress', done: 87_000_000 },
                }),
              )
            else post.call(this, order)
          } as typeof post
        })
        await press(words.seal)
        await page.getByRole('button', { name: words.stop, exact: true }).waitFor()
      },
    }
  }
})

/** As sealing makes it. */
async function archiveOf(...names: readonly string[]): Promise<Buffer> {
  const parts: Uint8Array[] = []
  const entries = names.map((name) => ({
    ...{ name, modified: new Date('2026-01-02T03:04:06Z') },
    open: async () => ({ size: 4, bytes: one(Buffer.from('%PDF')) }),
  }))
  for await (const part of writeArchive(entries)) parts.push(Uint8Array.from(part))
  return Buffer.concat(parts)
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
