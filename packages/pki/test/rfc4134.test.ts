// The keys, certificates and revocation lists of RFC 4134 §2: RSA of 1024 bits and DSA, signed with SHA-1 and MD5 in 1999.
// They are read, and their signatures checked, by the functions for archives; nothing else of the library takes them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Exception, judge, settle, type Vectors, vectors } from '@scel/testkit/vectors'
import { equal, toHex } from '../src/bytes/index.ts'
import { importPrivateKey, keyMatches, verifyDangerously } from '../src/crypto/index.ts'
import { hasCode } from '../src/errors/index.ts'
import type { Certificate, Signed } from '../src/x509/index.ts'
import { parseCertificate, parseCrl, verifyIssuedBy } from '../src/x509/index.ts'

const DSA: Exception = {
  reason: 'DSA is not implemented: FIPS 186-5 withdrew it for signing, and no profile here has it',
}

const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  'AliceDSSSignByCarlNoInherit.cer verifies': DSA,
  'AlicePrivDSSSign.pri': DSA,
  'CarlDSSCRLEmpty.crl verifies': DSA,
  'CarlDSSCRLForAll.crl verifies': DSA,
  'CarlDSSCRLForCarl.crl verifies': DSA,
  'CarlDSSSelf.cer verifies': DSA,
  'CarlPrivDSSSign.pri': DSA,
  'DianeDSSSignByCarlInherit.cer verifies': DSA,
  'DianePrivDSSSign.pri': DSA,
}

/** The certificate of each key. */
const CERTIFICATE_OF: Readonly<Record<string, string>> = {
  'AlicePrivDSSSign.pri': 'AliceDSSSignByCarlNoInherit.cer',
  'AlicePrivRSASign.pri': 'AliceRSASignByCarl.cer',
  'BobPrivRSAEncrypt.pri': 'BobRSASignByCarl.cer',
  'CarlPrivDSSSign.pri': 'CarlDSSSelf.cer',
  'CarlPrivRSASign.pri': 'CarlRSASelf.cer',
  'DianePrivDSSSign.pri': 'DianeDSSSignByCarlInherit.cer',
  'DianePrivRSASignEncrypt.pri': 'DianeRSASignByCarl.cer',
}

/** Whose certificates each list revokes. */
const REVOKED: Readonly<Record<string, readonly string[]>> = {
  'CarlDSSCRLEmpty.crl': [],
  'CarlDSSCRLForCarl.crl': ['CarlDSSSelf.cer'],
  'CarlRSACRLEmpty.crl': [],
  'CarlRSACRLForAll.crl': ['AliceRSASignByCarl.cer', 'BobRSASignByCarl.cer', 'DianeRSASignByCarl.cer'],
  'CarlRSACRLForCarl.crl': ['CarlRSASelf.cer'],
  // Its five serial numbers include those of certificates that RFC 4134 does not show.
  'CarlDSSCRLForAll.crl': ['AliceDSSSignByCarlNoInherit.cer', 'DianeDSSSignByCarlInherit.cer'],
}

test('RFC 4134: keys are their certificates’, lists revoke whom they should, RSA signatures with SHA-1 and MD5 are right', async (t) => {
  const folder = vectors(t, 'rfc4134')
  if (!folder) return
  const accepts = new Map<string, boolean>()
  for (const name of folder.list('.')) {
    if (name.endsWith('.pri')) accepts.set(name, await keyFits(folder, name))
    if (!/\.(cer|crl)$/.test(name)) continue
    const signed = name.endsWith('.cer') ? certificate(folder, name) : parseCrl(folder.read(name))
    const authority = certificate(folder, name.includes('DSS') ? 'CarlDSSSelf.cer' : 'CarlRSASelf.cer')
    accepts.set(`${name} is read`, equal(signed.issuer.der, authority.subject.der) && revokesRightly(folder, name))
    accepts.set(`${name} verifies`, await verifies(signed, authority))
  }
  const cases = [...accepts.keys()].map((id) => ({ id, accept: true }))
  assert.equal(cases.length, 7 + 2 * (7 + 6))
  settle(t, 'RFC 4134 keys, certificates and lists', judge(cases, EXCEPTIONS, accepts))
})

test('RFC 4134: what is weak is taken on request only', async (t) => {
  const folder = vectors(t, 'rfc4134')
  if (!folder) return
  const key = folder.read('AlicePrivRSASign.pri')
  await assert.rejects(
    importPrivateKey(key),
    (error) => hasCode(error, 'key_malformed') && error.facts.what === 'key size',
  )
  await assert.rejects(importPrivateKey(key, { accept: 'any' }), (error) => hasCode(error, 'key_malformed'))
  const [alice, carl] = [certificate(folder, 'AliceRSASignByCarl.cer'), certificate(folder, 'CarlRSASelf.cer')]
  await assert.rejects(verifyIssuedBy(alice, carl), (error) => hasCode(error, 'algorithm_unsupported'))
})

const certificate = (folder: Vectors, name: string): Certificate => parseCertificate(folder.read(name))

async function keyFits(folder: Vectors, name: string): Promise<boolean> {
  try {
    const key = await importPrivateKey(folder.read(name), { dangerAnySize: true })
    return keyMatches(key, certificate(folder, CERTIFICATE_OF[name]!).publicKey.spki)
  } catch (error) {
    return notUnsupported(error)
  }
}

function revokesRightly(folder: Vectors, name: string): boolean {
  if (name.endsWith('.cer')) return true
  const listed = new Set([...parseCrl(folder.read(name)).entries].map(({ serial }) => toHex(serial)))
  const expected = REVOKED[name]!.map((one) => toHex(certificate(folder, one).serial))
  return (
    listed.size === (name === 'CarlDSSCRLForAll.crl' ? 5 : expected.length) && expected.every((one) => listed.has(one))
  )
}

async function verifies(signed: Signed, authority: Certificate): Promise<boolean> {
  try {
    const { signatureAlgorithm, signedBytes, signature } = signed
    const over = (data: Uint8Array): Promise<boolean> =>
      verifyDangerously(signatureAlgorithm.oid, authority.publicKey.spki, data, signature)
    return (await over(signedBytes)) && !(await over(signedBytes.subarray(1)))
  } catch (error) {
    return notUnsupported(error)
  }
}

/** Only an algorithm that is not there excuses. */
function notUnsupported(error: unknown): false {
  if (hasCode(error, 'algorithm_unsupported')) return false
  throw error
}
