import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseTokenUri } from '@scel/pkcs11'
import { softTokens } from '@scel/pkcs11/testing'
import { utf8 } from '@scel/pki/bytes'
import { defaultSignature, sign, verify } from '@scel/pki/crypto'
import { authorityExtensions, certify } from '@scel/testkit/authority'
import { folderFor } from '@scel/testkit/peers'
import { makePaths } from '../state/paths.ts'
import { tokens } from './pkcs11.ts'
import type { StorePlace } from './store-kind.ts'

test('a key is asked of the token that made it alone: another one of its label is not given the PIN', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const place: StorePlace = { scope: 'user', paths, platform: 'linux' }
  const uri = await soft.make('Card', '1111')
  const desk = 'production-000000000000'
  const { key } = await (await tokens.named(uri, place))!.make({ desk, name: 'ws' }, 'ec-p256')
  // Each run opens the store anew.
  const use = async (): Promise<Uint8Array> => {
    const [store] = await tokens.known(place)
    const identity = await store!.find(desk, key)
    return sign(await store!.use(identity!), utf8('to be signed'))
  }
  const record = join(
    home,
    (readdirSync(home, { recursive: true }) as string[]).find((one) => one.endsWith('token.json'))!,
  )
  const text = readFileSync(record, 'utf8')
  const { serial } = parseTokenUri(JSON.parse(text).uri)
  assert.match(serial ?? '', /^[0-9a-f]{16}$/)
  assert.ok((await use()).length > 0)

  let asked = 0
  const askPin = async (): Promise<string> => {
    asked++
    return '1111'
  }
  const typed = (await tokens.named(uri.replace(/&?pin-source=[^&]*/, ''), { ...place, askPin }))!
  await typed.present()
  await typed.make({ desk, name: 'typed' }, 'ec-p256')
  assert.equal(asked, 1)

  await soft.takeAway()
  await soft.make('Card', '2222')
  writeFileSync(join(soft.folder, 'Card.pin'), '1111')
  await assert.rejects(use(), { code: 'key_unavailable', facts: { where: 'Card', why: 'absent' } })
})

test('a key from elsewhere is put into a token, once, with its certificate: the token’s own tool sees them, and it does not leave', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const place: StorePlace = { scope: 'user', paths, platform: 'linux' }
  const uri = await soft.make('Card', '1111')
  const other = await soft.make('Other', '1111')
  for (const spec of ['ec-p256', 'rsa-2048'] as const) {
    const root = await certify({ name: 'CN=Root', extensions: authorityExtensions() })
    const { certificate, keys } = await certify({ name: `CN=Ana ${spec}`, spec, issuer: root })
    const material = { key: keys.privateKey, certificate: certificate.der, chain: [], root: root.certificate.der }
    const store = (await tokens.named(uri, place))!
    const { changed, identity } = await store.adopt(material)
    assert.deepEqual([changed, identity.holder, identity.current], [true, { name: `Ana ${spec}` }, true])
    assert.equal(store.export, undefined)
    assert.equal((await (await tokens.named(uri, place))!.adopt(material)).changed, false)
    await assert.rejects((await tokens.named(other, place))!.adopt(material), { code: 'adopted_elsewhere' })
    const [known] = await tokens.known(place)
    const found = (await known!.find(undefined, identity.key))!
    assert.deepEqual(found, identity)
    assert.equal(await known!.find('production-000000000000', identity.key), undefined)
    const signature = await sign(await known!.use(found), utf8('to be signed'))
    assert.ok(await verify(defaultSignature(spec), certificate.publicKey.spki, utf8('to be signed'), signature))
    // Without its record the key in the token is found again, and no second one is put in.
    rmSync(join(paths.userTokens, 'imported', identity.key, 'token.json'))
    assert.deepEqual(await known!.list(), [])
    assert.equal((await (await tokens.named(uri, place))!.adopt(material)).changed, true)
    const who: string[] = [
      '--module',
      soft.module,
      '--token-label',
      'Card',
      '--login',
      '--pin',
      '1111',
      '--list-objects',
    ]
    const { stdout, error: missing } = spawnSync('pkcs11-tool', who, { encoding: 'utf8' })
    if (missing) return t.skip('pkcs11-tool is not installed (Debian: opensc)')
    const objects = stdout
      .split(/\n(?=\S)/)
      .filter((object) => object.includes(`label:      Ana ${spec} ${identity.key}`))
    assert.deepEqual(objects.map((object) => object.split(/[;\n]/)[0]).sort(), [
      'Certificate Object',
      'Private Key Object',
      'Public Key Object',
    ])
    assert.match(objects.find((object) => object.startsWith('Private'))!, /Access: +sensitive\n?/)
    await known!.remove(found)
    assert.doesNotMatch(spawnSync('pkcs11-tool', who, { encoding: 'utf8' }).stdout, new RegExp(identity.key))
  }
})

test('a token that does not hold such keys, or is away, leaves nothing behind', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const place: StorePlace = { scope: 'user', paths, platform: 'linux' }
  const uri = await soft.make('Card', '1111')
  const { certificate, keys } = await certify({ name: 'CN=Ed', spec: 'ed25519' })
  const material = { key: keys.privateKey, certificate: certificate.der, chain: [] }
  const refused = { code: 'key_unavailable', facts: { where: 'Card', why: 'refused' } }
  await assert.rejects((await tokens.named(uri, place))!.adopt(material), refused)
  await soft.takeAway()
  const away = await certify({ name: 'CN=Ana' })
  const absent = { code: 'key_unavailable', facts: { where: 'Card', why: 'absent' } }
  const other = { key: away.keys.privateKey, certificate: away.certificate.der, chain: [] }
  await assert.rejects((await tokens.named(uri, place))!.adopt(other), absent)
  assert.deepEqual(await (await tokens.known(place))[0]!.list(), [])
  assert.equal(existsSync(paths.userTokens), false)
})
