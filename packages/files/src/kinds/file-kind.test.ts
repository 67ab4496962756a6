import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileKind } from './file-kind.ts'

const of = (...hex: string[]) => fileKind(Uint8Array.fromHex(hex.join('').replaceAll(' ', '')))
const SIGNED = '06092a864886f70d010702'
const ENVELOPED = '06092a864886f70d010703'
const AUTH_ENVELOPED = '060b2a864886f70d0109100117'
const TST_INFO = '060b2a864886f70d0109100104'
const DATA = '06092a864886f70d010701'

test('a sealed file is known by its structure, in both forms of length', async () => {
  assert.equal(await of('3080', AUTH_ENVELOPED, 'a080'), 'sealed')
  assert.equal(await of('3080', ENVELOPED, 'a080'), 'sealed')
  assert.equal(await of('30820400', ENVELOPED, 'a08203ed'), 'sealed')
})

test('all kinds of CMS that close their content are sealed: enveloped, digested, encrypted, authenticated, compressed', async () => {
  const types = ['010703', '010705', '010706', '01091001 02', '01091001 09', '01091001 17']
  for (const type of types) {
    const oid = type.length > 6 ? `060b2a864886f70d${type}` : `06092a864886f70d${type}`
    assert.equal(await of('3080', oid, 'a080'), 'sealed', type)
    assert.equal(await of('30820400', oid, 'a08203ed'), 'sealed', type)
  }
  assert.equal(await of('3080', DATA, 'a080'), 'plain')
})

test('a signed file with its content is told from a signature alone', async () => {
  assert.equal(await of('3080', SIGNED, 'a080 3080 020101 3100 3080', DATA, 'a080 2480'), 'signed')
  assert.equal(await of('3080', SIGNED, 'a080 3080 020101 3100 3080', DATA, '0000'), 'signature')
  assert.equal(await of('30820300', SIGNED, 'a08202f1 308202ed 020101 3100 300b', DATA, 'a0820100'), 'signature')
})

test('a time stamp by itself is no signed file, and a mail with its signature beside it is for mail programs', async () => {
  assert.equal(await of('3080', SIGNED, 'a080 3080 020103 3100 3080', TST_INFO, 'a080 2480'), 'stamp')
  const mail = 'From: a@b.example\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n'
  assert.equal(await fileKind(new TextEncoder().encode(mail)), 'mail')
})

test('a signed file that has the octets of a time stamp’s type in it is signed: nothing is searched for', async () => {
  assert.equal(await of('3080', SIGNED, 'a080 3080 020101 3100 3080', DATA, 'a080 2480 040d', TST_INFO), 'signed')
  assert.equal(await of('3080', SIGNED, `a080 3080 020101 310f 300d ${TST_INFO} 3080`, DATA, 'a080 2480'), 'signed')
  assert.equal(await of('3080', SIGNED, `a080 3080 020101 310f 300d ${TST_INFO} 3080`, DATA, '0000'), 'signature')
})

test('what a time-stamp service answered is a time stamp when it holds one', async () => {
  const token = `3080 ${SIGNED} a080 3080 020103 3100 3080 ${TST_INFO} a080 2480`
  assert.equal(await of('30820400', '3003 020100', token), 'stamp')
  assert.equal(await of('30820400', '3011 020101 300c 0c0a', '61'.repeat(10), token), 'stamp')
  assert.equal(await of('3005', '3003 020102'), 'plain')
  assert.equal(await of('30820400', '3003 020100', token.replace(TST_INFO, DATA)), 'plain')
})

test('a signed file that is damaged or cut is one still: its reader says what is wrong with it', async () => {
  assert.equal(await of('3080', SIGNED), 'signed')
  assert.equal(await of('3080', SIGNED, 'a080 3080 020101 0500'), 'signed')
})

test('key files and certificates are known, whatever they are called', async () => {
  assert.equal(await of('30820a00 020103 308209c6', DATA), 'key')
  assert.equal(await of('30820300 308201e8 a003020102 0201 05'), 'certificate')
  assert.equal(await fileKind(new TextEncoder().encode('-----BEGIN CERTIFICATE-----\nMII')), 'certificate')
  assert.equal(await fileKind(new TextEncoder().encode('\n-----BEGIN CERTIFICATE-----\nMII')), 'certificate')
})

test('what is not ours is a plain file: requests, keys, lists, texts, nothing at all', async () => {
  for (const hex of [
    '',
    '30',
    '3080',
    '30820100 020100 3013',
    '308201 00 3081aa 020100 3010',
    '504b0304',
    '3005060303',
  ])
    assert.equal(await of(hex), 'plain', hex)
  assert.equal(await fileKind(new TextEncoder().encode('-----BEGIN PRIVATE KEY-----')), 'plain')
  assert.equal(await fileKind(new TextEncoder().encode('0 is how this letter begins')), 'plain')
})
