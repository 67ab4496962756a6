import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench, EC, selfSigned } from '@scel/testkit/peers'
import { hasCode } from '../../errors/index.ts'
import {
  asciiHost,
  mailAddresses,
  mailAddressKey,
  mailName,
  makeMailName,
  parseCertificate,
  sameMailbox,
} from '../index.ts'

test('an address is one, whether its domain is written in letters or in A-labels', () => {
  for (const [one, other] of [
    ['Ana@École.fr', 'ana@xn--cole-9oa.fr'],
    ['ana@XN--COLE-9OA.fr.', 'ana@école.fr'],
    ['ana@ｅｘａｍｐｌｅ.org', 'ana@example.org'],
    ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
    ['ana@ΟΔΟΣ.example', 'ana@οδοσ.example'],
    ['ana@😀.example', 'ana@xn--e28h.example'],
  ] as const) {
    assert.equal(mailAddressKey(one), mailAddressKey(other))
  }
  assert.notEqual(mailAddressKey('ana@école.fr'), mailAddressKey('ana@ecole.fr'))
  assert.equal(mailAddressKey('École@école.fr'), 'école@xn--cole-9oa.fr', 'before the sign there are no labels')
  for (const odd of ['', 'ana', '@', 'ana@', 'ana@[192.0.2.1]', 'ana@a b']) assert.equal(mailAddressKey(odd), odd)
})

test('the points of other scripts are points: nobody is somebody else by one of them', () => {
  for (const point of ['.', '\u3002', '\uff0e', '\uff61']) {
    for (const text of [`mika@example${point}org`, `mika@example${point}org${point}`, `MIKA@Example.org${point}`]) {
      assert.equal(mailAddressKey(text), 'mika@example.org', JSON.stringify(text))
    }
    assert.equal(asciiHost(`bücher${point}example${point}`), 'xn--bcher-kva.example')
  }
})

test('what is no host name keeps its letters, also those that would lead an address elsewhere', () => {
  for (const text of [
    'é b.example',
    'é／x.example',
    'é:80',
    'é＠evil.example',
    'é%2e.example',
    'é?x',
    'xn--a-é.example',
  ])
    assert.equal(asciiHost(text), text)
})

test('an address stands in a certificate with its domain in A-labels, in the form that its local part needs', () => {
  for (const [address, kind, text] of [
    ['Ana@Bücher.example', 'rfc822Name', 'Ana@xn--bcher-kva.example'],
    ['ana@Example.ORG。', 'rfc822Name', 'ana@example.org'],
    ['andr\u00e9@example.org', 'otherName', 'andr\u00e9@example.org'],
    ['andre\u0301@bücher.example', 'otherName', 'andr\u00e9@xn--bcher-kva.example'],
  ] as const) {
    const name = makeMailName(address)
    assert.deepEqual([name.kind, mailName(name)], [kind, text])
  }
  for (const none of ['ana', '@example.org', 'ana@', 'ana@é／x.example', 'é@a_b.example', 'é@b@c.org'])
    assert.throws(
      () => makeMailName(none),
      (error) => hasCode(error, 'name_malformed'),
      none,
    )
  assert.equal(mailName({ kind: 'dNSName', value: 'ana@example.org' }), undefined)
})

test('the addresses of a certificate that openssl made are found in both forms, and in the subject where there are no others', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const names = 'email=ana@example.org\notherName=1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8:é@example.org\nDNS=example.org'
  peer.write('c.cnf', `[req]\ndistinguished_name=d\nutf8=yes\n[d]\n[x]\nsubjectAltName=@n\n[n]\n${names}\n`)
  const subject = ['-subj', '/CN=x/emailAddress=old@example.org']
  const both = selfSigned(peer, [...subject, '-utf8', '-config', 'c.cnf', '-extensions', 'x'], EC)
  assert.deepEqual(mailAddresses(parseCertificate(both)), ['ana@example.org', 'é@example.org'])
  assert.deepEqual(mailAddresses(parseCertificate(selfSigned(peer, subject, EC))), ['old@example.org'])
})

test('a mailbox is one in either spelling of its host, and in no other of what stands before it', () => {
  assert.ok(sameMailbox('ana@bücher.example', 'ana@XN--BCHER-KVA.EXAMPLE'))
  assert.ok(sameMailbox('andré@bücher.example', 'andré@xn--bcher-kva.example'))
  for (const other of ['Ana@example.org', 'ana@example.com', 'ana', 'x@ana@example.org', 'ana@example.org@x'])
    assert.ok(!sameMailbox('ana@example.org', other), other)
})

test('a domain with nothing between two points is none, whatever its points are written with (`…`)', () => {
  for (const odd of [
    'example.org…',
    'example.org‥',
    'example.org..',
    'example…org',
    '.example.org',
    '…',
    '.',
    'b⒈.c',
    '︙a',
  ]) {
    assert.throws(
      () => makeMailName(`mika@${odd}`),
      (error) => hasCode(error, 'name_malformed'),
      odd,
    )
    assert.notEqual(mailAddressKey(`mika@${odd}`), 'mika@example.org', odd)
    assert.ok(!sameMailbox(`mika@${odd}`, 'mika@example.org'), odd)
    assert.equal(asciiHost(odd), odd, 'it stays as it is')
  }
})
