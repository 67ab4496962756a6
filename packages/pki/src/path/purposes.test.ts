// What each purpose asks of a leaf: extended key usage, key usage, and both at once.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityExtensions, certify, makeChain, NOW, named, pathOf } from '@scel/testkit/authority'
import type { KeySpec } from '../algorithms/index.ts'
import { generateKeyPair } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Extension, KeyUsageBit } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { Purpose } from './index.ts'
import { validatePath } from './index.ts'

const { root } = await makeChain()
const keys = {
  'ec-p256': await generateKeyPair('ec-p256'),
  'rsa-2048': await generateKeyPair('rsa-2048'),
  x25519: await generateKeyPair('x25519'),
} satisfies Partial<Record<KeySpec, unknown>>

type Verdict = 'valid' | PkiErrorCode

async function verdict(
  extensions: readonly Extension[],
  purpose: Purpose,
  spec: keyof typeof keys = 'ec-p256',
): Promise<Verdict> {
  const leaf = await certify({ name: named('leaf'), issuer: root, keys: keys[spec], extensions })
  try {
    const anchors = [root.certificate]
    const options = { intermediates: [], anchors, at: NOW, revocation: 'not-asked' } as const
    await validatePath({ ...options, leaf: leaf.certificate, purpose })
    return 'valid'
  } catch (error) {
    if (isPkiError(error)) return error.code
    throw error
  }
}

const named1 = (...purposes: string[]): Extension => makeExtension('extendedKeyUsage', purposes)
const bits = (...usages: KeyUsageBit[]): Extension => makeExtension('keyUsage', usages)

const PURPOSES: readonly Purpose[] = [
  'clientAuth',
  'serverAuth',
  'emailProtection',
  'emailSigning',
  'emailEncryption',
  'codeSigning',
  'ocspSigning',
]
const eku = (purpose: Purpose): string => (purpose.startsWith('email') ? 'emailProtection' : purpose)

test('a purpose that is named serves itself and no other', async () => {
  for (const given of PURPOSES) {
    for (const asked of PURPOSES) {
      const expected = eku(given) === eku(asked) ? 'valid' : 'usage_not_allowed'
      assert.equal(await verdict([named1(eku(given))], asked), expected, `${given} for ${asked}`)
    }
    assert.equal(await verdict([named1(eku(given))], 'any'), 'valid')
  }
})

test('silence and anyExtendedKeyUsage serve TLS and mail, and neither code, time nor OCSP', async () => {
  for (const asked of [...PURPOSES, 'timeStamping'] as const) {
    const explicit = ['codeSigning', 'ocspSigning', 'timeStamping'].includes(asked)
    const expected = explicit ? 'usage_not_allowed' : 'valid'
    assert.equal(await verdict([], asked), expected, asked)
    assert.equal(await verdict([named1('anyExtendedKeyUsage')], asked), expected, asked)
  }
})

test('a mail certificate that may only sign does not decrypt, and the other way round', async () => {
  const cases: readonly [keyof typeof keys, KeyUsageBit[], Verdict, Verdict][] = [
    ['ec-p256', ['digitalSignature'], 'valid', 'key_usage_missing'],
    ['ec-p256', ['nonRepudiation'], 'valid', 'key_usage_missing'],
    ['ec-p256', ['keyAgreement'], 'key_usage_missing', 'valid'],
    ['ec-p256', ['digitalSignature', 'keyAgreement'], 'valid', 'valid'],
    ['ec-p256', ['keyEncipherment'], 'key_usage_missing', 'key_usage_missing'],
    ['rsa-2048', ['keyEncipherment'], 'key_usage_missing', 'valid'],
    ['rsa-2048', ['digitalSignature', 'keyEncipherment'], 'valid', 'valid'],
    ['rsa-2048', ['keyAgreement'], 'key_usage_missing', 'key_usage_missing'],
    ['x25519', ['keyAgreement'], 'usage_not_allowed', 'valid'],
  ]
  for (const [spec, usages, signs, decrypts] of cases) {
    const extensions = [named1('emailProtection'), bits(...usages)]
    const what = `${spec} ${usages.join()}`
    assert.equal(await verdict(extensions, 'emailSigning', spec), signs, `${what} signs`)
    assert.equal(await verdict(extensions, 'emailEncryption', spec), decrypts, `${what} decrypts`)
    assert.equal(await verdict(extensions, 'emailProtection', spec), 'valid', `${what} either`)
  }
  assert.equal(await verdict([named1('emailProtection'), bits('cRLSign')], 'emailProtection'), 'key_usage_missing')
})

test('a key that cannot sign signs nothing, even where key usage is silent', async () => {
  const silent = [named1('emailProtection')]
  assert.equal(await verdict(silent, 'emailSigning', 'x25519'), 'usage_not_allowed')
  assert.equal(await verdict(silent, 'emailEncryption', 'x25519'), 'valid')
  assert.equal(await verdict([named1('codeSigning')], 'codeSigning', 'x25519'), 'usage_not_allowed')
})

test('time stamping stands alone and critical (RFC 3161 §2.3)', async () => {
  const critical = (...purposes: string[]): Extension => makeExtension('extendedKeyUsage', purposes, true)
  assert.equal(await verdict([critical('timeStamping')], 'timeStamping'), 'valid')
  assert.equal(await verdict([critical('timeStamping'), bits('nonRepudiation')], 'timeStamping'), 'valid')
  assert.equal(await verdict([named1('timeStamping')], 'timeStamping'), 'usage_not_allowed')
  assert.equal(await verdict([critical('timeStamping', 'codeSigning')], 'timeStamping'), 'usage_not_allowed')
  assert.equal(await verdict([critical('timeStamping'), bits('keyAgreement')], 'timeStamping'), 'key_usage_missing')
})

test('purposes of an authority bound the leaf: each purpose by its own name', async () => {
  const limits = [...authorityExtensions(), named1('emailProtection')]
  const mail = await certify({ name: named('Mail'), issuer: root, extensions: limits })
  const leaf = await certify({
    name: named('leaf'),
    issuer: mail,
    extensions: [named1('emailProtection', 'codeSigning', 'clientAuth', 'ocspSigning')],
  })
  const judge = (purpose: Purpose): Promise<Verdict> =>
    validatePath({ ...pathOf({ root, issuing: mail, leaf }), purpose }).then(
      () => 'valid',
      (error) => error.code,
    )
  for (const purpose of ['emailSigning', 'emailEncryption', 'ocspSigning', 'any'] as const) {
    assert.equal(await judge(purpose), 'valid', purpose)
  }
  for (const purpose of ['codeSigning', 'clientAuth'] as const) assert.equal(await judge(purpose), 'usage_not_allowed')
})
