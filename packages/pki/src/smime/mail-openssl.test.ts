// openssl reads our mails, and we read those of openssl.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import { ana, bob, draft, mailAround, reading, sealedFor, writePeople } from '../../test/mail-scene.ts'
import { signerOf } from '../../test/signing-scene.ts'
import { fromUtf8, utf8 } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import type { SealedLayer, SignedLayer } from './index.ts'
import { buildMail, partText, readMail, readMime, sealMail, signMail } from './index.ts'

const signing = { signers: [signerOf(ana)], at: NOW }
const AT = String(NOW.getTime() / 1000)
const text = 'Bonjour,\r\n\r\nFrom here to there = 100 €.\r\n'
const tools = ['smime', 'cms'] as const

test('openssl smime and openssl cms verify our signed mails, in both forms, and give back what was signed', async (t) => {
  const on = bench(t, 'openssl')
  if (!on) return
  await writePeople(on)
  for (const form of ['detached', 'opaque'] as const) {
    on.write('signed.eml', await signMail(buildMail(draft), { ...signing, form }))
    for (const tool of tools) {
      const args = ['-verify', '-in', 'signed.eml', '-CAfile', 'ca.pem', '-attime', AT, '-out', `${tool}.out`]
      const { ok, text: said } = on.run('openssl', tool, ...args)
      assert.ok(ok, `${form} ${tool}: ${said}`)
      assert.equal(partText(readMime(on.read(`${tool}.out`))), text)
    }
  }
  on.write('altered.eml', fromUtf8(await signMail(buildMail(draft), signing)).replace('to there', 'to hell'))
  assert.equal(on.run('openssl', 'cms', '-verify', '-in', 'altered.eml', '-CAfile', 'ca.pem', '-attime', AT).ok, false)
})

test('openssl opens our sealed mails, and verifies the signature inside', async (t) => {
  const on = bench(t, 'openssl')
  if (!on) return
  await writePeople(on, ['bob', bob], ['ana', ana])
  for (const cipher of ['AES-256-GCM', 'AES-128-CBC'] as const) {
    on.write('sealed.eml', await sealMail(buildMail(draft), { ...sealedFor(bob, ana), cipher, sign: signing }))
    for (const who of ['bob', 'ana']) {
      const args = ['-decrypt', '-in', 'sealed.eml', '-recip', `${who}.pem`, '-inkey', `${who}.key`]
      const opened = on.run('openssl', 'cms', ...args, '-out', 'signed.eml')
      assert.ok(opened.ok, `${cipher} ${who}: ${opened.text}`)
      const verified = on.run('openssl', 'cms', '-verify', '-in', 'signed.eml', '-CAfile', 'ca.pem', '-attime', AT)
      assert.ok(verified.ok, verified.text)
      assert.match(fromUtf8(verified.out), /^HP-Outer: Subject: \[\.\.\.\]/m)
    }
  }
})

test('openssl smime, which knows PKCS #7 only, opens what is sealed for it: RSA v1.5 and AES-CBC', async (t) => {
  const on = bench(t, 'openssl')
  if (!on) return
  await writePeople(on, ['bob', bob])
  const recipients = [{ kind: 'certificate', certificate: bob.certificate, keyTransport: 'PKCS1-v1.5' }] as const
  on.write('sealed.eml', await sealMail(buildMail(draft), { at: NOW, recipients, cipher: 'AES-128-CBC' }))
  const opened = on.run('openssl', 'smime', '-decrypt', '-in', 'sealed.eml', '-recip', 'bob.pem', '-inkey', 'bob.key')
  assert.ok(opened.ok, opened.text)
  assert.equal(partText(readMime(opened.out)), text)
})

test('mails that openssl signs are valid for us, detached and opaque, from text in LF and in CRLF', async (t) => {
  const on = bench(t, 'openssl')
  if (!on) return
  await writePeople(on, ['ana', ana])
  const fields = ['-from', 'Ana <ana@example.org>', '-to', 'bob@example.org', '-subject', 'from openssl']
  for (const content of ['one\ntwo \n', 'one\r\ntwo \r\n']) {
    on.write('content.txt', content)
    for (const tool of tools) {
      for (const options of [['-text'], ['-text', '-nodetach'], ['-text', '-crlfeol']]) {
        const args = ['-sign', '-in', 'content.txt', '-signer', 'ana.pem', '-inkey', 'ana.key', '-out', 'signed.eml']
        const signed = on.run('openssl', tool, ...args, ...fields, ...options)
        assert.ok(signed.ok, signed.text)
        for (const mail of [on.read('signed.eml'), utf8(on.text('signed.eml').replaceAll('\r\n', '\n'))]) {
          // The signing time is now, which never moves the moment of judging.
          const read = await readMail(mail, reading)
          const id = `${tool} ${options.join(' ')} ${JSON.stringify(content)}`
          assert.equal((read.layers[0] as SignedLayer).error, undefined, id)
          assert.equal(read.signature, 'valid', id)
          assert.equal(partText(read.content), 'one\r\ntwo \r\n', id)
        }
      }
    }
  }
})

test('mails that openssl seals are opened: GCM and CBC, RSA and ECDH, and what it signed inside holds', async (t) => {
  const on = bench(t, 'openssl')
  if (!on) return
  await writePeople(on, ['ana', ana], ['bob', bob])
  on.write('content.txt', 'one\n')
  const fields = ['-from', 'ana@example.org', '-to', 'bob@example.org', '-subject', 'sealed by openssl']
  const signing = ['-text', '-in', 'content.txt', '-signer', 'ana.pem', '-inkey', 'ana.key', '-out', 'signed.txt']
  assert.ok(on.run('openssl', 'cms', '-sign', ...signing).ok)
  for (const cipher of ['-aes-256-gcm', '-aes-128-cbc']) {
    const args = ['-encrypt', cipher, '-in', 'signed.txt', '-out', 'sealed.eml', ...fields, 'bob.pem', 'ana.pem']
    const sealed = on.run('openssl', 'cms', ...args)
    assert.ok(sealed.ok, sealed.text)
    const read = await readMail(on.read('sealed.eml'), reading)
    const [seal, signature] = read.layers as [SealedLayer, SignedLayer]
    assert.equal(seal.error, undefined, cipher)
    assert.equal(seal.opened?.authenticated, cipher.endsWith('gcm'))
    assert.equal(signature.kind, 'signed')
    assert.deepEqual([read.signature, partText(read.content)], ['valid', 'one\r\n'])
  }
})

test('an altered mail, a stranger’s signature and a wrong From are not valid', async (t) => {
  const on = bench(t, 'openssl')
  if (!on) return
  await writePeople(on, ['ana', ana])
  on.write('content.txt', 'one\n')
  const args = ['-text', '-in', 'content.txt', '-signer', 'ana.pem', '-inkey', 'ana.key', '-out', 'signed.eml']
  on.run('openssl', 'cms', '-sign', ...args, '-from', 'ana@example.org')
  const mail = on.text('signed.eml')
  const verdict = async (changed: string, more = {}): Promise<string> => {
    assert.notEqual(changed, '')
    return (await readMail(utf8(changed), { ...reading, ...more })).signature
  }
  assert.equal(await verdict(mail), 'valid')
  assert.equal(await verdict(mail.replace('one', 'two')), 'invalid')
  assert.equal(await verdict(mail.replace('ana@', 'boss@')), 'invalid')
  assert.equal(await verdict(mail, { anchors: [] }), 'invalid')
})

test('a text without a header that was sealed is read as text, whatever sealed it; what is no text stays closed', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await writePeople(peer, ['bob', bob])
  const TEXT = 'Dear Bob,\nmeet me at noon — by the fountain.\n'
  const sealedBy = (content: Uint8Array, cipher: string): Uint8Array => {
    peer.write('content', content)
    const how = ['-encrypt', '-binary', cipher, '-in', 'content', '-out', 'sealed.der', '-outform', 'DER']
    const made = peer.run('openssl', 'cms', ...how, '-recip', 'bob.pem', '-keyopt', 'rsa_padding_mode:oaep')
    assert.ok(made.ok, made.text)
    return mailAround(peer.read('sealed.der'))
  }
  const options = { ...reading, keys: [{ certificate: bob.certificate, key: bob.keys.privateKey }] }
  for (const cipher of ['-aes-256-cbc', '-aes-256-gcm']) {
    const mail = await readMail(sealedBy(utf8(TEXT), cipher), options)
    assert.deepEqual([mail.sealed, mail.content.type.value, mail.content.parts.length], [true, 'text/plain', 0])
    assert.equal(partText(mail.content), TEXT)
    assert.equal(mail.mayFetch, false)
  }
  const noise = Uint8Array.from({ length: 64 }, (_, i) => 255 - i)
  const closed = await readMail(sealedBy(noise, '-aes-256-cbc'), options)
  const [layer] = closed.layers
  assert.ok(layer && 'error' in layer && hasCode(layer.error, 'decryption_failed'))
})
