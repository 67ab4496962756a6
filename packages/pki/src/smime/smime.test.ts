import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '@scel/testkit/authority'
import fc from 'fast-check'
import { ana, bob, draft, mailAround, mallory, reading, sealedFor, typed } from '../../test/mail-scene.ts'
import { refuses } from '../../test/refuses.ts'
import { keyOf, seal } from '../../test/sealing.ts'
import { signerOf } from '../../test/signing-scene.ts'
import { concat, fromUtf8, latin1, utf8 } from '../bytes/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Mail, MailReader, SealedLayer, SignedLayer } from './index.ts'
import { buildMail, mailCipher, partContent, partText, readMail, sealMail, signMail } from './index.ts'

const signing = { signers: [signerOf(ana)], at: NOW }
const text = 'Bonjour,\r\n\r\nFrom here to there = 100 €.\r\n'
const shown = ({ fields }: Mail, name: string): [string, boolean, boolean][] =>
  fields.filter((field) => field.name === name).map((field) => [field.text, field.signed, field.hidden])

test('a mail in both forms of signature is read back, with its header fields signed', async () => {
  for (const form of ['detached', 'opaque'] as const) {
    const signed = await signMail(buildMail(draft), { ...signing, form })
    assert.match(fromUtf8(signed), form === 'detached' ? /micalg="?sha-256/ : /smime-type=signed-data/)
    const mail = await readMail(signed, reading)
    assert.deepEqual([mail.signature, mail.sealed, mail.mayFetch, mail.warnings], ['valid', false, true, []])
    assert.deepEqual(mail.from, { name: 'Ana', address: 'ana@example.org' })
    assert.deepEqual(shown(mail, 'Subject'), [[draft.subject, true, false]])
    assert.equal(partText(mail.content), text)
    const [layer] = mail.layers as SignedLayer[]
    assert.deepEqual([layer?.kind, layer?.form, layer?.signers[0]?.identity], ['signed', form, { ok: true }])
  }
})

test('a mail that is signed and sealed shows nothing outside, and everything inside', async () => {
  for (const cipher of ['AES-256-GCM', 'AES-128-CBC'] as const) {
    const sealed = await sealMail(buildMail(draft), { ...sealedFor(bob, ana), cipher, sign: signing })
    const kind = cipher.endsWith('GCM') ? 'authEnveloped-data' : 'enveloped-data'
    assert.ok(latin1(sealed).includes(`smime-type=${kind}`))
    assert.match(latin1(sealed), /^Subject: \[\.\.\.\]\r$/m)
    const mail = await readMail(sealed, reading)
    assert.deepEqual([mail.signature, mail.sealed, mail.mayFetch, mail.warnings], ['valid', true, false, []])
    assert.deepEqual(shown(mail, 'Subject'), [[draft.subject, true, true]])
    assert.deepEqual(shown(mail, 'From'), [['Ana <ana@example.org>', true, false]])
    assert.deepEqual(
      mail.fields.filter(({ name }) => /HP-Outer|MIME/i.test(name)),
      [],
    )
    assert.equal(partText(mail.content), text)
  }
})

test('a mail that is sealed alone: its fields are hidden and not signed; a CBC seal is said to be malleable', async () => {
  const gcm = await readMail(await sealMail(buildMail(draft), sealedFor(bob)), reading)
  assert.deepEqual([gcm.signature, gcm.sealed, gcm.warnings], ['none', true, []])
  assert.deepEqual(shown(gcm, 'Subject'), [[draft.subject, false, true]])
  const cbc = await readMail(await sealMail(buildMail(draft), { ...sealedFor(bob), cipher: 'AES-256-CBC' }), reading)
  assert.deepEqual(cbc.warnings, [{ kind: 'content-malleable' }])
})

test('whoever has no key reads who wrote, and that it is sealed', async () => {
  const sealed = await sealMail(buildMail(draft), sealedFor(bob))
  const mail = await readMail(sealed, { ...reading, keys: [keyOf(mallory)] })
  const [layer] = mail.layers as SealedLayer[]
  assert.ok(hasCode(layer?.error, 'not_a_recipient'))
  assert.deepEqual(
    [mail.sealed, mail.from?.address, mail.content.type.value],
    [false, 'ana@example.org', 'application/pkcs7-mime'],
  )
  assert.deepEqual(shown(mail, 'Subject'), [['[...]', false, false]])
})

test('text, HTML and attachments come back as they were', async () => {
  const content = Uint8Array.from({ length: 1_000 }, (_, at) => at % 256)
  const attachments = [{ name: 'Élan “1”.pdf', type: 'application/pdf', content }]
  const mail = await readMail(
    await sealMail(buildMail({ ...draft, html: '<p>é</p>', attachments }), sealedFor(bob)),
    reading,
  )
  const [bodies, file] = mail.content.parts
  assert.deepEqual(bodies!.parts.map(partText), [text, '<p>é</p>\r\n'])
  assert.deepEqual(partContent(file!), content)
  assert.equal(file!.disposition?.parameters.get('filename'), 'Élan “1”.pdf')
})

test('layers around one another: the innermost signature speaks for the author', async () => {
  const once = await sealMail(buildMail(draft), { ...sealedFor(bob), sign: signing })
  const thrice = await signMail(once, { ...signing, protectHeaders: false })
  const triple = await readMail(thrice, reading)
  assert.deepEqual(
    triple.layers.map(({ kind }) => kind),
    ['signed', 'sealed', 'signed'],
  )
  assert.equal(triple.signature, 'valid')
  const sealedOnly = await signMail(await sealMail(buildMail(draft), sealedFor(bob)), {
    ...signing,
    protectHeaders: false,
  })
  assert.equal((await readMail(sealedOnly, reading)).signature, 'around-seal')
  const byOther = await signMail(once, { signers: [signerOf(mallory)], at: NOW, protectHeaders: false })
  const list = await readMail(byOther, reading)
  assert.deepEqual([list.signature, list.from?.address], ['valid', 'ana@example.org'])
  let deep = buildMail(draft)
  for (let i = 0; i < 9; i++) deep = await signMail(deep, { ...signing, protectHeaders: false })
  await refuses(readMail(deep, reading), 'input_too_large')
})

test('several signers: all of them have to be who the mail is from, or not all is well', async () => {
  const both = await readMail(
    await signMail(buildMail(draft), { signers: [signerOf(ana), signerOf(mallory)], at: NOW }),
    reading,
  )
  assert.equal(both.signature, 'invalid')
  const [layer] = both.layers as SignedLayer[]
  assert.deepEqual(
    new Map(layer!.signers.map(({ signer, identity }) => [signer?.serialHex, identity !== 'not-asked' && identity.ok])),
    new Map([
      [ana.certificate.serialHex, true],
      [mallory.certificate.serialHex, false],
    ]),
  )
})

test('the bytes that are signed are frozen before signing', async () => {
  const mail = buildMail(draft)
  const pending = signMail(mail, signing)
  mail.fill(0x78)
  const signed = await pending
  const read = readMail(signed, reading)
  signed.fill(0x78)
  assert.equal((await read).signature, 'valid')
  assert.equal(partText((await read).content), text)
})

test('Bcc stays outside; what is sealed does not tell', async () => {
  const mail = concat(utf8('Bcc: eve@example.org\r\nKeywords: one\r\nComments: two\r\n'), buildMail(draft))
  const sealed = await sealMail(mail, sealedFor(bob))
  assert.match(latin1(sealed), /^Bcc: eve@example.org\r$/m)
  assert.doesNotMatch(latin1(sealed), /^(Keywords|Comments):/m)
  const read = await readMail(sealed, reading)
  assert.ok(!latin1(read.content.bytes).includes('eve@example.org'))
  assert.deepEqual([shown(read, 'Bcc'), shown(read, 'Keywords')], [[], [['one', false, true]]])
})

test('fields that are changed on the way are told, and the ones inside are shown', async () => {
  const signed = fromUtf8(await signMail(buildMail({ ...draft, subject: 'ours' }), signing))
  const read = await readMail(utf8(signed.replace('Subject: ours', 'Reply-To: m@x.y\r\nSubject: theirs')), reading)
  assert.equal(read.signature, 'valid')
  assert.deepEqual([shown(read, 'Subject'), shown(read, 'Reply-To')], [[['ours', true, false]], []])
  assert.deepEqual(read.warnings, [
    { kind: 'field-differs', name: 'Reply-To', inside: undefined, outside: 'm@x.y' },
    { kind: 'field-differs', name: 'Subject', inside: 'ours', outside: 'theirs' },
  ])
})

test('fields of the older protected-headers are read; RFC 9788 notes nothing of what the sender hid there', async () => {
  const inner = typed(
    'Content-Type: text/plain; protected-headers="v1"',
    'Subject: inside',
    'From: Ana <ana@example.org>',
    '',
    'a text',
  )
  const read = await readMail(
    mailAround(await seal(inner, sealedFor(bob)), 'From: Ana <ana@example.org>', 'Subject: ...'),
    reading,
  )
  assert.deepEqual(shown(read, 'Subject'), [['inside', false, true]])
  assert.deepEqual(shown(read, 'From'), [['Ana <ana@example.org>', false, false]])
  assert.equal(partText(read.content), 'a text')
  // Nothing is protected by a word alone: in a mail that nobody signed or sealed, the fields outside are the fields.
  const plain = typed('Subject: outside', 'Content-Type: text/plain; hp="clear"', '', 'a text')
  assert.deepEqual(shown(await readMail(plain, reading), 'Subject'), [['outside', false, false]])
})

test('header protection that is there already is not written again', async () => {
  const mail = typed('From: a@b.c', 'Content-Type: text/plain; hp="clear"', '', 'a text')
  await refuses(signMail(mail, signing), 'mime_malformed')
})

test('octets beyond ASCII are not signed apart, where relays change them; held inside they are', async () => {
  const mail = utf8(
    'From: ana@example.org\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\né\r\n',
  )
  await refuses(signMail(mail, signing), 'mime_malformed')
  const read = await readMail(await signMail(mail, { ...signing, form: 'opaque' }), reading)
  assert.deepEqual([read.signature, partText(read.content)], ['valid', 'é\r\n'])
})

test('an abort is thrown, not told as a fault of the mail', async () => {
  const sealed = await sealMail(buildMail(draft), sealedFor(bob))
  await assert.rejects(readMail(sealed, { ...reading, signal: AbortSignal.abort(new Error('stop')) }), /stop/)
})

test('a mail that is damaged anywhere is refused, or not valid, or says the same', async () => {
  const signed = await signMail(buildMail({ ...draft, text: 'short' }), signing)
  const before = await readMail(signed, reading)
  await fc.assert(
    fc.asyncProperty(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const damaged = signed.slice()
      damaged[at]! ^= flip
      try {
        const read = await readMail(damaged, reading)
        if (read.signature !== 'valid') return
        assert.equal(partText(read.content), partText(before.content))
        assert.deepEqual(read.fields, before.fields)
      } catch (error) {
        assert.ok(isPkiError(error), String(error))
      }
    }),
    { numRuns: 300 },
  )
})

test('a chain that leads to nobody who is trusted makes no valid mail', async () => {
  const signed = await signMail(buildMail(draft), signing)
  assert.equal((await readMail(signed, { ...reading, anchors: [] })).signature, 'invalid')
})

test('what is hidden is what the sender hid, and not what was changed on the way', async () => {
  const sealed = latin1(await sealMail(buildMail(draft), { ...sealedFor(bob), sign: signing }))
  const read = await readMail(utf8(sealed.replace('To: Bob <', 'To: Robert <')), reading)
  assert.deepEqual(shown(read, 'To'), [['Bob <bob@example.org>', true, false]])
  assert.deepEqual(
    read.warnings.map(({ kind }) => kind),
    ['field-differs'],
  )
})

test('a line end in a subject, a name or a file name starts no header field', () => {
  const content = utf8('x')
  for (const wrong of [
    { subject: 'a\r\nBcc: b@c.d' },
    { from: { name: 'a\nBcc: b@c.d', address: 'a@b.c' } },
    { to: [{ address: 'a@b.c\r\nBcc: b@c.d' }] },
    { messageId: 'a@b>\r\nBcc: <b@c.d' },
    { attachments: [{ name: 'a\r\nX: y', content }] },
    { attachments: [{ name: 'a', type: 'text/plain\r\nX: y', content }] },
  ]) {
    assert.throws(
      () => buildMail({ ...draft, ...wrong }),
      (error) => hasCode(error, 'mime_malformed'),
      JSON.stringify(wrong),
    )
  }
})

test('the cipher is the best one that everybody can read', () => {
  const { certificate } = ana
  const oids = { gcm256: '46', gcm128: '6', cbc256: '42', cbc128: '2', old: '99' }
  const able = (...names: (keyof typeof oids)[]): MailReader => ({
    certificate,
    capabilities: names.map((name) => ({ oid: `2.16.840.1.101.3.4.1.${oids[name]}` })),
  })
  assert.equal(mailCipher([able('cbc128', 'gcm256'), able('gcm256', 'gcm128')]), 'AES-256-GCM')
  assert.equal(mailCipher([able('gcm128', 'gcm256', 'cbc256'), able('cbc256', 'gcm128')]), 'AES-128-GCM')
  assert.equal(mailCipher([able('gcm256'), able('old')]), 'AES-128-CBC')
  assert.equal(mailCipher([able('gcm256', 'cbc128'), { certificate }]), 'AES-128-CBC')
  assert.equal(mailCipher([able('gcm256', 'gcm128', 'cbc128'), { certificate }], 'AES-128-GCM'), 'AES-128-GCM')
})
