import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeChain } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import fc from 'fast-check'
import { oid, sequence, setOf, string } from '../../asn1/index.ts'
import { pemEncode } from '../../bytes/index.ts'
import { generateKeyPair } from '../../crypto/index.ts'
import type { AttributeType, NameInput } from '../index.ts'
import { buildName, buildRequest, formatName, parseName } from '../index.ts'

const name = (...pairs: [AttributeType, string][]): NameInput[] => pairs.map(([type, value]) => ({ type, value }))

test('each form as its program prints it', () => {
  const plain = buildName(name(['countryName', 'FR'], ['organizationName', 'La Poste, SA'], ['commonName', 'pc-1']))
  assert.equal(formatName(plain, 'rfc4514'), 'CN=pc-1,O=La Poste\\, SA,C=FR')
  assert.equal(formatName(plain, 'openssl'), 'C = FR, O = "La Poste, SA", CN = pc-1')
  assert.equal(formatName(plain, 'windows'), 'CN=pc-1, O="La Poste, SA", C=FR')
  const rich = buildName(name(['stateOrProvinceName', 'Île'], ['emailAddress', 'a@b'], ['commonName', 'say "x"']))
  assert.equal(formatName(rich, 'windows'), 'CN="say ""x""", E=a@b, S=Île')
  assert.equal(formatName(rich, 'openssl'), 'ST = \\C3\\8Ele, emailAddress = a@b, CN = say \\"x\\"')
  assert.equal(formatName(buildName([]), 'rfc4514'), '')
})

test('the examples of RFC 4514 §4', () => {
  const pair = (type: string, value: string): Uint8Array => sequence(oid(type), string('UTF8String', value))
  const joined = parseName(sequence(setOf(pair('2.5.4.11', 'Sales'), pair('2.5.4.3', 'J.  Smith'))))
  assert.equal(formatName(joined, 'rfc4514').split('+').toSorted().join('+'), 'CN=J.  Smith+OU=Sales')
  const quoted = buildName(name(['commonName', 'James "Jim" Smith, III']))
  assert.equal(formatName(quoted, 'rfc4514'), 'CN=James \\"Jim\\" Smith\\, III')
  assert.equal(formatName(buildName(name(['commonName', 'Before\rAfter'])), 'rfc4514'), 'CN=Before\\0DAfter')
  const unknown = buildName([{ oid: '1.3.6.1.4.1.1466.0', value: 'HI' }])
  assert.equal(formatName(unknown, 'rfc4514'), '1.3.6.1.4.1.1466.0=#0C024849')
  assert.equal(formatName(unknown, 'windows'), 'OID.1.3.6.1.4.1.1466.0=HI')
})

test('openssl prints any name as we do, in both of its forms', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await makeChain()
  const { privateKey: key } = await generateKeyPair('ec-p256')
  const text = fc.string({
    unit: fc.constantFrom(...'ab Z0,+"\\<>;#=/\'é€\u0001\u007f😀'),
    minLength: 1,
    maxLength: 8,
  })
  const types = fc.constantFrom<AttributeType>('commonName', 'organizationName', 'localityName', 'title', 'pseudonym')
  const samples = fc.sample(fc.array(fc.tuple(types, text), { minLength: 1, maxLength: 3 }), 60)
  for (const sample of samples) {
    const subject = buildName(name(...sample))
    peer.write('r.pem', pemEncode('CERTIFICATE REQUEST', await buildRequest({ subject, key })))
    const printed = (option: string): string =>
      peer.run('openssl', 'req', '-in', 'r.pem', '-noout', '-subject', '-nameopt', option).text.slice(8, -1)
    assert.equal(formatName(subject, 'openssl'), printed('oneline'))
    // A lone # must be escaped (RFC 4514 §2.4); OpenSSL forgets it.
    if (sample.every(([, value]) => value !== '#')) {
      assert.equal(formatName(subject, 'rfc4514'), printed('rfc2253,-esc_msb'))
    }
  }
})
