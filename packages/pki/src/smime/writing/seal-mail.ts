import type { SealOptions } from '../../cms/index.ts'
import { sealContent } from '../../cms/index.ts'
import { collected } from '../collected.ts'
import { writeEntity } from '../mime/write.ts'
import { framed, frameOf } from './frame.ts'
import type { HiddenFields } from './header-protection.ts'
import { barePayload, cipherPayload } from './header-protection.ts'
import { oneSource } from './one-source.ts'
import type { SignMailOptions } from './sign-mail.ts'
import { signedEntity, smimeEntity } from './sign-mail.ts'

/** How a mail is sealed. */
export interface SealMailOptions extends Omit<SealOptions, 'contentType' | 'contentLength'> {
  /** Signs the mail before it is sealed, so that only those who can read it know who signed. */
  readonly sign?: Omit<SignMailOptions, 'protectHeaders'>
  /** Which fields stand only inside; those that remain outside are written inside too. @default 'subject' */
  readonly hide?: HiddenFields
  /** Whether header fields stand inside (RFC 9788); otherwise all of them are read by everyone. @default true */
  readonly protectHeaders?: boolean
}

/**
 * Seals a mail (RFC 8551 §3.3, §3.4), signed before when asked to, with its header fields (RFC 9788): outside, the subject
 * is `[...]`. AES-GCM by default; many mail programs read only AES-CBC yet ({@link mailCipher} tells), whose content
 * nothing protects from change but a signature inside.
 *
 * Bcc stays outside for the program that sends; whoever gets a blind copy is seen among the recipients of the seal, so it
 * needs a seal of its own.
 * @returns the mail as it is sent, in lines that end with CRLF
 * @throws mime_malformed, input_too_large; what `sealContent` throws; what `signMail` throws
 * @example
 * const from = { address: 'ana@example.org' }
 * const mail = buildMail({ from, to: [from], subject: 'a secret', date: sample.at, text: 'a text' })
 * const recipients = [{ kind: 'certificate', certificate: sample.person.certificate }] as const
 * const sealed = await sealMail(mail, { recipients, at: sample.at })
 * assert.ok(!fromUtf8(sealed).includes('a secret'))
 * const read = await readMail(sealed, { keys: [sample.person], anchors: [], at: sample.at, revocation: 'not-asked' })
 * assert.equal(partText(read.content), 'a text\r\n')
 */
export async function sealMail(mail: Uint8Array, options: SealMailOptions): Promise<Uint8Array> {
  const { sign, hide = 'subject', protectHeaders = true, ...sealing } = options
  const frame = frameOf(mail)
  const { payload, outside } = protectHeaders ? cipherPayload(frame, hide) : barePayload(frame)
  const content = sign ? await signedPayload(payload, sign) : payload
  const sealed = await collected(sealContent(oneSource(content), { ...sealing, contentLength: content.length }))
  const kind = options.cipher?.endsWith('CBC') ? 'enveloped-data' : 'authEnveloped-data'
  const { structure, body } = smimeEntity(`application/pkcs7-mime; smime-type=${kind}`, 'smime.p7m', sealed)
  return framed(outside, structure, body)
}

async function signedPayload(payload: Uint8Array, sign: Omit<SignMailOptions, 'protectHeaders'>): Promise<Uint8Array> {
  const { structure, body } = await signedEntity(payload, sign)
  return writeEntity(structure, body)
}
