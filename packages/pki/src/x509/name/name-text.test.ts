import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import fc from 'fast-check'
import { pemEncode, toHex } from '../../bytes/index.ts'
import { generateKeyPair } from '../../crypto/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import type { NameForm, NameInput } from '../index.ts'
import { ATTRIBUTES, buildName, buildRequest, formatName, parseNameText, parseRequest, sameName } from '../index.ts'

const FORMS: readonly NameForm[] = ['rfc4514', 'openssl', 'windows']
const shown = (text: string, form?: NameForm): string => formatName(parseNameText(text, form), 'rfc4514')

test('the examples of RFC 4514 §4 are read', () => {
  for (const text of [
    'UID=jsmith,DC=example,DC=net',
    'OU=Sales+CN=J.  Smith,DC=example,DC=net',
    'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net',
    'CN=Before\\0DAfter,DC=example,DC=net',
    '1.3.6.1.4.1.1466.0=#04024869',
    'CN=Lučić',
  ]) {
    assert.ok(sameName(parseNameText(shown(text)), parseNameText(text)), text)
  }
  assert.equal(shown('UID=jsmith,DC=example,DC=net'), 'UID=jsmith,DC=example,DC=net')
  assert.equal(shown('CN=Lu\\C4\\8Di\\C4\\87'), 'CN=Lučić')
  assert.equal(shown('CN=James \\"Jim\\" Smith\\, III'), 'CN=James \\"Jim\\" Smith\\, III')
  const hexadecimal = parseNameText('1.3.6.1.4.1.1466.0=#04024869,O=Test')
  assert.equal(toHex(hexadecimal.rdns[1]![0]!.valueDer), '04024869')
})

test('what people type: blanks around separators, quotes, small letters, numbers, several values in a step', () => {
  assert.equal(shown('cn = Ana , o="La Poste, SA",st=Bas-Rhin'), 'CN=Ana,O=La Poste\\, SA,ST=Bas-Rhin')
  assert.equal(shown('OID.2.5.4.3=Ana,2.5.4.10=Scel,organizationName=x,S=y'), 'CN=Ana,O=Scel,O=x,ST=y')
  assert.equal(shown('CN=Ana\\ '), 'CN=Ana\\ ')
  assert.equal(shown('/C=FR/O=a\\/b/CN=x+OU=y, z'), 'CN=x+OU=y\\, z,O=a/b,C=FR')
  assert.equal(shown('C = FR, O = "La Poste, SA", CN = \\C3\\A9', 'openssl'), 'CN=é,O=La Poste\\, SA,C=FR')
  assert.equal(shown('CN="say ""x""", E=a@b, S=Île', 'windows'), 'CN=say \\"x\\",emailAddress=a@b,ST=Île')
  assert.equal(parseNameText('').rdns.length, 0)
})

test('text that is no name is refused with a code', () => {
  const cases: readonly (readonly [string, NameForm?])[] = [
    ['Ana'],
    ['CN=Ana,'],
    ['CN=a,,O=b'],
    ['XX=Ana'],
    ['__proto__=Ana'], // node-forge CVE-2020-7720
    ['constructor=Ana'],
    ['CN='],
    ['CN=""'],
    ['CN=a"b'],
    ['CN="a'],
    ['CN="a" b'],
    ['CN=a;O=b'],
    ['CN=a<b'],
    ['CN=\\g'],
    ['CN=\\C3'],
    ['CN=#0C0'],
    ['CN=#'],
    ['CN=#0C05'],
    ['CN=#300101'],
    ['CN=a\\00b'],
    ['C=Île'],
    ['2.5.040.3=x'],
    ['/CN=a/'],
    ['/CN'],
    ['CN=a+'],
    ['CN="a""', 'windows'],
    ['CN=a#b', 'windows'],
    ['/CN=a', 'rfc4514'],
  ]
  for (const [text, form] of cases) assert.throws(() => parseNameText(text, form), isPkiError, text)
  assert.throws(
    () => parseNameText('a'.repeat(20_000)),
    (error) => hasCode(error, 'input_too_large'),
  )
})

test('a lone half of a surrogate pair is told as what it is', () => {
  assert.throws(
    () => parseNameText('CN=\ud800'),
    (error) => hasCode(error, 'name_malformed'),
  )
})

test('every name is read back from each form that it is printed in', () => {
  const character = fc.constantFrom(...'ab Z0,+"\\<>;#=/\'é€\n\u0001\u007f😀')
  const value = fc.string({ unit: character, minLength: 1, maxLength: 8 })
  const wide = ATTRIBUTES.filter(({ string }) => string === 'UTF8String').map(({ oid }) => oid)
  const attribute = fc.record({ oid: fc.constantFrom(...wide, '1.2.3.4'), value })
  const steps = fc.array(fc.uniqueArray(attribute, { minLength: 1, maxLength: 3, selector: ({ oid }) => oid }), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(steps, fc.constantFrom(...FORMS), (given, form) => {
      const name = buildName(given)
      assert.deepEqual(parseNameText(formatName(name, form), form).der, name.der)
    }),
    { numRuns: 2_000 },
  )
})

test('any text ends in a name or in an error of ours', () => {
  const text = fc.string({ unit: fc.constantFrom(...'CNO=,+"\\/#; 0a.é'), maxLength: 24 })
  fc.assert(
    fc.property(text, fc.constantFrom(undefined, ...FORMS), (given, form) => {
      try {
        const name = parseNameText(given, form)
        assert.ok(sameName(parseNameText(formatName(name, 'rfc4514'), 'rfc4514'), name), given)
      } catch (error) {
        assert.ok(isPkiError(error), `${given}: ${error}`)
      }
    }),
    { numRuns: 5_000 },
  )
})

test('openssl makes the same name of what follows -subj, and prints every attribute type as we do', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const made = peer.run('openssl', 'genpkey', '-algorithm', 'ed25519', '-out', 'k.pem')
  assert.ok(made.ok, made.text)
  const subjects = ['/C=FR/O=La Poste, SA/CN=a\\/b', '/CN=x+OU=y/UID= z ', '/DC=org/CN=a=b#c\\+d', '/2.5.4.97=VATFR-1']
  for (const subject of subjects) {
    const asked = ['req', '-new', '-key', 'k.pem', '-utf8', '-subj', subject, '-out', 'r.der', '-outform', 'DER']
    const answer = peer.run('openssl', ...asked)
    assert.ok(answer.ok, answer.text)
    assert.ok(sameName(parseRequest(peer.read('r.der')).subject, parseNameText(subject)), subject)
  }
  const { privateKey: key } = await generateKeyPair('ec-p256')
  const everything: NameInput[] = ATTRIBUTES.map(({ type, string }) => ({
    type,
    value: string === 'NumericString' ? '12' : 'FR',
  }))
  const subject = buildName(everything)
  peer.write('all.pem', pemEncode('CERTIFICATE REQUEST', await buildRequest({ subject, key })))
  const printed = (option: string): string =>
    peer.run('openssl', 'req', '-in', 'all.pem', '-noout', '-subject', '-nameopt', option).text.slice(8, -1)
  assert.equal(formatName(subject, 'openssl'), printed('oneline'))
  assert.equal(formatName(subject, 'rfc4514'), printed('rfc2253,-esc_msb'))
})
