import { toHex, utf8 } from '../../bytes/index.ts'
import { randomBytes } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { writeMailbox } from '../mime/addresses.ts'
import { encodeBase64Lines } from '../mime/base64-body.ts'
import { encodeWords } from '../mime/encoded-words.ts'
import type { HeaderField } from '../mime/fields.ts'
import { isOneLine } from '../mime/fields.ts'
import { canonicalLines } from '../mime/lines.ts'
import { malformed } from '../mime/malformed.ts'
import { readParameterField, writeParameter } from '../mime/parameters.ts'
import { encodeQuotedPrintable } from '../mime/transfer-encoding.ts'
import { newBoundary, writeEntity, writeParts } from '../mime/write.ts'
import type { Attachment, MailDraft } from './draft.ts'

/**
 * Writes a mail (RFC 5322, RFC 2045), all of it in lines of ASCII that end with CRLF, as a signature needs it
 * (RFC 8551 §3.1.3). Nothing protects it yet: see {@link signMail} and {@link sealMail}.
 * @throws mime_malformed for an address that is none, or a line end where none can be; time_malformed
 * @example
 * const from = { name: 'Ana', address: 'ana@example.org' }
 * const mail = buildMail({ from, to: [from], subject: 'Été', date: sample.at, text: 'Bonjour' })
 * assert.equal(partText(readMime(mail)), 'Bonjour\r\n')
 */
export function buildMail(draft: MailDraft): Uint8Array {
  if (Number.isNaN(draft.date.getTime())) fail('time_malformed', { what: 'date' })
  if (!isOneLine(draft.subject)) malformed('subject')
  const id = draft.messageId ?? `${toHex(randomBytes(16))}@${draft.from.address.split('@').at(-1)}`
  const fields: HeaderField[] = [
    { name: 'From', value: writeMailbox(draft.from) },
    ...listed('To', draft.to),
    ...listed('Cc', draft.cc ?? []),
    { name: 'Subject', value: encodeWords(draft.subject) },
    { name: 'Date', value: dateText(draft.date) },
    { name: 'Message-ID', value: bracketed(id) },
    ...(draft.inReplyTo === undefined ? [] : [{ name: 'In-Reply-To', value: bracketed(draft.inReplyTo) }]),
    { name: 'MIME-Version', value: '1.0' },
  ]
  const { structure, body } = contentOf(draft)
  return writeEntity([...fields, ...structure], body)
}

interface Entity {
  readonly structure: readonly HeaderField[]
  readonly body: Uint8Array
}

function contentOf({ text, html, attachments = [] }: MailDraft): Entity {
  const plain = textPart('plain', text)
  const shown = html === undefined ? plain : multipart('alternative', [plain, textPart('html', html)])
  return attachments.length === 0 ? shown : multipart('mixed', [shown, ...attachments.map(attachmentPart)])
}

function multipart(kind: string, entities: readonly Entity[]): Entity {
  const boundary = newBoundary()
  const parts = entities.map(({ structure, body }) => writeEntity(structure, body))
  return {
    structure: [{ name: 'Content-Type', value: `multipart/${kind}; ${writeParameter('boundary', boundary)}` }],
    body: writeParts(parts, boundary),
  }
}

function textPart(kind: 'plain' | 'html', text: string): Entity {
  const lines = canonicalLines(utf8(text.endsWith('\n') ? text : `${text}\n`))
  return {
    structure: [
      { name: 'Content-Type', value: `text/${kind}; charset=utf-8` },
      { name: 'Content-Transfer-Encoding', value: 'quoted-printable' },
    ],
    body: encodeQuotedPrintable(lines),
  }
}

function attachmentPart({ name, type = 'application/octet-stream', content }: Attachment): Entity {
  if (!isOneLine(name)) malformed('file name')
  readParameterField(type, 'media type')
  return {
    structure: [
      { name: 'Content-Type', value: type },
      { name: 'Content-Transfer-Encoding', value: 'base64' },
      { name: 'Content-Disposition', value: `attachment; ${writeParameter('filename', name)}` },
    ],
    body: encodeBase64Lines(content),
  }
}

const listed = (name: string, people: readonly Parameters<typeof writeMailbox>[0][]): HeaderField[] =>
  people.length === 0 ? [] : [{ name, value: people.map(writeMailbox).join(', ') }]

const bracketed = (id: string): string =>
  /^[!-;=?-~]+@[!-;=?-~]+$/.test(id) ? `<${id}>` : malformed('message identifier')

/** As RFC 5322 §3.3 has it, in UTC; toUTCString says GMT, which is obsolete there. */
const dateText = (date: Date): string => date.toUTCString().replace('GMT', '+0000')
