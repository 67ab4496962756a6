import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHostName } from '@scel/files/request'
import { askedName, kindOfName } from './asked-name.ts'

test('of which kind a name is that a request asks for, its text says', () => {
  const kinds = {
    ...{ 'www.post.example': 'dns', localhost: 'dns', '*.post.example': 'dns', 'xn--fte-ela.example': 'dns' },
    ...{ '192.0.2.7': 'ip', '2001:db8::7': 'ip', '::1': 'ip' },
    ...{ 'ada@post.example': 'email', 'zoé@post.example': 'email' },
  }
  for (const [name, kind] of Object.entries(kinds)) assert.equal(kindOfName(name), kind, name)
  // What a CSR may ask for as a host name is read as nothing else.
  for (const [name, kind] of Object.entries(kinds)) assert.ok(kind === 'dns' || !isHostName(name), name)
})

test('a name stands in a certificate as what it is', () => {
  assert.deepEqual(askedName('www.post.example'), { kind: 'dNSName', value: 'www.post.example' })
  assert.deepEqual(askedName('192.0.2.7'), { kind: 'iPAddress', value: '192.0.2.7' })
  assert.deepEqual(askedName('ada@post.example'), { kind: 'rfc822Name', value: 'ada@post.example' })
  assert.equal(askedName('zoé@post.example').kind, 'otherName', 'RFC 9598 §3: what no rfc822Name can hold')
})
