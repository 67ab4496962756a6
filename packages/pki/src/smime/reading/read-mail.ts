import { sameMailbox } from '../../x509/index.ts'
import { limitsOf, within } from '../mime/limits.ts'
import { readMime } from '../mime/read.ts'
import { isStructural } from '../writing/frame.ts'
import { authorOf } from './author.ts'
import { differences, insideFields, protectedFields, repeated, unprotectedFields } from './fields.ts'
import type { Mail, MailField, MailWarning, SealedLayer } from './mail.ts'
import type { ReadMailOptions } from './options.ts'
import { signatureOf } from './signature.ts'
import { otherMoments } from './signed-moment.ts'
import { protectedParts } from './smime-part.ts'
import { unwrap } from './unwrap.ts'

/**
 * Reads a mail: opens and verifies what is around all of it, layer by layer, and says what may be believed. What is signed
 * or sealed in a part beside others, or in a forwarded mail, is left alone: it says nothing of the mail. What a layer is
 * to blame for stands in that layer; `content` is then what could still be read.
 * @throws mime_malformed for a mail that is none, input_too_large, time_malformed; the reason of `signal`
 * @example
 * const from = { name: 'Ana', address: 'ana@example.org' }
 * const mail = buildMail({ from, to: [from], subject: 'plain', date: sample.at, text: 'a text' })
 * const { signature, sealed, fields } = await readMail(mail, { anchors: [], at: sample.at, revocation: 'not-asked' })
 * assert.deepEqual([signature, sealed, fields[2]?.text], ['none', false, 'plain'])
 */
export async function readMail(mail: Uint8Array, options: ReadMailOptions): Promise<Mail> {
  const limits = limitsOf(options.limits)
  within(mail.length, limits.bytes, 'mail')
  // Copied, so that nothing changes between the moment it is verified and the moment it is shown.
  const frozen = readMime(new Uint8Array(mail), limits)
  const outside = frozen.fields.filter((field) => !isStructural(field))
  const { layers: found, content, linesChanged } = await unwrap(frozen, options, limits)
  const inside = found.length > 0 ? insideFields(content) : undefined
  const stated = authorOf(inside?.fields ?? outside)
  const { layers, signature } = await signatureOf(found, stated.from)
  const signed = signature === 'valid'
  const seals = layers.filter((layer) => layer.kind === 'sealed')
  const sealed = seals.length > 0 && seals.every(({ opened }) => opened)
  const travelled = authorOf(outside)
  // An unsigned seal may hold any From: whoever carried the mail at least saw the one outside (RFC 9788 §4.4).
  const trusted = signed || sameAuthor(stated.from?.address, travelled.from?.address)
  const fields =
    inside && (signed || sealed)
      ? withAuthor(protectedFields(inside, outside, { signed, sealed }), outside, trusted)
      : unprotectedFields(outside)
  const author = authorOf(fields)
  const warnings: MailWarning[] = [
    ...author.warnings,
    ...(inside ? differences(inside, outside) : []),
    ...repeated(fields),
    ...(signed ? otherMoments(fields, layers) : []),
    ...(linesChanged ? [{ kind: 'line-ends-changed' } as const] : []),
    ...(malleable(seals) && !signed ? [{ kind: 'content-malleable' } as const] : []),
    ...protectedParts(content).map(({ type }) => ({ kind: 'protected-part', type: type.value }) as const),
  ]
  return Object.freeze({
    layers: Object.freeze(layers),
    content,
    fields: Object.freeze(fields),
    outside: frozen.fields,
    from: author.from,
    signature,
    sealed,
    mayFetch: seals.length === 0,
    warnings: Object.freeze(warnings),
  })
}

const sameAuthor = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && sameMailbox(one, other)

/** The fields inside; with the From of outside in the place of one that nobody vouches for. */
function withAuthor(fields: readonly MailField[], outside: Mail['outside'], trusted: boolean): MailField[] {
  if (trusted) return [...fields]
  const isFrom = ({ name }: { name: string }): boolean => name.toLowerCase() === 'from'
  return [...unprotectedFields(outside).filter(isFrom), ...fields.filter((field) => !isFrom(field))]
}

const malleable = (seals: readonly SealedLayer[]): boolean =>
  seals.some(({ opened }) => opened && !opened.authenticated)
