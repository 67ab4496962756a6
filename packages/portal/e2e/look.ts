import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

// How a page is looked at: in both widths and colours, with axe, for what is cut or too wide; a picture is kept.

const OUTPUT = fileURLToPath(new URL('../../../output/pages/', import.meta.url))
const WIDTHS = [1280, 320] as const
const SCHEMES = ['light', 'dark'] as const
export type Language = 'en' | 'fr'

/** Looks at one state of a page; `act` brings the page to it. */
export async function look(
  page: Page,
  language: Language,
  name: string,
  address: string,
  act?: () => Promise<void>,
): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true })
  const complaints: string[] = []
  // A refused answer is logged by the browser itself; it is expected on the pages that show one.
  const hear = (text: string) => /status of 404/.test(text) || complaints.push(text)
  page.removeAllListeners('console')
  page.removeAllListeners('pageerror')
  page.on('console', (message) => message.type() === 'error' && hear(message.text()))
  page.on('pageerror', (error) => hear(error.message))
  await load(page, address)
  await act?.()
  if (act) await standBack(page)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    await settled(page)
    // What stays in sight while a page is scrolled would stand in the middle of the picture.
    await page.evaluate(() => scrollTo(0, 0))
    assert.equal(await page.locator('html').getAttribute('lang'), language)
    let judged: string | undefined
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, scheme)
      await page.screenshot({ path: `${OUTPUT}${name}-${language}-${scheme}-${width}.png`, fullPage: true })
      const drawn = await elementsOf(page)
      const about = drawn === judged ? 'colours' : 'everything'
      assert.deepEqual(await axeFinds(page, about), [], `axe on ${name}, ${scheme}, ${width}`)
      judged = drawn
    }
    await requireWhole(page, name, width)
  }
  assert.deepEqual(complaints, [], `the browser complained about ${name}`)
}

/** Looks only whether a page holds together, between a phone and a large screen; one picture of each width is kept. */
export async function lookOver(page: Page, language: Language, name: string, address: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true })
  await load(page, address)
  for (const width of [1600, ...WIDTHS, 1024, 860]) {
    await page.setViewportSize({ width, height: 800 })
    await settled(page)
    await page.screenshot({ path: `${OUTPUT}${name}-${language}-${width}.png`, fullPage: true })
    await requireWhole(page, name, width)
  }
}

async function requireWhole(page: Page, name: string, width: number): Promise<void> {
  const { cut, overflow, hidden } = await measured(page)
  assert.deepEqual(cut, [], `${name} cuts labels at ${width}`)
  assert.ok(overflow <= 0, `${name} overflows by ${overflow} at ${width}`)
  assert.equal(hidden, 0, `a table of ${name} is wider than its frame at ${width}`)
}

/** Loads the page anew. */
async function load(page: Page, address: string): Promise<void> {
  // A fragment alone would not; all others need no process of their own, which a page in between would cost.
  if (address.includes('#')) await page.goto('about:blank')
  await page.setViewportSize({ width: WIDTHS[0], height: 800 })
  await page.goto(address)
}

/** Tooltips of what was pressed go away; they are not part of the page. */
async function standBack(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.locator('[role=tooltip]').first().waitFor({ state: 'hidden' })
}

/** @param about colours alone, where all else was judged before on the same elements */
async function axeFinds(page: Page, about: 'everything' | 'colours'): Promise<string[]> {
  const there = await page.evaluate(() => 'axe' in globalThis)
  const builder = new AxeBuilder({ page, ...(there && { axeSource: ';' }) })
    .setLegacyMode() // there are no frames, so no second page is needed to gather the results
    .options({ resultTypes: ['violations'] })
  const rules = about === 'colours' ? await rulesOfColours(page) : []
  const { violations } = await (rules.length > 0 ? builder.withRules(rules) : builder.withTags(TAGS)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Rule {
  readonly ruleId: string
  readonly tags: readonly string[]
}

/** The rules of those tags whose outcome colours alone can change, of the axe that the page has. */
const rulesOfColours = (page: Page): Promise<string[]> =>
  page.evaluate((tags) => {
    const { axe } = globalThis as unknown as { readonly axe: { getRules(tags: readonly string[]): readonly Rule[] } }
    return axe.getRules(tags).flatMap(({ ruleId, tags }) => (tags.includes('cat.color') ? [ruleId] : []))
  }, TAGS)

/** Every element with its attributes, where it is, and whether it is seen: all that a page is but its colours. */
const elementsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const elements = [...document.querySelectorAll('*')].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      const { display, visibility, opacity } = getComputedStyle(one)
      return [x, y, width, height, display, visibility, opacity].join(' ')
    })
    const { outerHTML, dataset } = document.documentElement
    const text = outerHTML.replace(`data-mantine-color-scheme="${dataset.mantineColorScheme}"`, '')
    return [text, ...elements].join('\n')
  })

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
