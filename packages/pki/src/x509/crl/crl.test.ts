import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Chain, makeChain, NOW } from '@scel/testkit/authority'
import { bench, selfSigned } from '@scel/testkit/peers'
import fc from 'fast-check'
import { damaged } from '../../../test/damage.ts'
import { defaultSignature } from '../../algorithms/index.ts'
import { equal, fromHex, pemDecode, pemEncode } from '../../bytes/index.ts'
import { sign } from '../../crypto/index.ts'
import { isPkiError } from '../../errors/index.ts'
import type { TbsCrlInput } from '../index.ts'
import { assembleSigned, buildTbsCrl, crlEntry, extension, makeExtension, parseCrl, verifySigned } from '../index.ts'

async function makeCrl({ issuing }: Chain, entries: TbsCrlInput['entries']): Promise<Uint8Array> {
  const row = defaultSignature(issuing.keys.privateKey.spec)
  const keyIdentifier = extension(issuing.certificate, 'subjectKeyIdentifier')!
  const tbs = buildTbsCrl({
    signature: row,
    issuer: issuing.certificate.subject,
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + 7 * 86_400_000),
    entries,
    extensions: [makeExtension('authorityKeyIdentifier', { keyIdentifier }), makeExtension('cRLNumber', 300n)],
  })
  return assembleSigned(tbs, row, await sign(issuing.keys.privateKey, tbs, row))
}

test('entries are found by serial number, with reason and date', async () => {
  const chain = await makeChain()
  const serials = ['41', '0100', '00ff'].map(fromHex)
  const entries = [
    { serial: serials[0]!, revokedAt: NOW, reason: 'keyCompromise' as const },
    { serial: serials[1]!, revokedAt: NOW, reason: 'unspecified' as const },
    { serial: serials[2]!, revokedAt: NOW },
  ]
  const crl = parseCrl(await makeCrl(chain, entries))
  assert.equal(crlEntry(crl, serials[0]!)?.reason, 'keyCompromise')
  assert.equal(crlEntry(crl, serials[1]!)?.reason, undefined) // unspecified is left out: RFC 5280 §5.3.1
  assert.deepEqual(crlEntry(crl, serials[2]!)?.revokedAt, NOW)
  assert.equal(crlEntry(crl, fromHex('ff')), undefined) // minus one is not 255
  assert.equal(extension(crl, 'cRLNumber'), 300n)
  assert.equal(await verifySigned(crl, chain.issuing.keys.publicKey), true)
  assert.equal(await verifySigned(crl, chain.leaf.keys.publicKey), false)
})

test('openssl refuses the revoked certificate by our CRL, and takes it by an empty one', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const chain = await makeChain()
  for (const [name, { certificate }] of Object.entries(chain)) {
    peer.write(`${name}.pem`, pemEncode('CERTIFICATE', certificate.der))
  }
  const entry = { serial: chain.leaf.certificate.serial, revokedAt: NOW, reason: 'superseded' } as const
  for (const [entries, word] of [
    [[entry], 'certificate revoked'],
    [[], 'leaf.pem: OK'],
  ] as const) {
    peer.write('crl.pem', pemEncode('X509 CRL', await makeCrl(chain, entries)))
    const files = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-CRLfile', 'crl.pem']
    const { text } = peer.run('openssl', 'verify', ...files, '-crl_check', '-attime', '1780315200', 'leaf.pem')
    assert.ok(text.includes(word), text)
  }
})

test('we read the CRLs of openssl', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write('index.txt', 'R\t300101000000Z\t260501120000Z,keyCompromise\t0BAD\tunknown\t/CN=x\n')
  peer.write('number', '0A\n')
  peer.write(
    'ca.cnf',
    '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=9\n',
  )
  selfSigned(peer)
  const files = ['-config', 'ca.cnf', '-keyfile', 'k.pem', '-cert', 'c.pem', '-out', 'crl.pem']
  const made = peer.run('openssl', 'ca', '-gencrl', ...files)
  assert.ok(made.ok, made.text)
  const crl = parseCrl(pemDecode(peer.text('crl.pem'))[0]!.der)
  const entry = crlEntry(crl, fromHex('0bad'))
  assert.equal(entry?.reason, 'keyCompromise')
  assert.equal(entry?.revokedAt.toISOString(), '2026-05-01T12:00:00.000Z')
  assert.equal(extension(crl, 'cRLNumber'), 10n)
})

test('a CRL of fifty thousand entries is written and read', async () => {
  const chain = await makeChain()
  const serial = (i: number): Uint8Array => Uint8Array.of(0x41, (i >> 16) & 255, (i >> 8) & 255, i & 255)
  const entries = Array.from({ length: 50_000 }, (_, i) => ({ serial: serial(i), revokedAt: NOW }))
  const crl = parseCrl(await makeCrl(chain, entries))
  assert.equal(crl.entries.length, 50_000)
  assert.deepEqual(crlEntry(crl, serial(49_999))?.serial, serial(49_999))
})

test('a damaged CRL never verifies with another content, and never crashes', async () => {
  const chain = await makeChain()
  const der = await makeCrl(chain, [{ serial: fromHex('41'), revokedAt: NOW, reason: 'superseded' }])
  await fc.assert(
    fc.asyncProperty(damaged(der), async ({ bytes, how }) => {
      if (equal(bytes, der)) return
      try {
        assert.equal(await verifySigned(parseCrl(bytes), chain.issuing.keys.publicKey), false, how)
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 1_500 },
  )
})
