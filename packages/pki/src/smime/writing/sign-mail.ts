import type { SignOptions } from '../../cms/index.ts'
import { signBytes, signDetached } from '../../cms/index.ts'
import { encodeBase64Lines } from '../mime/base64-body.ts'
import type { HeaderField } from '../mime/fields.ts'
import { malformed } from '../mime/malformed.ts'
import { newBoundary, writeEntity, writeParts } from '../mime/write.ts'
import { framed, frameOf } from './frame.ts'
import { barePayload, clearPayload } from './header-protection.ts'
import { digestNames } from './micalg.ts'
import { oneSource } from './one-source.ts'

/** How a mail is signed. */
export interface SignMailOptions extends Omit<SignOptions, 'contentType'> {
  /** `detached` (multipart/signed) can be read by every program, `opaque` survives relays that change line ends. @default 'detached' */
  readonly form?: 'detached' | 'opaque'
  /** Whether From, Subject and the others are signed too (RFC 9788). @default true */
  readonly protectHeaders?: boolean
}

/**
 * Signs a mail (RFC 8551 §3.5), with its header fields (RFC 9788). The mail is copied first: what is signed is what is
 * sent, whatever happens to the octets given here.
 * @returns the mail as it is sent, in lines that end with CRLF
 * @throws mime_malformed, also for octets beyond ASCII in the detached form, which relays change; input_too_large; and
 *   what `signDetached` throws
 * @example
 * const from = { address: 'ana@example.org' }
 * const mail = buildMail({ from, to: [from], subject: 'a subject', date: sample.at, text: 'a text' })
 * const signed = await signMail(mail, { signers: [sample.person], at: sample.at })
 * const anchors = [sample.root.certificate]
 * const intermediates = [sample.issuing.certificate]
 * const read = await readMail(signed, { anchors, intermediates, at: sample.at, revocation: 'not-asked' })
 * assert.deepEqual([read.signature, read.from?.address], ['valid', 'ana@example.org'])
 */
export async function signMail(mail: Uint8Array, options: SignMailOptions): Promise<Uint8Array> {
  const { protectHeaders = true } = options
  const frame = frameOf(mail)
  const { payload, outside } = protectHeaders ? clearPayload(frame) : barePayload(frame)
  const { structure, body } = await signedEntity(payload, options)
  return framed(outside, structure, body)
}

/** A payload with its signature, as an entity. */
export async function signedEntity(
  payload: Uint8Array,
  { form = 'detached', protectHeaders: _, ...options }: SignMailOptions,
): Promise<{ readonly structure: readonly HeaderField[]; readonly body: Uint8Array }> {
  if (form === 'opaque') {
    return smimeEntity('application/pkcs7-mime; smime-type=signed-data', 'smime.p7m', await signBytes(payload, options))
  }
  // "a multipart/signed … all data … MUST be 7bit" (RFC 8551 §3.1.3, RFC 1847 §2.1).
  if (payload.some((octet) => octet > 0x7f || octet === 0)) malformed('octets beyond ASCII in a signed part')
  const signature = await signDetached(oneSource(payload), options)
  const micalg = (await digestNames(signature)).join(',')
  const boundary = newBoundary()
  const parameters = `protocol="application/pkcs7-signature"; micalg="${micalg}"; boundary="${boundary}"`
  const { structure, body } = smimeEntity('application/pkcs7-signature', 'smime.p7s', signature)
  return {
    structure: [{ name: 'Content-Type', value: `multipart/signed; ${parameters}` }],
    body: writeParts([payload, writeEntity(structure, body)], boundary),
  }
}

/** CMS as a leaf (RFC 8551 §3.2). */
export const smimeEntity = (
  type: string,
  name: string,
  cms: Uint8Array,
): { readonly structure: readonly HeaderField[]; readonly body: Uint8Array } => ({
  structure: [
    { name: 'Content-Type', value: `${type}; name="${name}"` },
    { name: 'Content-Transfer-Encoding', value: 'base64' },
    { name: 'Content-Disposition', value: `attachment; filename="${name}"` },
  ],
  body: encodeBase64Lines(cms),
})
