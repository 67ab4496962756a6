import { access, constants } from 'node:fs/promises'
import { test } from 'node:test'
import { postgresMissing, withPostgres } from '@scel/server/testing'
import { chromiumPath } from '@scel/testkit/peers'
import { journey } from './journey.ts'

const chromium = chromiumPath()
const mayWritePolicies = await access('/etc', constants.W_OK).then(
  () => true,
  () => false,
)
const missing = !chromium
  ? 'NO CHROMIUM: the journey was not made in a real browser'
  : mayWritePolicies
    ? undefined
    : 'NO RIGHT TO WRITE BROWSER POLICIES: sign-in with a certificate was not tried in a real browser'

test('from a request to a tested certificate, on SQLite', async (t) => {
  if (missing) t.skip(missing)
  else await journey(t, chromium!, 'sqlite', 'sqlite')
})

test('from a request to a tested certificate, on PostgreSQL', async (t) => {
  const noPostgres = missing ?? postgresMissing()
  if (noPostgres) return t.skip(noPostgres)
  const postgres = await withPostgres()
  t.after(() => postgres.stop())
  await journey(t, chromium!, 'postgres', await postgres.createDatabase('journey'))
})
