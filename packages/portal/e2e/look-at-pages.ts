import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { chromiumPath } from '@scel/testkit/peers'
import type { Browser } from 'playwright-core'
import {
  authorities,
  certificates,
  dueCeremonies,
  meOf,
  organisations,
  people,
  restoredDesk,
  UNNAMED_TOKEN,
} from './answers.ts'
import { launch } from './browser.ts'
import { type Fonts, fontsOf } from './fonts.ts'
import { empty, furnish } from './furnish.ts'
import { type Language, look, lookOver } from './look.ts'
import { startMockDesk } from './mock-desk.ts'

// Every page in both languages, light and dark, wide and narrow, in fonts of every width: nothing overflows, no label is cut, the browser has
// nothing to complain about (the content security policy included), axe finds nothing, and a picture is kept in
// output/pages/.

const BUILT = existsSync(new URL('../dist/index.html', import.meta.url))
const EXECUTABLE = chromiumPath()
const TOKEN = 'A'.repeat(43)

const PAGES: Readonly<Record<string, string>> = {
  'sign-in': '/sign-in',
  'sign-in-refused': '/sign-in?refused=certificate_is_revoked',
  invitation: `/invitation#${TOKEN}`,
  'invitation-unnamed': `/invitation#${UNNAMED_TOKEN}`,
  'invitation-incomplete': '/invitation',
  'sign-in-link': `/sign-in-link#${TOKEN}`,
  'sign-in-link-incomplete': '/sign-in-link',
  requests: '/requests',
  'request-pending': '/requests/58',
  'request-not-mine': '/requests/57',
  'request-contested': '/requests/56',
  'request-rejected': '/requests/52',
  'request-revoked': '/requests/50',
  'request-missing': '/requests/7',
  'request-handed-in': '/requests/53',
  'request-of-person': '/requests/48',
  'request-of-desk': '/requests/47',
  'request-new': '/requests/new',
  certificates: '/certificates',
  'certificate-valid': `/certificates/${certificates[0]!.id}`,
  'certificate-revoked': `/certificates/${certificates[2]!.id}`,
  'certificate-superseded': `/certificates/${certificates.find(({ revocationReason }) => revocationReason === 'superseded')!.id}`,
  'certificate-person': `/certificates/${certificates.find(({ profile }) => profile.name === 'person')!.id}`,
  organisations: '/organisations',
  organisation: `/organisations/${organisations[0]!.id}`,
  'organisation-bare': `/organisations/${organisations[2]!.id}`,
  'organisation-new': '/organisations/new',
  people: '/people',
  person: `/people/${people[1]!.id}`,
  'person-self': `/people/${people[0]!.id}`,
  'person-new': '/people/new',
  'person-new-service': `/people/new?organisation=${organisations[0]!.id}`,
  kits: '/kits',
  'kit-new': '/kits/new',
  'kit-new-service': `/kits/new?organisation=${organisations[0]!.id}`,
  authorities: '/authorities',
  audit: '/audit',
  deliveries: '/deliveries',
  sessions: '/sessions',
  preferences: '/preferences',
  'nothing-here': '/nothing-here',
}
const EMPTY_PAGES = ['requests', 'certificates', 'organisations', 'people', 'kits', 'audit', 'deliveries'] as const
const LISTS = [...EMPTY_PAGES, 'sessions', 'authorities'] as const

const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: the pages of the portal were NOT looked at'
  : !BUILT
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): its pages were NOT looked at'
    : false

/** A suite for each language: one that takes long keeps the machine's other half waiting. */
export const lookAtPages = (language: Language): Promise<void> =>
  describe(`the pages of the portal (${language})`, { skip, concurrency: 2 }, () => {
    let fonts: Fonts
    let browser: Browser
    before(async () => {
      fonts = fontsOf('wide')
      browser = await launch(EXECUTABLE!, fonts)
    })
    after(async () => {
      await browser?.close()
      fonts?.remove()
    })

    test('are accessible and whole', async (t) => {
      const { desk, page, end } = await open(language)
      try {
        furnish(desk)
        for (const [name, path] of Object.entries(PAGES)) {
          await t.test(name, () => look(page, language, name, desk.origin + path))
        }
      } finally {
        await end()
      }
    })
    test('say what to do when there is nothing, in the test environment', async (t) => {
      const { desk, page, end } = await open(language)
      try {
        furnish(desk, 'test')
        empty(desk)
        for (const name of EMPTY_PAGES) {
          await t.test(name, async () => {
            await look(page, language, `${name}-empty`, `${desk.origin}/${name}`)
            assert.match((await page.locator('aside').first().textContent()) ?? '', /TEST/)
          })
        }
      } finally {
        await end()
      }
    })

    test('say on every page that nothing can be changed after an older database was put back', async (t) => {
      const { desk, page, end } = await open(language)
      try {
        furnish(desk)
        desk.answer('describeDesk', () => restoredDesk)
        for (const name of ['sign-in', 'invitation', 'requests', 'organisation-new', 'nothing-here']) {
          await t.test(name, async () => {
            await look(page, language, `${name}-restored`, desk.origin + PAGES[name]!)
            assert.match((await page.locator('aside').first().textContent()) ?? '', /scel-desk accept-restore/)
          })
        }
      } finally {
        await end()
      }
    })
    test('say on every page that one only looks by a link, and where it would count that it is not possible', async (t) => {
      const { desk, page, end } = await open(language)
      const told = language === 'en' ? /sign in with your certificate/ : /connectez-vous avec votre certificat/
      try {
        furnish(desk)
        const strong = meOf('production', 'administrator')
        desk.answer('me', () => ({ ...strong, session: { ...strong.session, how: 'link', strength: 'low' } }))
        for (const name of ['requests', 'organisation-new', 'sessions']) {
          await t.test(name, async () => {
            await look(page, language, `${name}-by-link`, desk.origin + PAGES[name]!)
            assert.match((await page.locator('aside').first().textContent()) ?? '', told)
          })
        }
        await page.goto(desk.origin + PAGES['organisation-new']!)
        assert.ok(await page.locator('button[type=submit]').isDisabled())
        await page.goto(desk.origin + PAGES.sessions!)
        await page
          .getByRole('button', { name: language === 'en' ? 'Add another computer' : 'Ajouter un ordinateur' })
          .click()
        const dialog = page.getByRole('dialog')
        await dialog.waitFor()
        assert.match((await dialog.textContent()) ?? '', told)
        assert.ok(await dialog.locator('button[type=submit]').isDisabled())
      } finally {
        await end()
      }
    })
    test('say what waits for the root, and when it is late', async (t) => {
      const { desk, page, end } = await open(language)
      try {
        furnish(desk)
        for (const [name, ceremonies] of Object.entries(dueCeremonies)) {
          await t.test(name, async () => {
            desk.answer('listAuthorities', () => ({ ...authorities, ceremonies }))
            await look(page, language, `authorities-${name}`, `${desk.origin}/authorities`)
            assert.match((await page.locator('main').textContent()) ?? '', /scel-desk ceremony/)
          })
        }
      } finally {
        await end()
      }
    })
    test('hold together in the narrowest and the widest font, at every width', async (t) => {
      for (const set of ['narrow', 'widest'] as const) {
        const machine = fontsOf(set)
        const other = await launch(EXECUTABLE!, machine)
        const { desk, page, end } = await open(language, other)
        try {
          furnish(desk)
          for (const name of LISTS) {
            await t.test(`${name}, ${set}`, () => lookOver(page, language, `${name}-${set}`, `${desk.origin}/${name}`))
          }
        } finally {
          await end()
          await other.close()
          machine.remove()
        }
      }
    })

    async function open(locale: Language, within: Browser = browser) {
      const desk = await startMockDesk()
      const context = await within.newContext({ locale, reducedMotion: 'reduce' })
      const end = async () => {
        await context.close()
        await desk.stop()
      }
      return { desk, page: await context.newPage(), end }
    }
  })
