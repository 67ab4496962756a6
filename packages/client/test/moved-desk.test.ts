// A known desk at another address, or known by another certificate: its own word, signed under its root, says so, and nothing else does.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { deskStatement } from '@scel/contract/routes'
import { acceptInvitation, call, expectOk, makeKit, type StartDeskOptions, startDesk } from '@scel/server/testing'
import { folderFor, makeLeaf, makeRoot } from '@scel/testkit/peers'
import { readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { type Office, openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

const EMAIL = ['--email', 'poste12@example.org']
const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}
const codeOf = ({ out }: Ran): string => JSON.parse(out).error?.code
const records = (at: Office) => readDeskRecords(makePaths({ env: {}, platform: 'linux', home: at.home }, {}))
const addresses = async (at: Office) => (await records(at)).map(({ record }) => record.desk.services.portal)
const enrol = (at: Office, path: string, ...more: string[]): Promise<Ran> =>
  scel(['enrol', '--kit', path, ...EMAIL, '--json', ...more], at.home)

/** A bought certificate: options of a desk, and the root that clients then reach it under. */
function bought(t: TestContext): { readonly tls: NonNullable<StartDeskOptions['tls']>; readonly root: string } {
  const folder = folderFor(t)
  const root = readFileSync(makeRoot(folder, 'root'), 'utf8')
  const certificate = makeLeaf(folder, { root: 'root', name: 'desk' })
  writeFileSync(certificate, readFileSync(certificate, 'utf8') + root)
  return { tls: { certificate, key: join(folder, 'desk.key') }, root }
}

/** A machine that has asked a desk in both of its environments; the desk goes on elsewhere, or under another certificate. */
async function enrolled(t: TestContext, first: Partial<ReturnType<typeof bought>> = {}) {
  const data = mkdtempSync(join(tmpdir(), 'scel-moves-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  const at = await openOffice({ data, ...(first.tls ? { tls: first.tls } : {}) }, first.root)
  t.after(() => at.close())
  const person = { environment: 'test', name: 'Tess', email: 'tess@desk.example', language: 'en' } as const
  const { token } = await at.desk.core.people.inviteAdministrator({ kind: 'desk', name: 'invite-admin' }, person)
  const tester = await acceptInvitation({ services: at.desk.services, root: first.root ?? at.desk.root }, token)
  const place = { code: 'ESSAI', name: 'Essais', country: 'FR', nameSuffixes: ['essai.example'] }
  const { id } = (await expectOk(tester.post('/api/organisations', place))).json
  const file = join(at.home, 'essai.scel-kit')
  writeFileSync(file, JSON.stringify(await makeKit(tester, id, { store: 'user' })))
  const kit = await at.kit('postes', { standingApproval: true })
  ok(await enrol(at, kit.path))
  ok(await enrol(at, file))
  return {
    at,
    kit,
    /** @returns the kit as it would be handed out now */
    goOn: async (options: StartDeskOptions = {}, root?: string) => {
      await at.desk.stop()
      const desk = await startDesk({ data, ...options })
      t.after(() => desk.stop())
      const asked = call(`${desk.services.portal}${deskStatement.path}`, { ca: root ?? desk.root })
      const path = join(at.home, 'now.scel-kit')
      writeFileSync(path, JSON.stringify({ ...kit.file, desk: (await expectOk(asked)).json }))
      return { portal: desk.services.portal, path }
    },
  }
}

for (const kind of ['own', 'bought'] as const) {
  test(`a desk that moved says so itself, for both environments, with a certificate of its ${kind}`, async (t) => {
    const first = kind === 'bought' ? bought(t) : undefined
    const { at, kit, goOn } = await enrolled(t, first)
    const { portal, path } = await goOn(first ? { tls: first.tls } : {}, first?.root)
    // Whoever has the kit of before does not find it there.
    assert.equal(codeOf(await enrol(at, kit.path)), 'connection_refused')
    ok(await enrol(at, path))
    assert.deepEqual(await addresses(at), [portal, portal])
    ok(await scel(['requests'], at.home))
    // The old kit is good still: the desk is looked for where it was last known to be.
    ok(await enrol(at, kit.path))
    ok(await scel(['get'], at.home))
  })
}

test('a desk whose certificate has another authority than before (its successor, a bought one) is known all the same', async (t) => {
  const { at, kit, goOn } = await enrolled(t)
  const other = bought(t)
  await goOn({ ports: at.desk.ports, tls: other.tls }, other.root)
  ok(await scel(['get'], at.home))
  for (const { record } of await records(at)) assert.equal(record.roots.tls.trim(), other.root.trim())
  ok(await scel(['test'], at.home))
  ok(await enrol(at, kit.path))
})
