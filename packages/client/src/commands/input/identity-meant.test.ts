import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprint, makeExtension } from '@scel/pki/x509'
import { certify, type Holder, NOW, type Wish } from '@scel/testkit/authority'
import type { StoredIdentity } from '../../identities/identities.ts'
import type { KeyStore } from '../../keystores/index.ts'
import { identitiesMeant, identityMeant, isMeant, isRequestNumber, namesApart, ownIdentity } from './identity-meant.ts'
import type { Keys } from './keys.ts'
import type { State } from './session.ts'
import type { Shell } from './shell.ts'

const store = { name: 'drawer' } as KeyStore
const made = (name: string, wish: Partial<Wish> = {}): Promise<Holder> =>
  certify({
    name,
    extensions: [makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'ana@example.org' }])],
    ...wish,
  })
const stored = ({ certificate }: Holder, more: Partial<StoredIdentity['identity']> = {}): StoredIdentity => ({
  store,
  identity: {
    ...{ holder: { name: 'x' }, key: '0123456789abcdef', place: 'a drawer', madeAt: NOW, chain: [], current: true },
    ...{ certificate: certificate.der, ...more },
  },
})

type Session = Shell & State & Keys
const session = (all: readonly StoredIdentity[], records: readonly object[] = []): Session => {
  const desks = { records: async () => records }
  return { now: () => NOW, identities: { certified: async () => all }, desks } as unknown as Session
}

const [ana, other] = [await made('CN=Ana'), await made('CN=Ana')]

test('a certificate is meant by name, address or what its fingerprint begins with: 16 digits at least', async () => {
  const mark = await fingerprint(ana.certificate.der)
  const spelt = mark.toUpperCase().replace(/(..)(?!$)/g, '$1:')
  for (const word of ['ana', 'Ana', 'ANA@example.org', mark, mark.slice(0, 16), spelt])
    assert.ok(await isMeant(ana.certificate, word), word)
  for (const word of ['', 'An', 'bob@example.org', mark.slice(0, 15), mark.slice(1, 17), `${mark}00`, '0'.repeat(64)])
    assert.ok(!(await isMeant(ana.certificate, word)), word)
  assert.deepEqual(['1', '999999999999999', '0', '01', '1234567890123456', 'x'].map(isRequestNumber), [
    ...[true, true, false, false, false, false],
  ])
})

test('each is found once, former ones not, and those that are over only where no other is', async () => {
  const [over, early] = [
    await made('CN=Ana', { notBefore: '2020-01-01T00:00:00Z', notAfter: '2021-01-01T00:00:00Z' }),
    await made('CN=Ana', { notBefore: '2026-07-01T00:00:00Z' }),
  ]
  const found = async (...all: readonly StoredIdentity[]): Promise<readonly Uint8Array[]> =>
    (await identitiesMeant(session(all), async () => true)).map(({ identity }) => identity.certificate)
  assert.deepEqual(await found(stored(ana), stored(ana)), [ana.certificate.der])
  const places = await identitiesMeant(session([stored(ana), stored(ana, { place: 'below' })]), async () => true)
  assert.deepEqual(
    places.map(({ identity }) => identity.place),
    ['a drawer'],
  )
  assert.deepEqual(await found(stored(ana, { current: false })), [])
  assert.deepEqual(await found(stored(over), stored(ana), stored(early)), [ana.certificate.der])
  assert.deepEqual(await found(stored(over), stored(early)), [over.certificate.der, early.certificate.der])
  for (const bounds of [{ notBefore: NOW.toISOString() }, { notAfter: NOW.toISOString() }]) {
    const today = await made('CN=Ana', bounds)
    assert.deepEqual(
      await found(stored(over), stored(today)),
      [today.certificate.der],
      'from the first second to the last',
    )
  }
  const none = await identitiesMeant(session([stored(ana)]), async () => false)
  assert.deepEqual(none, [])
})

test('one alone is taken without a word, and of several the names, told apart, are asked for', async () => {
  assert.equal((await identityMeant(session([stored(ana)]), undefined)).identity.certificate, ana.certificate.der)
  assert.equal((await identityMeant(session([stored(ana)]), 'Ana')).identity.certificate, ana.certificate.der)
  await assert.rejects(identityMeant(session([]), undefined), { code: 'no_identity' })
  await assert.rejects(identityMeant(session([stored(ana)]), 'Bob'), { code: 'identity_unknown' })
  const both = [stored(ana), stored(other)]
  const names = await namesApart(both)
  assert.match(names, /^Ana \([0-9a-f]{16}\), Ana \([0-9a-f]{16}\)$/)
  await assert.rejects(identityMeant(session(both), 'Ana'), { code: 'identity_several', facts: { count: 2, names } })
  assert.equal(await namesApart([stored(ana), stored(await made('CN=Bob'))]), 'Ana, Bob')
  const nameless = await made('', { serial: '2a' })
  assert.equal(await namesApart([stored(ana), stored(nameless)]), 'Ana, 2a')
  // A number is that of a request at a desk, and no desk is known.
  await assert.rejects(identityMeant(session([stored(ana)]), '7'), { code: 'no_desk' })
  for (const word of ['7', undefined])
    await assert.rejects(ownIdentity(session([stored(ana)]), undefined, word), { code: 'no_desk' })
})

test('the desk that one is from is known by its record, where it is believed', async () => {
  const of = (desk: string): StoredIdentity => stored(ana, { holder: { desk, name: 'x' } })
  const [believed, cut] = [
    { name: 'production-1', record: { enrolledAt: '2026-01-01T00:00:00Z' } },
    { name: 'production-2', record: {} },
  ]
  const desk = async (one: StoredIdentity) =>
    (await ownIdentity(session([one], [believed, cut]), undefined, 'Ana')).desk
  assert.equal(await desk(of('production-1')), believed)
  for (const one of [of('production-2'), of('production-3'), stored(ana)]) assert.equal(await desk(one), undefined)
})
