// The certificates that OpenSSL 3.5 made for the IETF hackathon on post-quantum certificates (round 5): ML-DSA, SLH-DSA
// and ML-KEM, private keys in every form, ciphertexts with the secret that they hold.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Exception, judge, settle, vectors } from '@scel/testkit/vectors'
import { equal } from '../src/bytes/index.ts'
import type { PrivateKey } from '../src/crypto/index.ts'
import {
  decapsulate,
  defaultSignature,
  exportPrivateKey,
  importPrivateKey,
  keyMatches,
  sign,
  verify,
} from '../src/crypto/index.ts'
import type { Certificate } from '../src/x509/index.ts'
import { parseCertificate, verifyIssuedBy } from '../src/x509/index.ts'
import { unzip } from './unzip.ts'

const EXCEPTIONS: Readonly<Record<string, Exception>> = {}

const FORMS = { _seed: 'seed', _expandedkey: 'expanded', _both: 'both' } as const

test('OpenSSL 3.5: every certificate verifies, every key form is its key, every ciphertext opens', async (t) => {
  const folder = vectors(t, 'pqc')
  if (!folder) return
  const files = unzip(folder.read('openssl35-certificates-r5.zip'))
  const certificateOf = (stem: string): Certificate => {
    const der = files.get(`${stem}_ta.der`) ?? files.get(`${stem}_ee.der`)
    return parseCertificate(der ?? assert.fail(`no certificate for ${stem}`))
  }
  const checks: Readonly<Record<string, (stem: string, content: Uint8Array) => Promise<boolean>>> = {
    '_ta.der': async (_, der) => verifyIssuedBy(parseCertificate(der), parseCertificate(der)),
    // ML-KEM certificates are signed by the ML-DSA key of like strength, whose certificate is its own.
    '_ee.der': async (_, der) => {
      const certificate = parseCertificate(der)
      const issuers = [...files].filter(([name]) => name.endsWith('_ta.der')).map(([, ta]) => parseCertificate(ta))
      const issuer = issuers.find(({ subject }) => equal(subject.der, certificate.issuer.der))
      return issuer !== undefined && verifyIssuedBy(certificate, issuer)
    },
    '_priv.der': async (stem, der) => matches(await importPrivateKey(der), certificateOf(stem)),
    '_ciphertext.bin': async (stem, ciphertext) => {
      const key = await importPrivateKey(files.get(`${stem}_seed_priv.der`)!)
      const expanded = await importPrivateKey(files.get(`${stem}_expandedkey_priv.der`)!)
      const secrets = await Promise.all([key, expanded].map((one) => decapsulate(one, ciphertext)))
      return secrets.every((secret) => equal(secret, files.get(`${stem}_ss.bin`)!))
    },
    '_ss.bin': async (stem) => files.has(`${stem}_ciphertext.bin`),
  }
  const accepts = new Map<string, boolean>()
  for (const [name, content] of files) {
    const [ending, check] = Object.entries(checks).find(([end]) => name.endsWith(end)) ?? assert.fail(name)
    const stem = name.slice(0, -ending.length).replace(/_(seed|expandedkey|both)$/, '')
    accepts.set(name, await check(stem, content))
  }
  assert.equal(accepts.size, 54)
  const cases = [...accepts.keys()].map((id) => ({ id, accept: true }))
  settle(t, 'OpenSSL 3.5 post-quantum', judge(cases, EXCEPTIONS, accepts))
})

test('OpenSSL 3.5: keys are written again in the form that is asked for, byte for byte as OpenSSL writes them', async (t) => {
  const folder = vectors(t, 'pqc')
  if (!folder) return
  const files = unzip(folder.read('openssl35-certificates-r5.zip'))
  let written = 0
  for (const [name, der] of files) {
    if (!name.endsWith('_priv.der')) continue
    const ending = /_(seed|expandedkey|both)(?=_priv)/.exec(name)?.[0] as keyof typeof FORMS | undefined
    const key = await importPrivateKey(der)
    assert.deepEqual(await exportPrivateKey(key), ending === '_both' ? files.get(name.replace('_both', '_seed')) : der)
    if (ending !== '_seed') continue
    for (const [end, form] of Object.entries(FORMS)) {
      assert.deepEqual(await exportPrivateKey(key, { form }), files.get(name.replace('_seed', end)), name + form)
      written++
    }
  }
  assert.equal(written, 18)
})

/** Whether the key is the certificate's, shown by a signature where it signs. */
async function matches(key: PrivateKey, { publicKey }: Certificate): Promise<boolean> {
  if (!keyMatches(key, publicKey.spki)) return false
  // ML-KEM does not sign, and with the small sets of SLH-DSA a signature takes seconds.
  if (key.kind === 'ml-kem' || key.spec.endsWith('s')) return true
  const data = Uint8Array.of(1, 2, 3)
  return verify(defaultSignature(key.spec), publicKey.spki, data, await sign(key, data))
}
