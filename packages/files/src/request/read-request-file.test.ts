import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { concat, pemDecode, pemEncode, utf8 } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import { buildName, buildRequest, makeExtension } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import fc from 'fast-check'
import { LONGEST_REQUEST, type RequestFault, RequestFileRefused, readRequestFile } from './index.ts'

/** What openssl makes in a folder of its own, by file name; undefined where there is no openssl. */
function openssl(t: TestContext): ((...args: readonly string[]) => (name: string) => Uint8Array) | undefined {
  const peer = bench(t, 'openssl')
  if (!peer) return undefined
  return (...args) => {
    const { ok, text } = peer.run('openssl', ...args)
    assert.ok(ok, text)
    return peer.read
  }
}

const SUBJECT = ['-subj', '/C=FR/O=Scel/CN=www.example.org']
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ec.key']

const refused = (code: RequestFault) => (error: unknown) => error instanceof RequestFileRefused && error.code === code

test('a request of openssl says the same as PEM, with its text before, and as DER', async (t) => {
  const run = openssl(t)
  if (!run) return
  const wishes = ['-addext', 'subjectAltName=DNS:www.example.org,DNS:shop.example.org,IP:192.0.2.1']
  wishes.push('-addext', 'keyUsage=critical,digitalSignature', '-addext', 'extendedKeyUsage=serverAuth,codeSigning')
  wishes.push('-addext', 'basicConstraints=CA:FALSE', '-addext', 'tlsfeature=status_request')
  const pem = run('req', '-new', ...EC, '-out', 'a.csr', ...SUBJECT, ...wishes)('a.csr')
  const texted = run('req', '-in', 'a.csr', '-text', '-out', 'text.csr')('text.csr')
  const der = run('req', '-in', 'a.csr', '-outform', 'DER', '-out', 'a.der')('a.der')
  const said = await readRequestFile(pem)
  assert.deepEqual(await readRequestFile(texted), said)
  assert.deepEqual(await readRequestFile(der), said)
  assert.deepEqual(pemDecode(said.pem), [{ label: 'CERTIFICATE REQUEST', der: said.der }])
  const { der: _der, pem: _pem, fingerprint, ...rest } = said
  assert.match(fingerprint, /^[0-9a-f]{64}$/)
  assert.deepEqual(rest, {
    subject: 'CN=www.example.org,O=Scel,C=FR',
    attributes: [
      { label: 'C', type: 'countryName', oid: '2.5.4.6', value: 'FR' },
      { label: 'O', type: 'organizationName', oid: '2.5.4.10', value: 'Scel' },
      { label: 'CN', type: 'commonName', oid: '2.5.4.3', value: 'www.example.org' },
    ],
    names: [
      { kind: 'dNSName', text: 'www.example.org' },
      { kind: 'dNSName', text: 'shop.example.org' },
      { kind: 'iPAddress', text: '192.0.2.1' },
    ],
    key: { kind: 'ec', bits: 256, spec: 'ec-p256', name: 'ec-p256', smallExponent: false },
    signature: '1.2.840.10045.4.3.2',
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['serverAuth', 'codeSigning'],
    basicConstraints: { ca: false },
    otherExtensions: ['tlsFeature'],
    otherAttributes: [],
    possession: 'proved',
  })
})

test('RSA keys of openssl by their size, small exponents and all', async (t) => {
  const run = openssl(t)
  if (!run) return
  const read = async (...args: string[]) => {
    const file = run('req', '-new', '-nodes', '-keyout', 'k', '-out', 'r.csr', ...SUBJECT, ...args)('r.csr')
    const { key, possession } = await readRequestFile(file)
    return [key.name, key.spec, key.smallExponent, possession]
  }
  assert.deepEqual(await read('-newkey', 'rsa:2048'), ['rsa-2048', 'rsa-2048', false, 'proved'])
  assert.deepEqual(await read('-newkey', 'rsa:1024'), ['rsa-1024', undefined, false, 'proved'])
  const small = await read('-newkey', 'rsa:2048', '-pkeyopt', 'rsa_keygen_pubexp:3')
  assert.deepEqual(small, ['rsa-2048', 'rsa-2048', true, 'proved'])
})

const request = async (wishes: Partial<Parameters<typeof buildRequest>[0]> = {}): Promise<Uint8Array> => {
  const { privateKey: key } = await generateKeyPair('ec-p256')
  return buildRequest({ subject: buildName([{ type: 'commonName', value: 'www.example.org' }]), key, ...wishes })
}

test('a password that it carries is not repeated', async () => {
  const said = await readRequestFile(await request({ challengePassword: 'once-only' }))
  assert.deepEqual(said.otherAttributes, ['1.2.840.113549.1.9.7'])
  const { der: _der, pem: _pem, ...rest } = said
  assert.ok(!JSON.stringify(rest).includes('once-only'))
})

test('a file without a request, with several, or with a private key is none', async () => {
  const pem = pemEncode('CERTIFICATE REQUEST', await request())
  const key = pemEncode('PRIVATE KEY', Uint8Array.of(0x30, 0))
  for (const text of ['', 'hello', '{"kty":"EC"}', pemEncode('CERTIFICATE', Uint8Array.of(0x30, 0))]) {
    await assert.rejects(readRequestFile(utf8(text)), refused('request_file_without'), text)
  }
  await assert.rejects(readRequestFile(utf8(pem + pem)), refused('request_file_several'))
  for (const text of [pem + key, key + pem, '{"kty":"EC","d":"AA"}']) {
    await assert.rejects(readRequestFile(utf8(text)), refused('request_file_private_key'))
  }
  const old = pem.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST').replaceAll('\n', '\r\n')
  assert.equal((await readRequestFile(utf8(`\ufeff${old}`))).possession, 'proved')
})

test('whoever signed it with another key holds none', async () => {
  const der = await request()
  const other = der.slice()
  other[other.length - 1]! ^= 1
  assert.equal((await readRequestFile(other)).possession, 'failed')
})

test('what is too long is not read', async () => {
  const long = makeExtension('netscapeComment', 'x'.repeat(LONGEST_REQUEST))
  const tooLong = (error: unknown): boolean => isPkiError(error) && error.code === 'input_too_large'
  await assert.rejects(readRequestFile(await request({ extensions: [long] })), tooLong)
  await assert.rejects(readRequestFile(new Uint8Array(300_000)), tooLong)
  await assert.rejects(readRequestFile(utf8(`${' '.repeat(300_000)}-----BEGIN X-----`)), tooLong)
})

test('hostile input: cut, grown or with flipped bits it is refused by code, and never proves a key', async () => {
  const der = await request({ extensions: [makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'a.b' }])] })
  const check = async (bytes: Uint8Array): Promise<void> => {
    try {
      assert.notEqual((await readRequestFile(bytes)).possession, 'proved')
    } catch (error) {
      if (!isPkiError(error) && !(error instanceof RequestFileRefused)) throw error
    }
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(der.length * 8 - 1), async (bit) => {
      const flipped = der.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      await check(flipped)
    }),
    { numRuns: 300 },
  )
  for (let end = 0; end < der.length; end++) await check(der.subarray(0, end))
  await check(concat(der, Uint8Array.of(0)))
})
