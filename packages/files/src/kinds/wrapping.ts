// Text that sealed and signed files come in: PEM as openssl writes it, a mail or the part of one, or its base64 alone.

import { CMS_LABELS } from './cms-kind.ts'

export type Wrapping = 'pem' | 'base64' | 'mail'

/** By what a file begins with; undefined when it is no such text. Whether something of ours is in it is seen then. */
export function wrappingOf(head: Uint8Array): Wrapping | undefined {
  const text = textOf(head)
  if (CMS_LABELS.has(/^\s*-----BEGIN ([^-]+)-----/.exec(text)?.[1] ?? '')) return 'pem'
  if (/^(?:application\/(?:x-)?pkcs7-mime)\b/i.test(mediaType(text))) return 'mail'
  // What a SEQUENCE begins with in base64, and no other character for as far as it was read.
  return /^M[A-P][A-Za-z0-9+/\s]+[=\s]*$/.test(text) ? 'base64' : undefined
}

/** A mail whose signature stands beside its text (RFC 8551 §3.5.3): only a program that reads mails can judge it. */
export const isSignedMail = (head: Uint8Array): boolean => /^multipart\/signed\b/i.test(mediaType(textOf(head)))

/** Of the header that a mail, or a part of one, begins with. */
function mediaType(text: string): string {
  if (!/^[!-9;-~]+:/.test(text)) return ''
  const [header = ''] = text.split(/\r?\n\r?\n/, 1)
  return /^content-type:\s*(.*)$/im.exec(header)?.[1] ?? ''
}

const textOf = (head: Uint8Array): string => new TextDecoder('latin1').decode(head)
