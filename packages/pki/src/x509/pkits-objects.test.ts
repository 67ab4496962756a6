// NIST PKITS: all its certificates and CRLs are well-formed, also those of tests that must fail.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, settle, vectors } from '@scel/testkit/vectors'
import { isPkiError } from '../errors/index.ts'
import type { Extension } from './index.ts'
import { crlEntry, EXTENSIONS, extension, extensionName, parseCertificate, parseCrl, verifySigned } from './index.ts'

test('PKITS: every certificate and CRL is read, with the values of all extensions', (t) => {
  const suite = vectors(t, 'pkits')
  if (!suite) return
  const read = new Map<string, boolean>()
  const attempt = (id: string, look: () => void): void => {
    try {
      look()
      read.set(id, true)
    } catch (error) {
      assert.ok(isPkiError(error), `${id}: ${error}`)
      read.set(id, false)
    }
  }
  for (const name of suite.list('certs')) {
    attempt(`certs/${name}`, () => readValues(parseCertificate(suite.read(`certs/${name}`))))
  }
  for (const name of suite.list('crls')) {
    attempt(`crls/${name}`, () => {
      const crl = parseCrl(suite.read(`crls/${name}`))
      readValues(crl)
      for (const entry of crl.entries) readValues(entry)
    })
  }
  assert.equal(read.size, 405 + 173)
  const cases = [...read.keys()].map((id) => ({ id, accept: true }))
  settle(t, 'PKITS objects', judge(cases, {}, read))
})

test('PKITS: a signature that is a bit too short is well-formed, and verifies nothing', async (t) => {
  const suite = vectors(t, 'pkits')
  if (!suite) return
  const { spki } = parseCertificate(suite.read('certs/TrustAnchorRootCertificate.crt')).publicKey
  const bad = parseCertificate(suite.read('certs/BadSignedCACert.crt'))
  assert.equal(bad.signatureUnusedBits, 1)
  assert.equal(await verifySigned(bad, spki), false)
  const signer = parseCertificate(suite.read('certs/BadCRLSignatureCACert.crt')).publicKey.spki
  const crl = parseCrl(suite.read('crls/BadCRLSignatureCACRL.crl'))
  assert.equal(crl.signatureUnusedBits, 1)
  assert.equal(await verifySigned(crl, signer), false)
  assert.equal(parseCertificate(suite.read('certs/InvalidDSASignatureTest6EE.crt')).signatureUnusedBits, 1)
})

test('PKITS: the indirect CRLs say whose certificates they revoke, one name holding until the next', (t) => {
  const suite = vectors(t, 'pkits')
  if (!suite) return
  const crl = parseCrl(suite.read('crls/indirectCRLCA5CRL.crl'))
  assert.equal(extension(crl, 'issuingDistributionPoint')?.indirectCRL, true)
  const issuers = Array.from(crl.entries, ({ serial, issuer }) => [serial[0], issuer.rdns.at(-1)![0]!.value!.slice(-3)])
  // As openssl prints it: the entries 2, 5, 8 and 10 name an issuer.
  const expected = ['CA5', 'CA6', 'CA6', 'CA6', 'CA7', 'CA7', 'CA7', 'CA6', 'CA6', 'CA5', 'CA5']
  assert.deepEqual(
    issuers,
    expected.map((name, index) => [index + 1, name]),
  )
  const ca6 = crl.entries.at(1)!.issuer
  assert.equal(crlEntry(crl, Uint8Array.of(2)), undefined) // the second one is not of the CRL's own issuer
  assert.deepEqual(crlEntry(crl, Uint8Array.of(2), ca6)?.serial, Uint8Array.of(2))
})

function readValues({ extensions }: { readonly extensions: readonly Extension[] }): void {
  for (const { oid, value } of extensions) {
    const name = extensionName(oid)
    if (name) EXTENSIONS[name].parse(value)
  }
}
