import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, named } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import { pemEncode } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import type { Certificate, GeneralName } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import { checkHostName } from './index.ts'

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const ip = (value: string): GeneralName => ({ kind: 'iPAddress', value })

async function server(commonName: string, ...names: readonly GeneralName[]): Promise<Certificate> {
  const extensions = names.length > 0 ? [makeExtension('subjectAltName', names)] : []
  return (await certify({ name: named(commonName), extensions })).certificate
}

function isFor(certificate: Certificate, host: string): boolean {
  try {
    checkHostName(certificate, host)
    return true
  } catch (error) {
    if (hasCode(error, 'host_mismatch')) return false
    throw error
  }
}

/** Names in the certificate, host asked for, whether they fit. */
type Case = readonly [names: readonly GeneralName[], host: string, fits: boolean]

const AGREED: readonly Case[] = [
  [[dns('www.example.org')], 'www.example.org', true],
  [[dns('WWW.Example.ORG')], 'www.EXAMPLE.org', true],
  [[dns('www.example.org')], 'example.org', false],
  [[dns('example.org')], 'www.example.org', false],
  [[dns('a.example.org'), dns('b.example.org')], 'b.example.org', true],
  [[dns('xn--bcher-kva.example')], 'xn--bcher-kva.example', true],
  [[dns('*.example.org')], 'www.example.org', true],
  [[dns('*.example.org')], 'example.org', false],
  [[dns('*.example.org')], 'a.b.example.org', false],
  [[dns('*.*.example.org')], 'a.b.example.org', false],
  [[dns('www.*.example.org')], 'www.a.example.org', false],
  [[dns('*')], 'example', false],
  [[dns('*.org')], 'example.org', false],
  [[ip('192.0.2.1')], '192.0.2.1', true],
  [[ip('192.0.2.1')], '192.0.2.2', false],
  [[ip('2001:db8::1')], '2001:DB8:0:0:0:0:0:1', true],
  [[ip('::ffff:c000:201')], '192.0.2.1', false],
]

test('hosts fit names and addresses by RFC 9525 §6.3 to §6.5, and openssl agrees', async (t) => {
  const peer = bench(t, 'openssl')
  for (const [names, host, fits] of AGREED) {
    const certificate = await server('Server', ...names)
    const about = `${names.map((name) => 'value' in name && name.value).join(', ')} for ${host}`
    assert.equal(isFor(certificate, host), fits, about)
    if (!peer) continue
    peer.write('server.pem', pemEncode('CERTIFICATE', certificate.der))
    const option = /^[\d.]+$|:/.test(host) ? '-checkip' : '-checkhost'
    const { text } = peer.run('openssl', 'x509', '-in', 'server.pem', '-noout', option, host)
    assert.match(text, fits ? /does match certificate/ : /does NOT match certificate/, `openssl: ${about}`)
  }
})

test('a common name is never taken for a host, not even where nothing else is there', async () => {
  assert.equal(isFor(await server('www.example.org'), 'www.example.org'), false)
  assert.equal(isFor(await server('www.example.org', dns('other.example.org')), 'www.example.org'), false)
  assert.equal(isFor(await server('192.0.2.1'), '192.0.2.1'), false)
})

test('a part of a label is no wildcard, though openssl takes it', async () => {
  for (const pattern of ['w*.example.org', '*w.example.org', 'w*w.example.org', 'xn--*.example.org']) {
    for (const host of ['www.example.org', 'xn--a.example.org', 'a.w.example.org']) {
      assert.equal(isFor(await server('Server', dns(pattern)), host), false, pattern)
    }
  }
})

test('an address is sought among addresses and a name among names', async () => {
  assert.equal(isFor(await server('Server', dns('192.0.2.1')), '192.0.2.1'), false)
  assert.equal(isFor(await server('Server', dns('*.0.2.1')), '192.0.2.1'), false)
  assert.equal(
    isFor(await server('Server', { kind: 'uri', value: 'https://www.example.org' }), 'www.example.org'),
    false,
  )
})

test('the dot at the end belongs to the question, never to the certificate', async () => {
  assert.equal(isFor(await server('Server', dns('www.example.org')), 'www.example.org.'), true)
  assert.equal(isFor(await server('Server', dns('www.example.org.')), 'www.example.org.'), false)
  assert.equal(isFor(await server('Server', dns('*.example.org')), 'www.example.org.'), true)
})

test('what is neither a name nor an address is refused instead of being compared', async () => {
  const certificate = await server('Server', dns('www.example.org'))
  for (const host of [
    ...['', '.', 'www..example.org', '*.example.org', 'www.example.org:443', 'https://www.example.org', '[::1]'],
    ...['bücher.example', 'www.example.org\u0000', 'fe80::1%eth0', '127.1', '0x7f.0.0.1', '1', '192.0.2.0/24'],
    ...['192.0.2.256', 'www.example.org..', '192.0.2.1.'],
  ]) {
    assert.throws(
      () => checkHostName(certificate, host),
      (error) => hasCode(error, 'name_malformed'),
      host,
    )
  }
})

test('the refusal names the hosts that the certificate is for', async () => {
  const wanted = 'other.example'
  const facts = async (...names: readonly GeneralName[]): Promise<unknown> => {
    try {
      checkHostName(await server('Server', ...names), wanted)
    } catch (error) {
      return hasCode(error, 'host_mismatch') && error.facts
    }
    return undefined
  }
  const subject = 'CN=Server,O=Scel Tests,C=FR'
  const names = 'a.example, 192.0.2.1'
  assert.deepEqual(await facts(dns('a.example'), ip('192.0.2.1')), { subject, wanted, names })
  assert.deepEqual(await facts(), { subject, wanted, names: '—' })
})
