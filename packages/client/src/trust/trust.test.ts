import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { scel } from '../../test/run-scel.ts'
import { certificateOf } from '../enrol/verify-issued.ts'
import { type Anchor, anchorOf, trustStores } from './index.ts'
import { linuxStore } from './linux.ts'
import { macosStore } from './macos.ts'
import { nicknameOf, parseListing } from './nss.ts'
import { runTool, type Tool } from './run-tool.ts'
import { windowsStore } from './windows.ts'

const anchorIn = async (file: string): Promise<Anchor> =>
  anchorOf(certificateOf(readFileSync(file, 'utf8')), new Date())
const hasCertutil = (t: TestContext): boolean => needs(t, 'certutil')
const browsers = (home: string) => trustStores('nss', { env: {}, home, platform: 'linux' }, runTool)

test('the root of a desk is trusted for TLS servers only, once, and taken out again', async (t) => {
  if (!hasCertutil(t)) return
  const home = folderFor(t)
  const anchor = await anchorIn(makeRoot(home, 'root', '/CN=Scel Root/O=Scel'))
  const [store] = await browsers(home)
  assert.equal(await store!.has(anchor), false)
  await store!.add(anchor)
  await store!.add(anchor)
  const entries = parseListing(run('certutil', ['-d', `sql:${home}/.pki/nssdb`, '-L'], home))
  assert.deepEqual(entries, [{ nickname: nicknameOf(anchor), flags: 'C,,' }])
  // NSS itself is the judge: a server’s certificate of this root is valid now.
  makeLeaf(home, { root: 'root', name: 'leaf' })
  run('certutil', ['-d', `sql:${home}/.pki/nssdb`, '-A', '-n', 'leaf', '-t', ',,', '-i', 'leaf.pem'], home)
  const judge = ['-d', `sql:${home}/.pki/nssdb`, '-V', '-u', 'V', '-n', 'leaf']
  assert.match(run('certutil', judge, home), /certificate is valid/)
  await store!.remove(anchor)
  assert.equal(await store!.has(anchor), false)
  assert.throws(() => run('certutil', judge, home))
})

test('two desks of the same name are two entries: taking one out leaves the other', async (t) => {
  if (!hasCertutil(t)) return
  const home = folderFor(t)
  const anchors = [
    await anchorIn(makeRoot(home, 'one', '/CN=Scel Root')),
    await anchorIn(makeRoot(home, 'two', '/CN=Scel Root')),
  ]
  const [store] = await browsers(home)
  for (const anchor of anchors) await store!.add(anchor)
  assert.deepEqual(await Promise.all(anchors.map((anchor) => store!.has(anchor))), [true, true])
  await store!.remove(anchors[0]!)
  assert.deepEqual([await store!.has(anchors[0]!), await store!.has(anchors[1]!)], [false, true])
})

test('a root that came in without trust, under another name, is trusted where it lies', async (t) => {
  if (!hasCertutil(t)) return
  const home = folderFor(t)
  const file = makeRoot(home, 'root', '/CN=Scel Root')
  const anchor = await anchorIn(file)
  const folder = join(home, '.pki', 'nssdb')
  mkdirSync(folder, { recursive: true })
  run('certutil', ['-d', `sql:${folder}`, '-N', '--empty-password'], home)
  run('certutil', ['-d', `sql:${folder}`, '-A', '-n', 'Scel Root - from a p12', '-t', ',,', '-i', file], home)
  const [store] = await browsers(home)
  assert.equal(await store!.has(anchor), false)
  await store!.add(anchor)
  assert.deepEqual(parseListing(run('certutil', ['-d', `sql:${folder}`, '-L'], home)), [
    { nickname: 'Scel Root - from a p12', flags: 'C,,' },
  ])
})

test('every Firefox profile is found; one with a primary password is named and left as it was', async (t) => {
  if (!hasCertutil(t)) return
  const home = folderFor(t)
  const anchor = await anchorIn(makeRoot(home, 'root', '/CN=Scel Root'))
  const profile = join(home, '.mozilla', 'firefox', 'abc.default')
  mkdirSync(profile, { recursive: true })
  mkdirSync(join(home, '.mozilla', 'firefox', 'Crash Reports'))
  writeFileSync(join(home, 'password'), 'secret\n')
  run('certutil', ['-d', `sql:${profile}`, '-N', '-f', 'password'], home)
  const stores = await browsers(home)
  assert.deepEqual(
    stores.map(({ where }) => where),
    [join(home, '.pki', 'nssdb'), profile],
  )
  await assert.rejects(stores[1]!.add(anchor), { code: 'browser_database_locked' })
  assert.deepEqual(parseListing(run('certutil', ['-d', `sql:${profile}`, '-L'], home)), [])
})

test('nothing but a root that is valid today, and whose fingerprint was compared, is trusted', async (t) => {
  if (!hasCertutil(t)) return
  const home = folderFor(t)
  const root = makeRoot(home, 'root')
  const leaf = makeLeaf(home, { root: 'root', name: 'leaf' })
  const code = async (...args: string[]): Promise<string> => {
    const { out } = await scel(['trust', '--json', ...args], home)
    return JSON.parse(out).error?.code ?? 'done'
  }
  assert.equal(await code('--root', leaf, '--yes'), 'root_not_a_root')
  assert.equal(await code('--root', root), 'fingerprint_missing')
  assert.equal(await code('--root', root, '--fingerprint', '00'.repeat(32)), 'fingerprint_differs')
  assert.equal(await code('--root', root, '--fingerprint', 'abc'), 'option_value_wrong')
  assert.equal(await code('--root', root, '--desk', 'https://localhost'), 'options_exclude')
  await assert.rejects(anchorOf(certificateOf(readFileSync(root, 'utf8')), new Date(0)), { code: 'root_not_current' })
  assert.equal(parseListing(await listing(home)).length, 0)
  assert.equal(await code('--root', root, '--yes'), 'done')
})

async function listing(home: string): Promise<string> {
  return runTool({ program: 'certutil', arguments: ['-d', `sql:${home}/.pki/nssdb`, '-L'], package: '' }).catch(
    () => '',
  )
}

/** Stands for a platform’s programs: remembers what it was asked. */
function recorder(answer: (tool: Tool) => string | Error): { run: (tool: Tool) => Promise<string>; asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    async run(tool) {
      asked.push([tool.program.split('/').at(-1), ...tool.arguments].join(' ').replace(/\S*scel-trust-\S*/g, 'FILE'))
      const said = answer(tool)
      if (said instanceof Error) throw said
      return said
    },
  }
}

test('Linux: the file goes where the family looks, and its program is told', async (t) => {
  const root = folderFor(t)
  const anchor = await anchorIn(makeRoot(root, 'root'))
  assert.equal(await linuxStore(runTool, join(root, 'none')), undefined)
  const folder = join(root, 'usr/local/share/ca-certificates')
  mkdirSync(folder, { recursive: true })
  const { run: tool, asked } = recorder(() => '')
  const store = await linuxStore(tool, root)
  await store!.add(anchor)
  assert.equal(await store!.has(anchor), true)
  await store!.remove(anchor)
  assert.equal(await store!.has(anchor), false)
  assert.deepEqual(asked, ['update-ca-certificates', 'update-ca-certificates --fresh'])
})

test('macOS and Windows: this user’s store, by the platform’s own program', async (t) => {
  const folder = folderFor(t)
  const file = makeRoot(folder, 'root')
  const anchor = await anchorIn(file)
  const sha1 = run('openssl', ['x509', '-in', file, '-noout', '-fingerprint', '-sha1'], folder)
    .split('=')[1]!
    .trim()
    .replaceAll(':', '')
  const mac = recorder(({ arguments: [verb] }) => (verb === 'find-certificate' ? readFileSync(file, 'utf8') : ''))
  const keychain = macosStore('/Users/ana', mac.run)
  assert.equal(await keychain.has(anchor), true)
  await keychain.add(anchor)
  await keychain.remove(anchor)
  const where = '/Users/ana/Library/Keychains/login.keychain-db'
  assert.deepEqual(mac.asked.slice(2), [
    `security add-trusted-cert -r trustRoot -p ssl -k ${where} FILE`,
    'security remove-trusted-cert FILE',
    `security delete-certificate -Z ${sha1} -t ${where}`,
  ])
  const windows = recorder(({ arguments: [, verb] }) => (verb === '-store' ? new Error('not found') : ''))
  const store = windowsStore({}, windows.run)
  assert.equal(await store.has(anchor), false)
  await store.add(anchor)
  assert.deepEqual(
    windows.asked.map((line) => line.replace(/^\S+\s/, '')),
    [`-user -store Root ${sha1.toLowerCase()}`, '-user -f -addstore Root FILE'],
  )
})
