// A known desk at another address: whose word is taken for it. Whoever has a certificate of the authority that a desk bought its own from
// passes for that desk wherever the address is theirs; an authority of the desk's own certifies nobody else.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { KitFile } from '@scel/contract/kit'
import { describeDesk } from '@scel/contract/routes'
import { acceptInvitation, expectOk, makeKit, type StartDeskOptions, startDesk } from '@scel/server/testing'
import { readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { type Office, openOffice } from './office.ts'
import { folderFor, makeLeaf, makeRoot } from './openssl.ts'
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

/** The same kit with the desk elsewhere. */
function moved(
  at: Office,
  file: KitFile,
  portal: string,
  change: Partial<Pick<KitFile, 'rules' | 'roots'>> = {},
): string {
  const desk = { ...file.desk, services: { ...file.desk.services, portal } }
  const path = join(at.home, `moved-${new URL(portal).port}-${change.rules?.environment ?? ''}.scel-kit`)
  writeFileSync(path, JSON.stringify({ ...file, ...change, desk }))
  return path
}

interface Bought {
  readonly at: Office
  readonly folder: string
  /** What a stranger’s desk was asked; each call goes on to the real one, but for `answers` of its own. */
  readonly asked: string[]
  readonly answers: Map<string, unknown>
  readonly stranger: string
}

/** A desk with a bought certificate, and somebody else who has one of the same authority, for an address of theirs. */
async function bought(t: TestContext, options: StartDeskOptions = {}): Promise<Bought> {
  const folder = folderFor(t)
  const root = readFileSync(makeRoot(folder, 'root'), 'utf8')
  const chain = join(folder, 'chain.pem')
  writeFileSync(chain, readFileSync(makeLeaf(folder, { root: 'root', name: 'desk' }), 'utf8') + root)
  const extensions = 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth'
  const cert = readFileSync(makeLeaf(folder, { root: 'root', name: 'stranger', extensions }))
  const at = await openOffice({ tls: { certificate: chain, key: join(folder, 'desk.key') }, ...options }, root)
  t.after(() => at.close())
  const { host } = new URL(at.desk.services.portal)
  const asked: string[] = []
  const answers = new Map<string, unknown>()
  const server = createServer({ key: readFileSync(join(folder, 'stranger.key')), cert }, async (call, answer) => {
    const [path = ''] = (call.url ?? '').split('?')
    asked.push(path)
    const body = Buffer.concat(await call.toArray())
    const own = answers.get(path)
    if (own !== undefined) return answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(own))
    const on = { method: call.method!, ca: root, headers: { ...call.headers, host } }
    return request(new URL(call.url ?? '', at.desk.services.portal), on, (back) => {
      answer.writeHead(back.statusCode ?? 500, back.headers)
      back.pipe(answer)
    }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { at, folder, asked, answers, stranger: `https://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('a kit that has a known desk at the address of somebody with a certificate of the same authority moves nothing', async (t) => {
  const { at, asked, stranger } = await bought(t)
  const { path, file } = await at.kit('postes', { standingApproval: true })
  ok(await enrol(at, path))
  ok(await scel(['get'], at.home))
  const { host } = new URL(stranger)
  for (const more of [[], ['--moved-to', new URL(at.desk.services.portal).host], ['--moved-to', '127.0.0.1']]) {
    const ran = await enrol(at, moved(at, file, stranger), ...more)
    assert.equal(codeOf(ran), more.length > 0 ? 'kit_elsewhere' : 'desk_moved', ran.err)
    if (more.length > 0) continue
    const { facts } = JSON.parse(ran.out).error
    assert.deepEqual([facts.known, facts.host], [new URL(at.desk.services.portal).host, host])
  }
  // At the known name, another port is another place too.
  const port = file.desk.services.portal.replace(/\d+$/, new URL(stranger).port)
  assert.equal(codeOf(await enrol(at, moved(at, file, port))), 'desk_moved')
  assert.deepEqual([asked, await addresses(at)], [[], [at.desk.services.portal]])
})

test('nor does one for the other environment of that desk, whose root would be the stranger’s', async (t) => {
  const { at, folder, asked, answers, stranger } = await bought(t)
  const { path, file } = await at.kit('postes')
  ok(await enrol(at, path))
  const root = readFileSync(makeRoot(folder, 'test-root'), 'utf8')
  const said = (await at.administrator.get(describeDesk.path)).json
  const roots = said.roots.map((one: { environment: string }) =>
    one.environment === 'test' ? { ...one, pem: root } : one,
  )
  answers.set(describeDesk.path, { ...said, roots })
  const forged = { rules: { ...file.rules, environment: 'test' as const }, roots: { ...file.roots, environment: root } }
  assert.equal(codeOf(await enrol(at, moved(at, file, stranger, forged))), 'desk_moved')
  assert.deepEqual([asked, (await records(at)).length], [[], 1])
})

/** Where a desk goes on with its data and other ports, by its own authority or a bought one. */
async function movingOffice(t: TestContext, kind: 'own' | 'bought') {
  const data = mkdtempSync(join(tmpdir(), 'scel-moves-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  const folder = folderFor(t)
  const root = readFileSync(makeRoot(folder, 'root'), 'utf8')
  const leaf = makeLeaf(folder, { root: 'root', name: 'desk' })
  writeFileSync(leaf, readFileSync(leaf, 'utf8') + root)
  const options = { data, ...(kind === 'bought' ? { tls: { certificate: leaf, key: join(folder, 'desk.key') } } : {}) }
  const at = await openOffice(options, kind === 'bought' ? root : undefined)
  t.after(() => at.close())
  const person = { environment: 'test', name: 'Tess', email: 'tess@desk.example', language: 'en' } as const
  const { token } = await at.desk.core.people.inviteAdministrator({ kind: 'desk', name: 'host' }, person)
  const reached = { services: at.desk.services, root: kind === 'bought' ? root : at.desk.root }
  const tester = await acceptInvitation(reached, token)
  const place = { code: 'ESSAI', name: 'Essais', country: 'FR', nameSuffixes: ['essai.example'] }
  const { id } = (await expectOk(tester.post('/api/organisations', place))).json
  const file = join(at.home, 'essai.scel-kit')
  writeFileSync(file, JSON.stringify(await makeKit(tester, id, { store: 'user' })))
  const kit = await at.kit('postes')
  ok(await enrol(at, kit.path))
  ok(await enrol(at, file))
  return {
    at,
    kit: kit.file,
    move: async () => {
      await at.desk.stop()
      const desk = await startDesk(options)
      t.after(() => desk.stop())
      return desk.services.portal
    },
  }
}

test('a desk with an authority of its own shows at its new address that it has moved, for both environments', async (t) => {
  const { at, kit, move } = await movingOffice(t, 'own')
  const portal = await move()
  ok(await enrol(at, moved(at, kit, portal)))
  assert.deepEqual(await addresses(at), [portal, portal])
  ok(await scel(['requests'], at.home))
})

test('one with a bought certificate has moved when a person says where to, for both environments', async (t) => {
  const { at, kit, move } = await movingOffice(t, 'bought')
  const [before] = await addresses(at)
  const portal = await move()
  const path = moved(at, kit, portal)
  const refused = await enrol(at, path)
  assert.equal(codeOf(refused), 'desk_moved')
  assert.ok(JSON.parse(refused.out).error.hints[0].includes(`--moved-to ${new URL(portal).host}`))
  assert.deepEqual(await addresses(at), [before, before])
  ok(await enrol(at, path, '--moved-to', new URL(portal).host))
  assert.deepEqual(await addresses(at), [portal, portal])
  ok(await scel(['requests'], at.home))
})
