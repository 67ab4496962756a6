import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { type Certificate, formatName, makeExtension, parseCertificate } from '@scel/pki/x509'
import { authorityExtensions, certify } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import { orderChain, usesOf } from './index.ts'

const root = await certify({ name: 'CN=Root', extensions: authorityExtensions() })
const upper = await certify({ name: 'CN=Upper', issuer: root, serial: '02', extensions: authorityExtensions() })
const lower = await certify({ name: 'CN=Lower', issuer: upper, serial: '03', extensions: authorityExtensions() })
const leaf = await certify({ name: 'CN=Ana', issuer: lower, serial: '04' })
const of = (...holders: readonly { readonly certificate: Certificate }[]): Certificate[] =>
  holders.map(({ certificate }) => certificate)
const serials = (all: readonly Certificate[]): string[] => all.map(({ serialHex }) => serialHex)

test('a chain is put in order, and that it was not is known', async () => {
  const right = await orderChain(leaf.certificate, of(leaf, lower, upper, root))
  assert.deepEqual([serials(right.chain), right.root, right.inOrder], [['03', '02'], root.certificate, true])
  assert.deepEqual([right.missing, right.strangers], [undefined, []])
  const wrong = await orderChain(leaf.certificate, of(root, upper, leaf, lower))
  assert.deepEqual([serials(wrong.chain), wrong.root, wrong.inOrder], [['03', '02'], root.certificate, false])
  assert.equal((await orderChain(leaf.certificate, of(lower, leaf))).inOrder, false)
  assert.equal((await orderChain(leaf.certificate, of(lower, upper))).inOrder, true)
})

test('what is missing is named: above the certificate, or further up', async () => {
  const name = async (...holders: readonly { readonly certificate: Certificate }[]): Promise<string | undefined> => {
    const { missing } = await orderChain(leaf.certificate, of(leaf, ...holders))
    return missing && formatName(missing, 'rfc4514')
  }
  assert.equal(await name(), 'CN=Lower')
  assert.equal(await name(upper, root), 'CN=Lower')
  assert.equal(await name(lower, root), 'CN=Upper')
  assert.equal(await name(lower, upper), 'CN=Root')
  const own = await certify({ name: 'CN=Own' })
  const alone = await orderChain(own.certificate, of(own))
  assert.deepEqual([alone.chain, alone.root, alone.missing], [[], undefined, undefined])
})

test('an authority of the same name that did not sign is a stranger, and of two that did the root is taken', async () => {
  const impostor = await certify({ name: 'CN=Lower', issuer: root, serial: '05', extensions: authorityExtensions() })
  const found = await orderChain(leaf.certificate, of(impostor, leaf, lower, upper, root))
  assert.deepEqual([serials(found.chain), serials(found.strangers)], [['03', '02'], ['05']])
  const crossed = await certify({
    ...{ name: 'CN=Upper', keys: upper.keys, serial: '06' },
    extensions: authorityExtensions(),
  })
  const short = await orderChain(leaf.certificate, of(leaf, lower, upper, crossed, root))
  assert.deepEqual([serials(short.chain), short.root?.serialHex], [['03'], '06'])
})

test('thousands of authorities of one name cost a hundred signatures at most', async () => {
  const many = await Promise.all(
    Array.from({ length: 300 }, (_, at) =>
      certify({ name: 'CN=Lower', keys: upper.keys, serial: (4096 + at).toString(16) }),
    ),
  )
  const found = await orderChain(leaf.certificate, of(...many, ...many, leaf))
  assert.deepEqual([found.chain, found.strangers.length], [[], 300])
})

test('of authorities of one name the one that signed is found among a hundred, and not behind them; a chain has an end', async () => {
  const impostors = await Promise.all(
    Array.from({ length: 100 }, (_, at) =>
      certify({ name: 'CN=Lower', issuer: root, serial: (8192 + at).toString(16), notAfter: '2030-01-01T00:00:00Z' }),
    ),
  )
  const found = async (count: number) =>
    serials((await orderChain(leaf.certificate, of(leaf, lower, ...impostors.slice(0, count)))).chain)
  assert.deepEqual([await found(99), await found(100)], [['03'], []])
  const authorities = [root]
  for (let at = 1; at <= 12; at++) {
    const wish = { name: `CN=Above ${at}`, issuer: authorities.at(-1)!, serial: (100 + at).toString(16) }
    authorities.push(await certify({ ...wish, extensions: authorityExtensions() }))
  }
  const low = await certify({ name: 'CN=Low', issuer: authorities.at(-1)! })
  const long = await orderChain(low.certificate, of(...authorities))
  assert.deepEqual([long.chain.length, long.root, long.strangers.length], [10, undefined, 3])
  assert.equal(formatName(long.missing!, 'rfc4514'), 'CN=Above 2')
})

test('of two that signed the one that lasts longer is taken', async () => {
  const twin = { name: 'CN=Lower', keys: lower.keys, issuer: upper, extensions: authorityExtensions() }
  const [short, longer] = [
    await certify({ ...twin, serial: '0a', notAfter: '2026-12-31T00:00:00Z' }),
    await certify({ ...twin, serial: '0b', notAfter: '2029-12-31T00:00:00Z' }),
  ]
  for (const both of [of(short, longer), of(longer, short)])
    assert.deepEqual(serials((await orderChain(leaf.certificate, both)).chain), ['0b'])
})

test('under signatures of long ago, which the library does not know, names and key identifiers have to do', async (t) => {
  const openssl = bench(t, 'openssl')
  if (!openssl) return
  const made = (name: string, ...args: readonly string[]): Certificate => {
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-sha1', '-subj', `/CN=${name}`]
    const { ok, text } = openssl.run('openssl', 'req', '-x509', ...key, ...args, '-out', `${name}.pem`)
    assert.ok(ok, text)
    return parseCertificate(pemDecode(openssl.text(`${name}.pem`))[0]!.der)
  }
  const above = made('old')
  const other = made('other')
  const twin = made('twin', '-subj', '/CN=old')
  assert.equal(formatName(twin.subject, 'rfc4514'), 'CN=old')
  const below = made('below', '-CA', 'old.pem', '-CAkey', 'old.key')
  assert.deepEqual((await orderChain(below, [other, twin, above, below])).root, above)
  assert.deepEqual((await orderChain(below, [other, twin, below])).root, undefined)
})

test('an authority of the same name whose key is of another kind did not sign, whatever identifiers are missing', async () => {
  const bare = await certify({ name: 'CN=Bare', issuer: lower, only: [] })
  const impostor = await certify({ name: 'CN=Lower', spec: 'rsa-2048', only: [] })
  assert.deepEqual((await orderChain(bare.certificate, of(impostor, bare))).root, undefined)
  assert.deepEqual(serials((await orderChain(bare.certificate, of(impostor, lower))).chain), ['03'])
})

test('what a certificate is for is said as people ask for it', async () => {
  const uses = async (usage: readonly string[], purposes?: readonly string[]) =>
    usesOf(
      (
        await certify({
          ...{ name: 'CN=x', spec: 'rsa-2048' },
          extensions: [
            makeExtension('keyUsage', usage as never),
            ...(purposes ? [makeExtension('extendedKeyUsage', purposes)] : []),
          ],
        })
      ).certificate,
    )
  assert.deepEqual(await uses(['keyEncipherment'], ['emailProtection']), ['open'])
  assert.deepEqual(await uses(['digitalSignature'], ['emailProtection']), ['sign'])
  assert.deepEqual(await uses(['digitalSignature'], ['clientAuth']), ['client'])
  assert.deepEqual(await uses(['digitalSignature', 'keyEncipherment'], ['serverAuth', 'clientAuth']), [
    'client',
    'server',
  ])
})
