import type { Change } from './change.ts'

const SERVER = 'packages/server/src'
const PORTAL = 'packages/portal/src'
const routes = 'packages/contract/src/routes/index.ts'

/** What the desk’s clock says, from the rule to the page. */
export const routeWithPage: Change = {
  row: 'new feature with a route and a page',
  before: '33, 12 new, with a store',
  inPortal: true,
  made: {
    'packages/contract/src/hours/routes.ts': `import { Type } from 'typebox'
import { Instant } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'

export const readHour = route({
  method: 'GET',
  path: '/api/hour',
  summary: 'What the clock of the desk says',
  tag: 'desk',
  access: person(),
  output: Type.Object({ now: Instant }),
})
`,
    [`${SERVER}/core/hours/hours.ts`]: `import { type Instant, nowOf, type World } from '../world.ts'

export interface Hours {
  now(): Instant
}

export const createHours = ({ world }: { readonly world: World }): Hours => ({ now: () => nowOf(world) })
`,
    [`${SERVER}/edge/api/hours.ts`]: `import type { Core } from '../../core/core.ts'
import type { HandlersOf } from './handlers.ts'

export const hourHandlers = ({ hours }: Core): HandlersOf<'readHour'> => ({
  readHour: async () => ({ now: hours.now() }),
})
`,
    [`${PORTAL}/features/hours/page.tsx`]: `import { readHour } from '@scel/contract/routes'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '../../lib/desk/index.ts'
import { useText, When } from '../../lib/languages/index.ts'
import { Held } from '../../lib/parts/index.ts'
import { Page, Section } from '../../ui/index.ts'

/** What the clock of the desk says. */
export function HoursPage(): ReactNode {
  const text = useText()
  const query = useQuery({ queryKey: ['hour'], queryFn: ({ signal }) => call(readHour, {}, signal) })
  return (
    <Page title={text('hours.title')} lead={text('hours.lead')}>
      <Section title={text('hours.now')}>
        <Held query={query}>{({ now }) => <When at={now} />}</Held>
      </Section>
    </Page>
  )
}
`,
  },
  edits: [
    {
      file: routes,
      put: 'before',
      at: "export { listProfiles } from '../profiles/routes.ts'\n",
      text: "export { readHour } from '../hours/routes.ts'\n",
    },
    {
      file: 'tools/layers.ts',
      put: 'before',
      at: "    directory: ['basics', 'routing'],\n",
      text: "    hours: ['basics', 'routing'],\n",
    },
    { file: 'tools/layers.ts', put: 'after', at: "    routes: [\n      'routing',\n", text: "      'hours',\n" },
    { file: 'tools/layers.ts', put: 'before', at: "  names: [],\n  keys: ['services'],\n", text: '  hours: [],\n' },
    {
      ...{
        file: `${SERVER}/core/core.ts`,
        put: 'before',
        at: "import { addressesAt } from './issuance/addresses.ts'\n",
      },
      text: "import { createHours, type Hours } from './hours/hours.ts'\n",
    },
    {
      file: `${SERVER}/core/core.ts`,
      put: 'before',
      at: '  readonly clock: Clock\n',
      text: '  readonly hours: Hours\n',
    },
    {
      ...{ file: `${SERVER}/core/core.ts`, put: 'before', at: '    audit: createAuditLog({ work, world }),\n' },
      text: '    hours: createHours({ world }),\n',
    },
    {
      ...{
        file: `${SERVER}/edge/api/routes.ts`,
        put: 'before',
        at: "import { organisationHandlers } from './organisations.ts'\n",
      },
      text: "import { hourHandlers } from './hours.ts'\n",
    },
    {
      ...{ file: `${SERVER}/edge/api/routes.ts`, put: 'before', at: '    ...mutualHandlers(world),\n' },
      text: '    ...hourHandlers(core),\n',
    },
    {
      ...{ file: `${PORTAL}/app/routes.tsx`, put: 'before', at: '] as const\n\nconst tree = ' },
      text: "  createRoute({ ...under('/hours'), component: lazy(() => import('../features/hours/page.tsx'), 'HoursPage') }),\n",
    },
    { file: `${PORTAL}/app/navigation.ts`, put: 'before', at: '  IconClipboardList,\n', text: '  IconClock,\n' },
    { file: `${PORTAL}/app/navigation.ts`, put: 'after', at: "    | '/deliveries'\n", text: "    | '/hours'\n" },
    {
      ...{ file: `${PORTAL}/app/navigation.ts`, put: 'before', at: ']\n\nexport const entriesFor = ' },
      text: "  { to: '/hours', label: 'nav.hours', icon: IconClock },\n",
    },
    {
      ...{ file: `${PORTAL}/lib/messages/en/common.ts`, put: 'before', at: "  'nav.deliveries': " },
      text: `  'nav.hours': 'Hour',
  'hours.title': 'The hour of the desk',
  'hours.lead': 'What its clock says, by which certificates begin and end.',
  'hours.now': 'Now',
`,
    },
    {
      ...{ file: `${PORTAL}/lib/messages/fr/common.ts`, put: 'before', at: "  'nav.deliveries': " },
      text: `  'nav.hours': 'Heure',
  'hours.title': 'L’heure du service',
  'hours.lead': 'Ce que dit son horloge, selon laquelle les certificats commencent et finissent.',
  'hours.now': 'Maintenant',
`,
    },
  ],
  tests: [
    {
      ...{
        file: `${SERVER}/edge/api/rights.test.ts`,
        put: 'before',
        at: "  me: [{ of: nothing, at: 'environment' }],\n",
      },
      text: "  readHour: [{ of: nothing, at: 'environment' }],\n",
    },
  ],
  seenBy: {
    [`${SERVER}/edge/api/hours.test.ts`]: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptInvitation, call, startDesk } from '../../testing/index.ts'

test('who is signed in is told the hour, and nobody else', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const administrator = await acceptInvitation(desk, desk.inviteLink)
  const { status, json } = await administrator.get('/api/hour')
  assert.equal(status, 200)
  assert.match(json.now, /^20\\d\\d-.*Z$/)
  assert.equal((await call(\`\${desk.services.portal}/api/hour\`, { ca: desk.root })).status, 401)
})
`,
    'packages/portal/e2e/hours.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chromiumPath } from '@scel/testkit/peers'
import { launch } from './browser.ts'
import { furnish } from './furnish.ts'
import { startMockDesk } from './mock-desk.ts'

test('the page is reached by the navigation, and shows what the route answers', async (t) => {
  const path = chromiumPath()
  if (!path) return t.skip('NO CHROMIUM ON THIS MACHINE: the page was NOT looked at')
  const desk = await startMockDesk()
  const browser = await launch(path)
  t.after(async () => {
    await browser.close()
    await desk.stop()
  })
  furnish(desk)
  desk.answer('readHour', () => ({ now: '2031-02-03T04:05:06.000Z' }))
  for (const [locale, link, title] of [
    ['en-GB', 'Hour', 'The hour of the desk'],
    ['fr-FR', 'Heure', 'L’heure du service'],
  ] as const) {
    const page = await (await browser.newContext({ locale })).newPage()
    await page.goto(\`\${desk.origin}/requests\`)
    await page.getByRole('link', { name: link, exact: true }).click()
    await page.getByRole('heading', { name: title }).waitFor()
    await page.getByText('2031').first().waitFor()
    assert.ok(page.url().endsWith('/hours'))
  }
})
`,
  },
}
