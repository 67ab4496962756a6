// One layer after the other. Only what is around everything is opened: a sealed part beside others may have been put
// there by whoever wants to read it (EFAIL), and a signed part beside others says nothing of the others.

import { BerStream, DerReader, TAG } from '../../asn1/index.ts'
import type { SealedStructure, VerifyOptions } from '../../cms/index.ts'
import { describeSealed, openContent, verifyContent } from '../../cms/index.ts'
import type { PkiError } from '../../errors/index.ts'
import { fail, hasCode, isPkiError } from '../../errors/index.ts'
import { memorySink } from '../collected.ts'
import { partContent } from '../mime/content.ts'
import type { MimeLimits } from '../mime/limits.ts'
import { within } from '../mime/limits.ts'
import { canonicalLines } from '../mime/lines.ts'
import type { MimePart } from '../mime/part.ts'
import { readMime, textWithoutHeader } from '../mime/read.ts'
import { oneSource } from '../writing/one-source.ts'
import type { MailLayer } from './mail.ts'
import type { ReadMailOptions } from './options.ts'
import { signedParts, smimeKind } from './smime-part.ts'

/** What all layers held, and what there was to say of each. */
export interface Unwrapped {
  readonly layers: readonly MailLayer[]
  readonly content: MimePart
  /** Whether a signed part came in other line ends than it was signed in. */
  readonly linesChanged: boolean
}

export async function unwrap(mail: MimePart, options: ReadMailOptions, limits: MimeLimits): Promise<Unwrapped> {
  const layers: MailLayer[] = []
  let content = mail
  let linesChanged = false
  for (;;) {
    const kind = smimeKind(content)
    if (!kind) return { layers, content, linesChanged }
    within(layers.length + 1, limits.layers, 'layers')
    options.signal?.throwIfAborted()
    const found =
      kind === 'detached' ? await detached(content, options, limits) : await enclosed(content, options, limits)
    layers.push(Object.freeze(found.layer))
    linesChanged ||= found.linesChanged ?? false
    if (!found.inside) return { layers, content, linesChanged }
    content = found.inside
  }
}

interface Step {
  readonly layer: MailLayer
  /** Undefined when the layer stayed closed. */
  readonly inside?: MimePart
  readonly linesChanged?: boolean
}

async function detached(part: MimePart, options: ReadMailOptions, limits: MimeLimits): Promise<Step> {
  const base = { kind: 'signed', form: 'detached', signers: [] } as const
  let linesChanged = false
  let inside: MimePart | undefined
  try {
    const { content, signature } = signedParts(part)
    // The very octets that are verified are taken apart: nothing is shown that was not hashed.
    const signed = canonicalLines(content.bytes)
    linesChanged = signed !== content.bytes
    inside = readMime(signed, limits)
    const given = { ...verifying(options), content: oneSource(signed) }
    const verified = await verifyContent(oneSource(partContent(signature)), given)
    return { layer: { ...base, verified, signers: verified.signers }, inside, linesChanged }
  } catch (error) {
    return { layer: { ...base, error: refusal(error, options) }, ...(inside ? { inside } : {}), linesChanged }
  }
}

async function enclosed(part: MimePart, options: ReadMailOptions, limits: MimeLimits): Promise<Step> {
  let cms: Uint8Array
  let structure: SealedStructure | 'signedData'
  try {
    cms = partContent(part)
    structure = await structureOf(cms)
  } catch (error) {
    return { layer: { kind: 'sealed', error: refusal(error, options) } }
  }
  if (structure === 'signedData') return opaque(cms, options, limits)
  return structure === 'compressedData' ? compressed(cms, options, limits) : sealed(cms, options, limits)
}

async function opaque(cms: Uint8Array, options: ReadMailOptions, limits: MimeLimits): Promise<Step> {
  const base = { kind: 'signed', form: 'opaque', signers: [] } as const
  try {
    const held = memorySink(limits.bytes)
    const verified = await verifyContent(oneSource(cms), verifying(options), held.sink)
    return { layer: { ...base, verified, signers: verified.signers }, inside: readMime(held.bytes(), limits) }
  } catch (error) {
    return { layer: { ...base, error: refusal(error, options) } }
  }
}

async function sealed(cms: Uint8Array, options: ReadMailOptions, limits: MimeLimits): Promise<Step> {
  const { keys, passphrase, secretKeys, danger, signal } = options
  try {
    const held = memorySink(limits.bytes)
    const opened = await openContent(
      oneSource(cms),
      {
        ...(keys ? { keys } : {}),
        ...(passphrase === undefined ? {} : { passphrase }),
        ...(secretKeys ? { secretKeys } : {}),
        ...(danger ? { danger } : {}),
        ...(signal ? { signal } : {}),
      },
      held.sink,
    )
    return {
      layer: { kind: 'sealed', opened },
      inside: entityOrText(held.bytes(), limits, opened.authenticated),
    }
  } catch (error) {
    return { layer: { kind: 'sealed', error: refusal(error, options) } }
  }
}

/**
 * What was sealed: an entity, or a text without a header, as `openssl cms -encrypt` seals what it is given. Without a tag,
 * wrong padding and content that is neither are one error, so that nobody learns octets from the difference: a block that
 * was altered decrypts to octets that are no text.
 */
function entityOrText(bytes: Uint8Array, limits: MimeLimits, authenticated: boolean): MimePart {
  try {
    return readMime(bytes, limits)
  } catch (error) {
    if (!hasCode(error, 'mime_malformed')) throw error
    const text = textWithoutHeader(bytes)
    if (text) return text
    return authenticated ? fail('mime_malformed', error.facts) : fail('decryption_failed', {})
  }
}

async function compressed(cms: Uint8Array, options: ReadMailOptions, limits: MimeLimits): Promise<Step> {
  try {
    const held = memorySink(limits.bytes)
    await openContent(oneSource(cms), { decompress: { limit: limits.bytes } }, held.sink)
    return { layer: { kind: 'compressed' }, inside: readMime(held.bytes(), limits) }
  } catch (error) {
    return { layer: { kind: 'compressed', error: refusal(error, options) } }
  }
}

/** What the content says it is; `smime-type` is a hint that anyone may change. */
async function structureOf(cms: Uint8Array): Promise<SealedStructure | 'signedData'> {
  const stream = new BerStream(oneSource(cms), 'ContentInfo')
  await stream.enter(TAG.sequence)
  const oid = DerReader.whole(await stream.element(4096), 'ContentInfo', (reader) => reader.oid())
  await stream.close()
  if (oid === SIGNED_DATA) return 'signedData'
  const { structure } = await describeSealed(oneSource(cms))
  return structure === 'digestedData' || structure === 'authenticatedData'
    ? fail('cms_malformed', { what: `${structure} in a mail` })
    : structure
}

const verifying = ({
  keys: _,
  passphrase: _p,
  secretKeys: _s,
  limits: _l,
  ...options
}: ReadMailOptions): VerifyOptions => options

/** What a layer is to blame for; everything else, an abort for one, is thrown on. */
function refusal(error: unknown, { at }: ReadMailOptions): PkiError {
  if (!isPkiError(error) || Number.isNaN(at.getTime())) throw error
  return error
}

const SIGNED_DATA = '1.2.840.113549.1.7.2'
