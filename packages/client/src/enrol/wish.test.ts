import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type GeneralName, makeExtension } from '@scel/pki/x509'
import { certify } from '@scel/testkit/authority'
import { isAsWished, type RequestedContent } from './wish.ts'

const wish: RequestedContent = {
  subject: 'CN=www.example.org,O=B',
  names: ['dNSName www.example.org', 'dNSName b.example.org'],
}

async function granted(name: string, ...names: GeneralName[]): Promise<boolean> {
  const extensions = names.length > 0 ? [makeExtension('subjectAltName', names)] : []
  return isAsWished((await certify({ name, serial: '01', extensions })).certificate, wish)
}
const host = (value: string): GeneralName => ({ kind: 'dNSName', value })

test('a desk may leave names out, write them in small or capital letters, and add the common name', async () => {
  assert.ok(await granted(wish.subject))
  assert.ok(await granted(wish.subject, host('www.example.org')))
  assert.ok(await granted(wish.subject, host('B.example.org'), host('WWW.example.org')))
  const workstation: RequestedContent = { subject: 'CN=ws-a', names: [] }
  const extensions = [makeExtension('subjectAltName', [host('ws-a')])]
  assert.ok(isAsWished((await certify({ name: 'CN=ws-a', serial: '01', extensions })).certificate, workstation))
})

test('a name that was not asked for, of whatever kind, and another subject are not what was asked', async () => {
  assert.ok(!(await granted(wish.subject, host('www.example.org'), host('c.example.org'))))
  assert.ok(!(await granted(wish.subject, { kind: 'rfc822Name', value: 'www.example.org' })))
  assert.ok(!(await granted(wish.subject, { kind: 'uri', value: 'https://www.example.org' })))
  for (const subject of [
    'CN=www.example.org',
    'O=B,CN=www.example.org',
    'CN=www.example.org+CN=Dora,O=B',
    `${wish.subject},C=FR`,
  ]) {
    assert.ok(!(await granted(subject)), subject)
  }
})
