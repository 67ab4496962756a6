// The files that NSS tests its own reader with, with exactly what NSS expects of them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Exception, judge, settle, vectors } from '@scel/testkit/vectors'
import { readCertificateBag } from '../cms/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import { parseCertificate } from '../x509/index.ts'
import { openPkcs12 } from './index.ts'

interface Case {
  readonly file: string
  readonly passphrase: string
  /** The key as it prints, how the file is protected; or the code of the refusal. */
  readonly expected: string
}

const AES = 'PBES2 AES-256-CBC'
const kem = (size: number): Case[] =>
  ['seed', 'priv', 'both'].map((form) => ({
    file: `openssl-ml-kem-${size}-${form}.p12`,
    passphrase: 'test',
    expected: `ml-kem-${size}, HMAC SHA-256, ${AES}`,
  }))

const CASES: readonly Case[] = [
  { file: 'PKCS5WithImplicitKDF.p12', passphrase: 'password', expected: 'rsa-3072, HMAC SHA-1, PBES2 AES-128-CBC' },
  // Old NSS: the passphrase as BMPString; the first says AES-128 and means the 256 bits of its key length.
  { file: 'TestOldAES128CA.p12', passphrase: 'nss', expected: `rsa-2048, HMAC SHA-1, ${AES}` },
  { file: 'TestOldCA.p12', passphrase: 'nss', expected: `rsa-2048, HMAC SHA-1, ${AES}` },
  { file: 'TestRSAPSS.p12', passphrase: '', expected: 'rsa-pss-2048, HMAC SHA-1, PKCS #12 RC2-40, PKCS #12 3DES' },
  { file: 'corrupted_cert_bag.pk12', passphrase: 'start', expected: 'der_malformed' },
  ...kem(768),
  ...kem(1024),
  { file: 'pbmac1-valid-sha256.p12', passphrase: '1234', expected: `rsa-2048, PBMAC1 SHA-256, ${AES}` },
  { file: 'pbmac1-valid-sha256-sha512.p12', passphrase: '1234', expected: `rsa-2048, PBMAC1 SHA-256, ${AES}` },
  { file: 'pbmac1-valid-sha512.p12', passphrase: '1234', expected: `rsa-2048, PBMAC1 SHA-512, ${AES}` },
  // Another salt or count gives another key: it looks like another passphrase, and cannot look otherwise.
  { file: 'pbmac1-invalid-bad-iter.p12', passphrase: '1234', expected: 'passphrase_wrong' },
  { file: 'pbmac1-invalid-bad-salt.p12', passphrase: '1234', expected: 'passphrase_wrong' },
  { file: 'pbmac1-invalid-no-length.p12', passphrase: '1234', expected: 'pkcs12_malformed' },
]
const SMIME: readonly Case[] = [
  { file: 'Fran.p12', passphrase: 'nss', expected: 'rsa-2048, HMAC SHA-1, PKCS #12 3DES' },
  { file: 'Fran-ec.p12', passphrase: 'nss', expected: 'ec-p384, HMAC SHA-1, PKCS #12 3DES' },
]
const EXCEPTIONS: Readonly<Record<string, Exception>> = {}

for (const [folder, cases] of [
  ['nss/pkcs12', CASES],
  ['nss/smime', SMIME],
] as const) {
  test(`NSS’s own files in ${folder}: opened as NSS opens them, or refused with the reason`, async (t) => {
    const suite = vectors(t, folder)
    if (!suite) return
    const files = suite.list('.').filter((file) => /\.(p12|pk12)$/.test(file))
    assert.deepEqual(files, cases.map(({ file }) => file).toSorted(), 'every file has its expectation')
    const agrees = new Map<string, boolean>()
    for (const { file, passphrase, expected } of cases) {
      const verdict = await outcome(suite.read(file), passphrase)
      if (verdict !== expected) t.diagnostic(`${file}: ${verdict} instead of ${expected}`)
      agrees.set(file, verdict === expected)
    }
    settle(
      t,
      `PKCS #12 ${folder}`,
      judge(
        cases.map(({ file }) => ({ id: file, accept: true })),
        EXCEPTIONS,
        agrees,
      ),
    )
  })
}

test('PeculiarVentures/ASN1.js#131: the nesting attacks of Bouncy Castle end at once, as .p12 and as .p7b', async (t) => {
  const suite = vectors(t, 'bouncycastle')
  if (!suite) return
  const agrees = new Map<string, boolean>()
  for (const file of suite.list('.')) {
    agrees.set(`${file} as .p12`, (await outcome(suite.read(file), '')) === 'der_too_deep')
    try {
      readCertificateBag(suite.read(file))
    } catch (error) {
      agrees.set(`${file} as .p7b`, hasCode(error, 'der_too_deep'))
    }
  }
  assert.equal(agrees.size, 4)
  const cases = [...agrees.keys()].map((id) => ({ id, accept: true }))
  settle(t, 'nesting attacks as containers', judge(cases, {}, agrees))
})

async function outcome(file: Uint8Array, passphrase: string): Promise<string> {
  try {
    const { keys, certificates, protection } = await openPkcs12(file, passphrase, {
      accept: 'any',
      dangerOldCiphers: true,
    })
    const [only] = keys
    for (const { der } of certificates) parseCertificate(der)
    if (keys.length !== 1 || !only?.certificate) return 'opens without key or certificate'
    return [`${only.key}`.slice(12, -1), protection.mac, ...protection.encryption].join(', ')
  } catch (error) {
    return isPkiError(error) ? error.code : `${error}`
  }
}
