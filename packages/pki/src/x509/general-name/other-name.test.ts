import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench, EC, selfSigned } from '@scel/testkit/peers'
import { string } from '../../asn1/index.ts'
import { fromHex } from '../../bytes/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import type { GeneralName } from '../index.ts'
import {
  extension,
  makeServiceName,
  makeSmtpUtf8Mailbox,
  makeUserPrincipalName,
  parseCertificate,
  serviceName,
  smtpUtf8Mailbox,
  userPrincipalName,
} from '../index.ts'

test('each typed name is read back as it was made, and other names are none of it', () => {
  const kinds = [
    [userPrincipalName, makeUserPrincipalName, 'zoé@corp.example'],
    [smtpUtf8Mailbox, makeSmtpUtf8Mailbox, '医生@xn--fiqs8s.example'],
    [serviceName, makeServiceName, '_imaps.example.org'],
  ] as const
  for (const [read, make, text] of kinds) {
    assert.equal(read(make(text)), text)
    for (const [, other, words] of kinds) if (other !== make) assert.equal(read(other(words)), undefined)
    assert.equal(read({ kind: 'dNSName', value: text }), undefined)
  }
})

test('one mailbox has one form: the others are refused, read or made (RFC 9598 §3)', () => {
  const texts = [
    'ana@example.org',
    'é@Example.org',
    'é@exämple.org',
    '\ufeffé@example.org',
    'é',
    '@é.org',
    'é@',
    'é@b@c.org',
  ]
  for (const text of texts) {
    const name: GeneralName = { kind: 'otherName', oid: '1.3.6.1.5.5.7.8.9', value: string('UTF8String', text) }
    for (const attempt of [() => makeSmtpUtf8Mailbox(text), () => smtpUtf8Mailbox(name)]) {
      assert.throws(attempt, (error) => hasCode(error, 'name_malformed'), text)
    }
  }
})

test('a value of another type is refused, never guessed at', () => {
  for (const value of [string('IA5String', 'a@b'), fromHex('0500'), fromHex('0c0261'), fromHex('0c00')]) {
    assert.throws(() => userPrincipalName({ kind: 'otherName', oid: '1.3.6.1.4.1.311.20.2.3', value }), isPkiError)
  }
  assert.throws(() => makeServiceName('imaps.example.org'), isPkiError)
})

test('we read the names that openssl writes', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const names = [
    'otherName:msUPN;UTF8:ana@corp.example',
    'otherName:1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8:éloïse@example.org',
    'otherName:1.3.6.1.5.5.7.8.7;IA5:_imaps.example.org',
  ]
  peer.write(
    'c.cnf',
    `[req]\ndistinguished_name=d\nutf8=yes\n[d]\n[x]\nsubjectAltName=@n\n[n]\n${names.map((name, i) => name.replace(':', `.${i}=`)).join('\n')}\n`,
  )
  const der = selfSigned(peer, ['-utf8', '-config', 'c.cnf', '-extensions', 'x', '-subj', '/CN=a'], EC)
  const [upn, mailbox, service] = extension(parseCertificate(der), 'subjectAltName')!
  assert.equal(userPrincipalName(upn!), 'ana@corp.example')
  assert.equal(smtpUtf8Mailbox(mailbox!), 'éloïse@example.org')
  assert.equal(serviceName(service!), '_imaps.example.org')
})
