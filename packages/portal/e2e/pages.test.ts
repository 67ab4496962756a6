import assert from 'node:assert/strict'
import { existsSync, mkdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { certificates, organisations, UNNAMED_TOKEN } from './answers.ts'
import { chromiumPath, launch } from './browser.ts'
import { empty, furnish } from './furnish.ts'
import { startMockDesk } from './mock-desk.ts'

// Every page in both languages, light and dark, wide and narrow: nothing overflows, no label is cut, the browser has
// nothing to complain about (the content security policy included), axe finds nothing, and a picture is kept in
// output/pages/.

const OUTPUT = fileURLToPath(new URL('../../../output/pages/', import.meta.url))
const BUILT = existsSync(new URL('../dist/index.html', import.meta.url))
const EXECUTABLE = chromiumPath()
const TOKEN = 'A'.repeat(43)
const WIDTHS = [1280, 320] as const
const SCHEMES = ['light', 'dark'] as const
type Language = 'en' | 'fr'

const PAGES: Readonly<Record<string, string>> = {
  'sign-in': '/sign-in',
  'sign-in-refused': '/sign-in?refused=certificate_is_revoked',
  invitation: `/invitation#${TOKEN}`,
  'invitation-unnamed': `/invitation#${UNNAMED_TOKEN}`,
  'invitation-incomplete': '/invitation',
  requests: '/requests',
  'request-pending': '/requests/58',
  'request-not-mine': '/requests/57',
  'request-rejected': '/requests/52',
  'request-revoked': '/requests/50',
  'request-missing': '/requests/7',
  certificates: '/certificates',
  'certificate-valid': `/certificates/${certificates[0]!.id}`,
  'certificate-revoked': `/certificates/${certificates[2]!.id}`,
  organisations: '/organisations',
  organisation: `/organisations/${organisations[0]!.id}`,
  'organisation-new': '/organisations/new',
  people: '/people',
  'person-new': '/people/new',
  kits: '/kits',
  'kit-new': '/kits/new',
  authorities: '/authorities',
  audit: '/audit',
  sessions: '/sessions',
  preferences: '/preferences',
  'nothing-here': '/nothing-here',
}
const EMPTY_PAGES = ['requests', 'certificates', 'organisations', 'people', 'kits', 'audit'] as const

const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: the pages of the portal were NOT looked at'
  : !BUILT
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): its pages were NOT looked at'
    : false

describe('the pages of the portal', { skip, concurrency: 2 }, () => {
  let browser: Browser
  before(async () => {
    mkdirSync(OUTPUT, { recursive: true })
    browser = await launch(EXECUTABLE!)
  })
  after(() => browser?.close())

  for (const language of ['en', 'fr'] as const) {
    test(`are accessible and whole (${language})`, async (t) => {
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
  }
  for (const language of ['en', 'fr'] as const) {
    test(`say what to do when there is nothing, in the test environment (${language})`, async (t) => {
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
  }

  async function open(locale: Language) {
    const desk = await startMockDesk()
    const context = await browser.newContext({ locale, reducedMotion: 'reduce' })
    const end = async () => {
      await context.close()
      await desk.stop()
    }
    return { desk, page: await context.newPage(), end }
  }
})

async function look(page: Page, language: Language, name: string, address: string): Promise<void> {
  const complaints: string[] = []
  // A refused answer is logged by the browser itself; it is expected on the pages that show one.
  const hear = (text: string) => /status of 404/.test(text) || complaints.push(text)
  page.removeAllListeners('console')
  page.removeAllListeners('pageerror')
  page.on('console', (message) => message.type() === 'error' && hear(message.text()))
  page.on('pageerror', (error) => hear(error.message))
  await page.goto('about:blank') // a fragment alone would not load the page again
  await page.setViewportSize({ width: WIDTHS[0], height: 800 })
  await page.goto(address)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    await settled(page)
    assert.equal(await page.locator('html').getAttribute('lang'), language)
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, scheme)
      await page.screenshot({ path: `${OUTPUT}${name}-${language}-${scheme}-${width}.png`, fullPage: true })
      assert.deepEqual(await axeFinds(page), [], `axe on ${name}, ${scheme}, ${width}`)
    }
    const { cut, overflow, hidden } = await measured(page)
    assert.deepEqual(cut, [], `${name} cuts labels at ${width}`)
    assert.ok(overflow <= 0, `${name} overflows by ${overflow} at ${width}`)
    assert.equal(hidden, 0, `a table of ${name} is wider than its frame at ${width}`)
  }
  assert.deepEqual(complaints, [], `the browser complained about ${name}`)
}

async function axeFinds(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode() // there are no frames, so no second page is needed to gather the results
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Labels of buttons that are cut, by how much the page is wider than its window, and tables than their frames. */
const measured = (page: Page): Promise<{ cut: (string | null)[]; overflow: number; hidden: number }> =>
  page.evaluate(() => ({
    cut: [...document.querySelectorAll('.mantine-Button-label')]
      .filter((label) => label.scrollWidth > label.clientWidth + 1)
      .map((label) => label.textContent),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    hidden: [...document.querySelectorAll('[role="region"]:has(> table)')].filter(
      (frame) => frame.scrollWidth > frame.clientWidth,
    ).length,
  }))

/** The heading is there and nothing is loading any more. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor()
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
}
