import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { chromiumPath, launch } from './browser.ts'
import { furnish } from './furnish.ts'
import { startMockDesk } from './mock-desk.ts'

const out = '/tmp/shots'
mkdirSync(out, { recursive: true })
const desk = await startMockDesk()
furnish(desk)
const browser = await launch(chromiumPath()!)
const only = process.argv[2]
const pages: [string, string][] = [
  ['sign-in', '/sign-in?refused=certificate_expired_at'],
  ['invitation', `/invitation#${'A'.repeat(43)}`],
  ['requests', '/requests'],
  ['request-58', '/requests/58'],
  ['request-57', '/requests/57'],
  ['request-50', '/requests/50'],
  ['certificates', '/certificates'],
  ['certificate', '/certificates/cert-5400000000000000'.padEnd(36, '0').slice(0, 36)],
  ['organisations', '/organisations'],
  ['organisation', '/organisations/org-poste0000000000000'],
  ['organisation-new', '/organisations/new'],
  ['people', '/people'],
  ['person-new', '/people/new'],
  ['kits', '/kits'],
  ['kit-new', '/kits/new'],
  ['authorities', '/authorities'],
  ['audit', '/audit'],
  ['sessions', '/sessions'],
  ['preferences', '/preferences'],
]
const sets = [['fr','light',1280],['en','dark',360],['en','dark',1280]] as const
for (const [lang, scheme, width] of sets) {
  const context = await browser.newContext({ locale: lang, colorScheme: scheme, viewport: { width, height: 800 } })
  const page = await context.newPage()
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') console.log('CONSOLE', lang, page.url(), m.text())
  })
  page.on('pageerror', (e) => console.log('PAGEERROR', page.url(), e.message))
  for (const [name, path] of pages) {
    if (only && !name.startsWith(only)) continue
    await page.goto(desk.origin + path)
    await page.waitForLoadState('load')
    await page.locator('h1').waitFor()
    await page.waitForTimeout(400)
    await page.screenshot({ path: `${out}/${name}-${lang}-${scheme}-${width}.png`, fullPage: true })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) console.log('OVERFLOW', name, width, over)
    const axe = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze()
    for (const v of axe.violations)
      console.log(
        'AXE',
        name,
        lang,
        scheme,
        width,
        v.id,
        v.nodes
          .slice(0, 3)
          .map((n) => `${n.html.slice(0, 160)} :: ${n.failureSummary?.replaceAll('\n', ' ').slice(0, 200)}`)
          .join('\n    '),
      )
  }
  await context.close()
}
await browser.close()
await desk.stop()
