import assert from 'node:assert/strict'
import { readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { KeySpec } from '@scel/pki'
import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { keyMatches } from '@scel/pki/crypto'
import { buildName, buildRequest, parseCertificate } from '@scel/pki/x509'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { fileStore } from './file.ts'
import type { Identity, Installation, KeyStore } from './key-store.ts'

const holder = { desk: 'production-0123456789ab', name: 'ws-abcdefghijklmnopqrstuvwxyz' }
const der = async (file: string): Promise<Uint8Array> => pemDecode(await readFile(file, 'utf8'))[0]!.der
const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)

interface Setting {
  readonly folder: string
  readonly root: string
  readonly store: KeyStore
  /** Makes a key in the store, and has openssl certify it. */
  issue(name: string, spec?: KeySpec): Promise<Installation>
}

async function setting(t: TestContext): Promise<Setting> {
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  const root = join(folder, 'store')
  const store = fileStore(root, 'linux', 'user')
  return {
    folder,
    root,
    store,
    async issue(name, spec = 'ec-p256') {
      const { key, use } = await store.make(holder, spec)
      const subject = buildName([{ type: 'commonName', value: holder.name }])
      const csr = pemEncode('CERTIFICATE REQUEST', await buildRequest({ subject, key: use }))
      await writeFile(join(folder, `${name}.csr`), csr)
      const leaf = makeLeaf(folder, {
        root: 'root',
        name,
        request: `${name}.csr`,
        extensions: 'extendedKeyUsage=clientAuth',
      })
      return { desk: holder.desk, key, certificate: await der(leaf), chain: [await der(join(folder, 'root.pem'))] }
    },
  }
}

test('a key is made where it will live, 0600 in folders of 0700, and is no identity yet', async (t) => {
  const { store, root } = await setting(t)
  const { key } = await store.make(holder, 'ec-p256')
  const found = await store.find(holder.desk, key)
  assert.equal(found?.certificate, undefined)
  assert.equal(found?.current, false)
  assert.equal(await mode(join(found!.place, 'key.pem')), '600')
  for (const folder of [root, join(root, holder.desk), found!.place]) assert.equal(await mode(folder), '700', folder)
})

test('what is installed is what openssl takes, every file 0600', async (t) => {
  if (!needs(t, 'openssl')) return
  const { store, issue } = await setting(t)
  const { identity, changed } = await store.add(await issue('leaf'))
  assert.equal(changed, true)
  assert.equal(identity.current, true)
  const at = identity.place
  for (const file of ['key', 'certificate', 'chain', 'fullchain', 'root']) {
    assert.equal(await mode(join(at, `${file}.pem`)), '600', file)
  }
  run('openssl', ['verify', '-CAfile', 'root.pem', 'fullchain.pem'], at)
  const passphrase = `file:${join(at, 'identity.passphrase')}`
  const p12 = ['pkcs12', '-in', 'identity.p12', '-passin', passphrase, '-nodes']
  const opened = run('openssl', p12, at)
  assert.match(opened, /BEGIN CERTIFICATE/)
  assert.match(opened, /BEGIN PRIVATE KEY/)
  assert.match(opened, new RegExp(`friendlyName: ${holder.name}`))
  assert.equal(await mode(join(at, 'identity.p12')), '600')
  assert.equal(await mode(join(at, 'identity.passphrase')), '600')
})

test('done twice, it changes nothing', async (t) => {
  const { store, issue } = await setting(t)
  const installation = await issue('leaf')
  const { identity } = await store.add(installation)
  const before = await readFile(join(identity.place, 'identity.p12'))
  assert.equal((await store.add(installation)).changed, false)
  assert.deepEqual(await readFile(join(identity.place, 'identity.p12')), before)
})

test('with a passphrase of one’s own none is stored', async (t) => {
  const { store, issue } = await setting(t)
  const installation = { ...(await issue('leaf')), passphrase: 'correct horse' }
  const { identity } = await store.add(installation)
  await assert.rejects(stat(join(identity.place, 'identity.passphrase')), { code: 'ENOENT' })
  assert.equal((await store.add(installation)).changed, false)
  run('openssl', ['pkcs12', '-in', 'identity.p12', '-passin', 'pass:correct horse', '-nokeys'], identity.place)
})

test('a renewal moves the link in one step and keeps the former pair', async (t) => {
  const { store, issue, root } = await setting(t)
  const first = await issue('first')
  await store.add(first)
  const second = await issue('second', 'rsa-2048')
  const link = join(root, holder.desk, holder.name, 'current')
  assert.equal(await readlink(link), first.key) // the new key alone moves nothing
  const { identity } = await store.add(second)
  assert.equal(await readlink(link), second.key)
  assert.equal(identity.place, link)
  const former = (await store.find(holder.desk, first.key)) as Identity
  assert.equal(former.current, false)
  assert.ok(former.certificate)
  assert.equal((await store.list()).length, 2)
})

test('key and certificate are handed to TLS together, and a key that is another’s is refused', async (t) => {
  const { store, issue, root } = await setting(t)
  const { identity } = await store.add(await issue('leaf'))
  const { key, cert } = await store.tls(identity)
  assert.match(String(key), /PRIVATE KEY/)
  assert.equal(String(cert).match(/BEGIN/g)?.length, 1)
  const used = await store.use(identity)
  assert.ok(keyMatches(used, parseCertificate(identity.certificate!).publicKey.spki))
  const other = await issue('other')
  const place = (one: string): string => join(root, holder.desk, holder.name, one, 'key.pem')
  await writeFile(place(identity.key), await readFile(place(other.key)))
  await assert.rejects(store.tls(identity), { code: 'key_file_malformed' })
  await assert.rejects(store.use(identity), { code: 'key_file_malformed' })
})

test('a removed key is gone, and a name that walks out of the store is refused', async (t) => {
  const { store } = await setting(t)
  const { key } = await store.make(holder, 'ec-p256')
  await store.remove((await store.find(holder.desk, key))!)
  assert.equal(await store.find(holder.desk, key), undefined)
  await assert.rejects(store.make({ desk: '..', name: 'x' }, 'ec-p256'), RangeError)
  await assert.rejects(store.make({ ...holder, name: '../../etc' }, 'ec-p256'), RangeError)
})

test('a certificate is put beside no key but its own, and beside none that was made for another desk', async (t) => {
  const { store, issue, root } = await setting(t)
  const first = await issue('first')
  const second = await issue('second')
  const desk = 'production-ffffffffffff'
  for (const wrong of [
    { ...first, desk },
    { ...first, key: second.key },
    { ...first, desk, key: second.key },
    { ...first, desk: '..' },
  ]) {
    await assert.rejects(store.add(wrong), { code: 'certificate_key_absent' })
  }
  assert.equal(await store.find(desk, first.key), undefined)
  assert.deepEqual(await readdir(root), [holder.desk])
  for (const { key } of [first, second])
    assert.deepEqual(await readdir(join(root, holder.desk, holder.name, key)), ['key.pem'])
})

test('without links (Windows) a text file says which pair is current', async (t) => {
  const { issue, root } = await setting(t)
  const installation = await issue('leaf')
  const store = fileStore(root, 'win32', 'user')
  const { identity } = await store.add(installation)
  assert.equal(identity.current, true)
  assert.equal(await readFile(join(root, holder.desk, holder.name, 'current.txt'), 'utf8'), `${installation.key}\n`)
})
