import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concat, latin1, utf8 } from '../../bytes/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import { buildMail } from '../writing/build-mail.ts'
import { readAddresses, writeMailbox } from './addresses.ts'
import { encodeBase64Lines } from './base64-body.ts'
import { partContent, partName, partText } from './content.ts'
import { decodeWords, encodeWords } from './encoded-words.ts'
import { allFields } from './fields.ts'
import { canonicalLines } from './lines.ts'
import { readParameterField, writeParameter } from './parameters.ts'
import { readMime } from './read.ts'
import { decodeTransfer, encodeQuotedPrintable } from './transfer-encoding.ts'
import { newBoundary, writeEntity, writeParts } from './write.ts'

const refused = (text: string): void =>
  assert.throws(
    () => readMime(utf8(text)),
    (error) => hasCode(error, 'mime_malformed'),
    JSON.stringify(text),
  )

test('a tree is taken apart, in CRLF and in LF, and its parts are the octets between the delimiters', () => {
  const inner =
    'Content-Type: multipart/alternative; boundary="in ner"\r\n\r\n--in ner\r\n\r\none\r\n--in ner\r\nContent-Type: text/html\r\n\r\n<p>two\r\n\r\n--in ner--\r\n'
  const mail = `Subject: s\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\npreamble\r\n--out\r\n${inner}\r\n--out \t\r\nX: y\r\n\r\n--outer is text\r\n--out--\r\nepilogue`
  for (const text of [mail, mail.replaceAll('\r\n', '\n')]) {
    const line = text === mail ? '\r\n' : '\n'
    const { parts } = readMime(utf8(text))
    assert.deepEqual(
      parts.map(({ type, bytes }) => [type.value, latin1(bytes)]),
      [
        ['multipart/alternative', inner.replaceAll('\r\n', line)],
        ['text/plain', `X: y${line}${line}--outer is text`],
      ],
    )
    assert.deepEqual(
      parts[0]!.parts.map((part) => partText(part)),
      ['one', `<p>two${line}`],
    )
  }
})

test('header fields are unfolded, kept in order, and not merged', () => {
  const { fields } = readMime(utf8('A: one\r\n two\r\n\tthree \r\nb:\r\nA:four\r\n\r\nX: body'))
  assert.deepEqual(allFields(fields, 'a'), ['one two\tthree', 'four'])
  assert.deepEqual(
    fields.map(({ name }) => name),
    ['A', 'b', 'A'],
  )
  assert.equal(latin1(readMime(utf8('\r\nX: body')).body), 'X: body')
})

test('what leaves room for a second reading is refused', () => {
  for (const type of [
    'multipart/mixed',
    'multipart/mixed; boundary=""',
    'text',
    'text/plain; a=b; a=c',
    'text/plain x',
  ])
    refused(`Content-Type: ${type}\r\n\r\n--\r\n\r\n--\r\n----\r\n`)
  refused("Content-Type: multipart/mixed; boundary=b; boundary*=utf-8''c\r\n\r\n--b\r\n\r\n\r\n--b--\r\n")
  refused('Content-Type: text/plain\r\nContent-type: text/html\r\n\r\n')
  refused('Content-Transfer-Encoding: x-own\r\n\r\n')
  refused(
    'Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n--b\r\n\r\n\r\n--b--\r\n',
  )
  refused('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ncut')
  refused('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n')
  refused('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b--\r\n')
  refused('Subject: cut off')
})

test('limits hold: size, depth, parts, fields, header length', () => {
  const tooLarge = (text: string, limits = {}): void =>
    assert.throws(
      () => readMime(utf8(text), limits),
      (error) => hasCode(error, 'input_too_large'),
    )
  tooLarge('A: b\r\n\r\n', { bytes: 3 })
  tooLarge('A: b\r\n'.repeat(1_001))
  tooLarge(`A: ${'b'.repeat(300_000)}\r\n`)
  tooLarge(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n\r\n'.repeat(1_001)}--b--\r\n`)
  let nested = '\r\n'
  for (let i = 0; i < 17; i++)
    nested = `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n${nested}\r\n--b${i}--\r\n`
  tooLarge(nested)
})

test('transfer encodings give back every octet; what is not in them is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
      const lines = encodeBase64Lines(content)
      assert.equal(
        latin1(lines),
        Buffer.from(content)
          .toString('base64')
          .replace(/.{1,76}/g, '$&\r\n'),
      )
      assert.deepEqual(decodeTransfer(lines, 'base64'), content)
      // A CR before the LF of a line is the line's; quoted-printable is for text.
      const text = canonicalLines(content)
      const encoded = encodeQuotedPrintable(text)
      assert.deepEqual(decodeTransfer(encoded, 'quoted-printable'), text)
      assert.ok(
        latin1(encoded)
          .split('\r\n')
          .every((line) => line.length <= 76 && !/[^\t -~]|[ \t]$|^From |^\.$/.test(line)),
      )
    }),
  )
  for (const body of ['=4', '=zz', '=4\r\n1', 'a=']) {
    if (body === 'a=') assert.deepEqual(decodeTransfer(utf8(body), 'quoted-printable'), utf8('a'))
    else
      assert.throws(
        () => decodeTransfer(utf8(body), 'quoted-printable'),
        (error) => hasCode(error, 'mime_malformed'),
      )
  }
  for (const body of [
    'YQ',
    'YQ=',
    'YQ=A',
    'YQ==YQ==',
    'YQ==YQ',
    'Y*Q=',
    'Y===',
    '====',
    'Y=Q=',
    'YR==',
    'YWF=',
    'YQ===',
  ])
    assert.throws(
      () => decodeTransfer(utf8(body), 'base64'),
      (error) => hasCode(error, 'mime_malformed'),
    )
})

test('lines that relays change are quoted: "From " at their start, a dot alone, spaces at their end', () => {
  assert.equal(latin1(encodeQuotedPrintable(utf8('From a\r\n.\r\nb \r\n..'))), '=46rom a\r\n=2E\r\nb=20\r\n..')
})

test('parameters: quotes, comments, RFC 2231 in pieces and character sets', () => {
  const parameters = (text: string): Record<string, string> =>
    Object.fromEntries(readParameterField(text, 'test').parameters)
  assert.deepEqual(parameters('a/b (c (d) \\)) ; x = "y;\\"z" (e);'), { x: 'y;"z' })
  assert.deepEqual(parameters("a; filename*0*=iso-8859-1'fr'%e9t; filename*1=%C3; filename*2*=%e9; filename=ete"), {
    filename: 'ét%C3é',
  })
  assert.deepEqual(parameters('a; name*1=b; name*0=a'), { name: 'ab' })
  for (const bad of [
    "a; x*=utf-8''b",
    'a; name*1=b',
    "a; name*=utf-8''%g",
    "a; name*=utf-8''a\u012fb",
    "a; name*0*=utf-8''a; name*1=\u012f",
    "a; name*0*=utf-8''a; name*2=b",
    'a; x="y',
    'a; (b',
  ])
    assert.throws(
      () => readParameterField(bad, 'test'),
      (error) => hasCode(error, 'mime_malformed'),
      bad,
    )
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const written = `attachment; ${writeParameter('filename', value.replace(/[\x00-\x1f\x7f]/g, ''))}`
      assert.equal(
        readParameterField(written, 'test').parameters.get('filename'),
        value.replace(/[\x00-\x1f\x7f]/g, ''),
      )
    }),
  )
})

test('encoded words: characters cut in two between words, unknown sets, and no line ends out of them', () => {
  assert.equal(decodeWords('a =?utf-8?Q?=C3?= =?UTF-8?q?=A9_b?= c'), 'a é b c')
  assert.equal(decodeWords('=?iso-8859-1*fr?B?6Q?='), 'é')
  assert.equal(decodeWords('=?utf-8?B?***?='), '=?utf-8?B?***?=')
  assert.equal(decodeWords('=?utf-8?Q?a=0D=0ABcc:_x?='), 'a\ufffd\ufffdBcc: x')
  // What is beyond ASCII is no part of a word; Ŀ and the like would lose a byte and be another character.
  assert.equal(decodeWords('=?utf-8?Q?a\u0140b?='), '=?utf-8?Q?a\u0140b?=')
  // As long as a header may be, in one word and in many.
  const long = 'a'.repeat(250_000)
  assert.equal(decodeWords(`=?utf-8?Q?b?= =?utf-8?Q?${long}?=`), `b${long}`)
  assert.equal(decodeWords('=?x?q?a?= '.repeat(25_000)), `${'a'.repeat(25_000)} `)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = text.replace(/[\x00-\x1f\x7f]/g, '').trim()
      assert.equal(decodeWords(encodeWords(plain)), plain)
    }),
  )
})

test('addresses: names, quotes, comments, groups; and what is none', () => {
  assert.deepEqual(readAddresses('Ana <ana@example.org>, "B, c" <"b c"@x.y> (d), =?utf-8?Q?=C3=89?= e <e@[1.2.3.4]>'), {
    mailboxes: [
      { name: 'Ana', address: 'ana@example.org' },
      { name: 'B, c', address: '"b c"@x.y' },
      { name: 'É e', address: 'e@[1.2.3.4]' },
    ],
    grouped: false,
  })
  assert.deepEqual(readAddresses('friends: a@b.c, "d"@e.f;, <g@h.i>'), {
    mailboxes: [{ address: 'a@b.c' }, { address: 'd@e.f' }, { address: 'g@h.i' }],
    grouped: true,
  })
  for (const bad of ['a', 'a@', '@b', 'a@b c', 'a@b <c@d', 'a <b@c> d', 'a@b@c', 'a..b@c', 'a<b@c>,<>', 'g: a@b', '"a'])
    assert.throws(
      () => readAddresses(bad),
      (error) => hasCode(error, 'mime_malformed'),
      bad,
    )
  assert.equal(
    writeMailbox({ name: 'Élise "L" Petit', address: 'e@x.fr' }),
    '=?utf-8?B?w4lsaXNlICJMIiBQZXRpdA==?= <e@x.fr>',
  )
  assert.equal(writeMailbox({ name: 'a@b', address: 'e@x.fr' }), '"a@b" <e@x.fr>')
  assert.throws(
    () => writeMailbox({ address: 'e@x.fr, f@x.fr' }),
    (error) => hasCode(error, 'mime_malformed'),
  )
  assert.throws(
    () => writeMailbox({ name: 'a\r\nBcc: b', address: 'e@x.fr' }),
    (error) => hasCode(error, 'mime_malformed'),
  )
})

test('what is written is read back the same, however it is folded', () => {
  const word = fc.stringMatching(/^[!-~]{1,90}$/)
  fc.assert(
    fc.property(fc.array(word), fc.uint8Array({ maxLength: 100 }), (words, content) => {
      const boundary = newBoundary()
      const leaf = writeEntity([{ name: 'X', value: words.join(' ') }], content)
      const fields = [{ name: 'Content-Type', value: `multipart/mixed; boundary="${boundary}"` }]
      const { parts } = readMime(writeEntity(fields, writeParts([leaf, utf8('\r\n')], boundary)))
      assert.equal(parts[0]!.fields[0]!.value, words.join(' '))
      assert.deepEqual(parts[0]!.bytes, leaf)
      assert.deepEqual(partContent(parts[0]!), content)
      assert.equal(parts[1]!.body.length, 0)
    }),
  )
})

test('no line is longer than 998 characters, whatever a subject is (RFC 5322 §2.1.1)', () => {
  const from = { address: 'a@b.c' }
  for (const subject of ['x'.repeat(3_000), `a${' '.repeat(3_000)}b`, 'word '.repeat(600).trim()]) {
    const mail = buildMail({ from, to: [from], subject, date: new Date(0), text: '' })
    assert.ok(
      Math.max(
        ...latin1(mail)
          .split('\r\n')
          .map((line) => line.length),
      ) <= 998,
    )
    assert.equal(decodeWords(allFields(readMime(mail).fields, 'Subject')[0]!), subject)
  }
})

test('header fields cannot be smuggled in by their values', () => {
  for (const value of ['a\r\nBcc: b', 'a\nb', 'a\rb', 'a\0b'])
    assert.throws(
      () => writeEntity([{ name: 'Subject', value }], utf8('')),
      (error) => hasCode(error, 'mime_malformed'),
    )
})

test('the name of a file has no folder in it', () => {
  const named = (name: string): string | undefined =>
    partName(readMime(utf8(`Content-Disposition: attachment; filename="${name}"\r\n\r\n`)))
  assert.deepEqual(['a.pdf', '/etc/x', '..\\\\..\\\\y', '..', '=?utf-8?Q?=2E=2E=2Fz?='].map(named), [
    'a.pdf',
    'x',
    'y',
    undefined,
    'z',
  ])
})

test('fields repeated for old programs are left out of the text', () => {
  const text = 'Content-Type: text/plain; hp-legacy-display=1\r\n\r\nSubject: s\r\n\r\nthe text'
  assert.equal(partText(readMime(utf8(text))), 'the text')
})

test('damaged mails are refused or read, never anything else', () => {
  const mail = utf8(
    'From: a <b@c>\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x--\r\n',
  )
  fc.assert(
    fc.property(fc.nat(mail.length - 1), fc.uint8Array({ maxLength: 4 }), (at, put) => {
      try {
        readMime(concat(mail.subarray(0, at), put, mail.subarray(at + 1)))
      } catch (error) {
        assert.ok(isPkiError(error), String(error))
      }
    }),
    { numRuns: 500 },
  )
})

test('lines become canonical once', () => {
  assert.equal(latin1(canonicalLines(utf8('a\nb\r\n\n\rc'))), 'a\r\nb\r\n\r\n\rc')
  const canonical = utf8('a\r\n')
  assert.equal(canonicalLines(canonical), canonical)
})
