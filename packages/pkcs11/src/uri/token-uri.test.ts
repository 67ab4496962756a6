import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasTokenCode } from '../errors/token-error.ts'
import { formatTokenUri, parseTokenUri } from './token-uri.ts'

const isMalformed = (what: string) => (error: unknown) =>
  hasTokenCode(error, 'token_uri_malformed') && error.facts.what === what

test('the examples of RFC 7512 are read as it says', () => {
  assert.deepEqual(
    parseTokenUri(
      'pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;model=1.0;id=%69%95%3E',
    ),
    {
      token: 'The Software PKCS#11 Softtoken',
      manufacturer: 'Snake Oil, Inc.',
      model: '1.0',
      id: Uint8Array.of(0x69, 0x95, 0x3e),
    },
  )
  assert.deepEqual(
    parseTokenUri('pkcs11:object=my-key;type=private?module-path=/mnt/lib.so&pin-source=file:/etc/token_pin'),
    {
      object: 'my-key',
      modulePath: '/mnt/lib.so',
      pinSource: '/etc/token_pin',
    },
  )
  assert.equal(parseTokenUri('pkcs11:token=a?pin-source=file:///etc/pin').pinSource, '/etc/pin')
})

test('what is written is read again, whatever is in a name', () => {
  const uri = {
    token: 'Été; 100 % & ?',
    object: 'a/b=c',
    id: Uint8Array.of(0, 255),
    modulePath: '/a b/é.so',
    pinSource: '/x?y',
  }
  assert.deepEqual(parseTokenUri(formatTokenUri(uri)), uri)
})

test('a PIN in a URI is refused, and its value is in no error', () => {
  assert.throws(() => parseTokenUri('pkcs11:token=a?pin-value=1234'), isMalformed('pin-value'))
  try {
    parseTokenUri('pkcs11:token=a;pin-value=1234')
  } catch (error) {
    assert.ok(!JSON.stringify(error).includes('1234'))
  }
})

test('what this program would have to ignore is refused', () => {
  assert.throws(() => parseTokenUri('pkcs11:slot-id=3'), isMalformed('slot-id'))
  // What it is said to be is not shown: it may be a PIN.
  assert.throws(() => parseTokenUri('pkcs11:token=a?PIN-VALUE=1234'), isMalformed('PIN-VALUE'))
  assert.throws(() => parseTokenUri('pkcs11:token=a;token=b'), isMalformed('token'))
  assert.throws(() => parseTokenUri('pkcs11:token=a?pin-source=|cat%20pin'), isMalformed('pin-source'))
  assert.throws(() => parseTokenUri('pkcs11:token=%zz'), isMalformed('%'))
  assert.throws(() => parseTokenUri('pkcs11:token=%ff'), isMalformed('token'))
  assert.throws(() => parseTokenUri('pkcs11:token=%e9'), isMalformed('token'))
  assert.throws(() => parseTokenUri('file:/etc/passwd'), isMalformed('pkcs11:'))
})
