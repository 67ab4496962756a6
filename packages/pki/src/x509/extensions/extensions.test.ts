import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { damaged } from '../../../test/damage.ts'
import { EXTENSION_VALUES } from '../../../test/extension-values.ts'
import { checkDer } from '../../asn1/index.ts'
import { fromHex, toHex } from '../../bytes/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import type { ExtensionCodec, ExtensionName, GeneralName } from '../index.ts'
import {
  buildName,
  EXTENSIONS,
  extension,
  extensionName,
  formatIpAddress,
  makeExtension,
  parseIpAddress,
} from '../index.ts'

const names: GeneralName[] = [
  { kind: 'dNSName', value: '*.example.com' },
  { kind: 'rfc822Name', value: 'ana@example.com' },
  { kind: 'uri', value: 'http://example.com/a?b' },
  { kind: 'iPAddress', value: '192.0.2.1' },
  { kind: 'directoryName', name: buildName([{ type: 'commonName', value: 'x' }]) },
  { kind: 'otherName', oid: '1.3.6.1.4.1.311.20.2.3', value: fromHex('0c0161') },
  { kind: 'registeredID', oid: '1.2.3' },
  { kind: 'unread', der: fromHex('a5020500') },
]

test('every extension of the list has values to be tested with', () => {
  assert.deepEqual(Object.keys(EXTENSION_VALUES), Object.keys(EXTENSIONS))
})

// Bits without a name are read over: they are those of a later edition.
const DROPS_BITS: ReadonlySet<ExtensionName> = new Set(['keyUsage', 'netscapeCertType'])

for (const name of Object.keys(EXTENSIONS) as ExtensionName[]) {
  test(`${name}: what is written is read back the same, and damage ends in an error of ours`, () => {
    const values: fc.Arbitrary<unknown> = EXTENSION_VALUES[name]
    const codec = EXTENSIONS[name] as ExtensionCodec<unknown>
    fc.assert(
      fc.property(values, (value) => {
        const made = makeExtension(name, value as never)
        assert.equal(extensionName(made.oid), name)
        checkDer(made.value, name)
        const read = extension({ extensions: [made] }, name)
        assert.deepEqual(read, value)
        assert.ok(
          typeof read !== 'object' || read instanceof Uint8Array || Object.isFrozen(read) || read instanceof Date,
        )
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(
        values.chain((value) => damaged(codec.write(value))),
        ({ bytes, how }) => {
          let read: unknown
          try {
            read = codec.parse(bytes)
          } catch (error) {
            assert.ok(isPkiError(error), `${how}: ${error}`)
            return
          }
          // What is read from anything at all can be written, and then says the same in the same octets: DER has one
          // encoding of each value.
          const again = codec.write(read)
          assert.deepEqual(codec.parse(again), read, how)
          if (!DROPS_BITS.has(name)) assert.equal(toHex(again), toHex(bytes), how)
        },
      ),
      { numRuns: 400 },
    )
  })
}

test('an extension that is not there is undefined', () => {
  assert.equal(extension({ extensions: [] }, 'keyUsage'), undefined)
})

test('criticality is what the standard asks for, unless told otherwise', () => {
  assert.equal(makeExtension('basicConstraints', { ca: true }).critical, true)
  assert.equal(makeExtension('basicConstraints', { ca: false }).critical, false)
  assert.equal(makeExtension('keyUsage', ['cRLSign']).critical, true)
  assert.equal(makeExtension('subjectAltName', names, true).critical, true)
})

test('a list of named bits ends with one that is set, and unnamed bits say nothing (X.690 §11.2.2)', () => {
  assert.deepEqual(EXTENSIONS.keyUsage.parse(fromHex('030100')), [])
  assert.deepEqual(EXTENSIONS.keyUsage.parse(fromHex('03020780')), ['digitalSignature'])
  assert.deepEqual(EXTENSIONS.keyUsage.parse(fromHex('0303060040')), [])
  for (const hex of ['03020700', '03020080', '0303078000', '030200', '0306070000000080', '0306000000000001']) {
    assert.throws(() => EXTENSIONS.keyUsage.parse(fromHex(hex)), isPkiError, hex)
  }
})

test('node-forge CVE-2020-7720: words that every object knows are no purposes and no types', () => {
  for (const word of ['__proto__', 'constructor', 'toString']) {
    assert.throws(() => makeExtension('extendedKeyUsage', [word]), isPkiError, word)
    assert.throws(() => makeExtension('qcStatements', [{ kind: 'type', types: [word] }]), isPkiError, word)
    assert.throws(() => makeExtension('authorityInfoAccess', [{ method: word, location: names[0]! }]), isPkiError, word)
  }
})

test('defaults that DER leaves out are refused when written out', () => {
  for (const [name, hex] of [
    ['basicConstraints', '3003010100'],
    ['issuingDistributionPoint', '3003810100'],
    ['nameConstraints', '3000'],
    ['extendedKeyUsage', '3000'],
    ['subjectAltName', '3000'],
  ] as const) {
    assert.throws(() => EXTENSIONS[name].parse(fromHex(hex)), isPkiError, name)
  }
})

test('IP addresses are read and printed as RFC 5952 has them', () => {
  for (const text of ['0.0.0.0', '255.1.2.3', '::', '::1', '2001:db8::1', '1:2:3:4:5:6:7:8', '1::8', 'a:0:0:b::c']) {
    assert.equal(formatIpAddress(parseIpAddress(text)), text)
  }
  assert.equal(toHex(parseIpAddress('10.0.0.0/255.0.0.0')), '0a000000ff000000')
  for (const text of [
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
    '::1/8',
    '',
  ]) {
    assert.throws(
      () => parseIpAddress(text),
      (error) => hasCode(error, 'name_malformed'),
      text,
    )
  }
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  )
  fc.assert(fc.property(octets, (bytes) => assert.deepEqual(parseIpAddress(formatIpAddress(bytes)), bytes)))
})
