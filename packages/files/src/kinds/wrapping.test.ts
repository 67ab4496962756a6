import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrappingOf } from './wrapping.ts'

const of = (text: string) => wrappingOf(new TextEncoder().encode(text))

test('PEM of a sealed or signed file is known by its label, and no other PEM is taken', () => {
  for (const label of ['CMS', 'PKCS7', 'PKCS #7 SIGNED DATA']) {
    assert.equal(of(`-----BEGIN ${label}-----\nMIIB`), 'pem', label)
    assert.equal(of(`\r\n-----BEGIN ${label}-----\r\nMIIB`), 'pem', label)
  }
  assert.equal(of('-----BEGIN CERTIFICATE-----\nMIIB'), undefined)
  assert.equal(of('-----BEGIN PRIVATE KEY-----\nMIIB'), undefined)
  assert.equal(of('See below.\n-----BEGIN CMS-----\nMIIB'), undefined)
})

test('a mail is known by its content type, also when that is folded, and only where the header is', () => {
  const fields = 'MIME-Version: 1.0\r\nContent-Disposition: attachment; filename="smime.p7m"\r\n'
  assert.equal(of(`${fields}Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIIB`), 'mail')
  assert.equal(of(`${fields}content-type:\n application/x-pkcs7-mime\n\nMIIB`), 'mail')
  assert.equal(of(`${fields}Content-Type: text/plain\r\n\r\nContent-Type: application/pkcs7-mime\r\n`), undefined)
  assert.equal(of(`${fields}Content-Type: multipart/signed; boundary=b\r\n\r\n`), undefined)
  assert.equal(of('Dear all,\nContent-Type: application/pkcs7-mime\n\n'), undefined)
})

test('base64 alone is known by what a structure begins with', () => {
  assert.equal(of('MIAGCSqGSIb3DQEHA6CAMIACAQAx\r\nggGeMIIBmgIBADCB'), 'base64')
  assert.equal(of('MIIBmgIBADCBgTA='), 'base64')
  assert.equal(of('Marie, a letter.'), undefined)
  assert.equal(of('M'), undefined)
  assert.equal(of('QUJD'), undefined)
  assert.equal(of(''), undefined)
})
