import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { KeySpec } from '@scel/pki'
import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, type KeyPair, keyMatches } from '@scel/pki/crypto'
import { buildName, buildRequest, parseCertificate } from '@scel/pki/x509'
import { authorityExtensions, certify } from '@scel/testkit/authority'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { fileStore } from './file.ts'
import type { Identity, Installation, KeyStore, Material } from './key-store.ts'

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
      return {
        desk: holder.desk,
        key,
        certificate: await der(leaf),
        chain: [],
        root: await der(join(folder, 'root.pem')),
      }
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
  assert.match(await readFile(join(at, 'identity.passphrase'), 'utf8'), /^[A-Za-z][\w-]{23}\n$/)
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
  const opens = (passphrase: string) =>
    run('openssl', ['pkcs12', '-in', 'identity.p12', '-passin', `pass:${passphrase}`, '-nokeys'], identity.place)
  opens('correct horse')
  assert.equal((await store.add({ ...installation, passphrase: 'battery staple' })).changed, true)
  opens('battery staple')
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

/** A key that no desk knows: its own certificate, under the root of the setting. */
async function fromElsewhere(name: string, serial = '01', keys?: KeyPair): Promise<Material> {
  const root = await certify({ name: 'CN=Other root', extensions: authorityExtensions() })
  const issuing = await certify({ name: 'CN=Other', issuer: root, serial: '02', extensions: authorityExtensions(0) })
  const leaf = await certify({ name, issuer: issuing, serial, ...(keys && { keys }) })
  return {
    ...{ key: leaf.keys.privateKey, certificate: leaf.certificate.der },
    ...{ chain: [issuing.certificate.der], root: root.certificate.der },
  }
}

test('a key that no desk knows is taken in, and a second time nothing changes', async (t) => {
  const { store, root } = await setting(t)
  const material = await fromElsewhere('CN=Éloïse / ../x,O=Elsewhere')
  const { changed, identity } = await store.adopt(material)
  assert.deepEqual([changed, identity.holder, identity.current], [true, { name: 'Éloïse / ../x' }, true])
  assert.equal(identity.place, join(root, 'imported', identity.key))
  for (const file of await readdir(identity.place)) assert.equal(await mode(join(identity.place, file)), '600', file)
  assert.equal(await mode(identity.place), '700')
  assert.deepEqual((await readdir(identity.place)).sort(), [
    'certificate.pem',
    'chain.pem',
    'fullchain.pem',
    'key.pem',
    'root.pem',
  ])
  assert.equal((await store.adopt(material)).changed, false)
  assert.deepEqual(await store.find(undefined, identity.key), identity)
  assert.deepEqual(await store.list(), [identity])
  assert.deepEqual(await exportPrivateKey(await store.export!(identity)), await exportPrivateKey(material.key))
  if (!needs(t, 'openssl')) return
  run('openssl', ['verify', '-CAfile', 'root.pem', '-untrusted', 'chain.pem', 'certificate.pem'], identity.place)
  await store.remove(identity)
  assert.deepEqual(await store.list(), [])
})

test('a key that no desk knows is nobody’s at a desk, and a desk’s key is none of those', async (t) => {
  const { store, issue, root } = await setting(t)
  const { identity: ofDesk } = await store.add(await issue('leaf'))
  const material = await fromElsewhere('CN=Ana')
  const { identity } = await store.adopt(material)
  for (const desk of [holder.desk, 'imported', '', '.', '..'])
    assert.equal(await store.find(desk, identity.key), undefined)
  assert.equal(await store.find(undefined, ofDesk.key), undefined)
  // A desk certifies the public key, which whoever has the certificate knows.
  for (const desk of [holder.desk, 'imported']) {
    const installation = { desk, key: identity.key, certificate: material.certificate, chain: [] }
    await assert.rejects(store.add(installation), { code: 'certificate_key_absent' })
  }
  await assert.rejects(store.make({ desk: 'imported', name: 'x' }, 'ec-p256'), RangeError)
  assert.deepEqual((await readdir(root)).sort(), ['imported', holder.desk])
  assert.deepEqual(await store.find(holder.desk, ofDesk.key), ofDesk)
})

test('a key is taken in with its own certificate alone, and another one of it in its place only where that is wished for', async (t) => {
  const { store } = await setting(t)
  const [first, other] = [await fromElsewhere('CN=Ana'), await fromElsewhere('CN=Bob')]
  await assert.rejects(store.adopt({ ...first, key: other.key }), { code: 'adopted_key_other' })
  assert.deepEqual(await store.list(), [])
  const keys = await generateKeyPair('ec-p256')
  const [old, renewed] = [await fromElsewhere('CN=Ana', '05', keys), await fromElsewhere('CN=Ana', '06', keys)]
  await store.adopt(old)
  await assert.rejects(store.adopt(renewed), { code: 'adopted_certificate_other' })
  const { changed, identity } = await store.adopt(renewed, { replace: true })
  assert.deepEqual([changed, identity.certificate], [true, renewed.certificate])
  assert.equal((await store.list()).length, 1)
})

test('without a root there is none, and certificates that could not be read again are not written', async (t) => {
  const { store, root } = await setting(t)
  const { root: _, ...material } = await fromElsewhere('CN=Ana')
  const { identity } = await store.adopt(material)
  assert.deepEqual([identity.root, identity.chain.length], [undefined, 1])
  const chain = new Array<Uint8Array>(4_000).fill(material.certificate)
  const large = { ...(await fromElsewhere('CN=Bob')), chain }
  await assert.rejects(store.adopt(large), { code: 'certificates_too_large' })
  assert.deepEqual(await readdir(join(root, 'imported')), [identity.key])
})

test('what a killed import left without its key is no identity, and the next one completes it', async (t) => {
  const { store, root } = await setting(t)
  const material = await fromElsewhere('CN=Ana')
  const { identity } = await store.adopt(material)
  await rm(join(root, 'imported', identity.key, 'key.pem'))
  await rm(join(root, 'imported', identity.key, 'root.pem'))
  assert.deepEqual(await store.list(), [])
  assert.equal((await store.adopt(material)).changed, true)
  assert.equal((await store.list()).length, 1)
  await rm(join(root, 'imported', identity.key, 'certificate.pem'))
  const told: unknown[] = []
  assert.deepEqual(await store.list((error) => told.push((error as { code: string }).code)), [])
  assert.deepEqual(told, ['key_file_malformed'])
})

test('one damaged key hides no other where somebody is told of it, and what is no damage of one key is an error', async (t) => {
  const { store, issue } = await setting(t)
  const { identity } = await store.add(await issue('leaf'))
  const damaged = await store.adopt(await fromElsewhere('CN=Ana'))
  const file = join(damaged.identity.place, 'certificate.pem')
  const told: [string, string][] = []
  const list = () => store.list((error, place) => told.push([(error as { code: string }).code, place]))
  await writeFile(file, '-----BEGIN CERTIFICATE-----\nx')
  await assert.rejects(store.list(), { code: 'pem_malformed' })
  assert.deepEqual([await list(), told], [[identity], [['pem_malformed', damaged.identity.place]]])
  await rm(file)
  await mkdir(file)
  await assert.rejects(store.list(), { code: 'file_unreadable' })
  await assert.rejects(list(), { code: 'file_unreadable' })
  assert.equal(told.length, 1)
})

test('a folder that cannot be made is told as it is, of the machine’s store too', async (t) => {
  const file = join(folderFor(t), 'file')
  await writeFile(file, '')
  for (const scope of ['user', 'machine'] as const)
    await assert.rejects(fileStore(join(file, 'store'), 'linux', scope).make(holder, 'ec-p256'), {
      code: 'file_unwritable',
    })
})
