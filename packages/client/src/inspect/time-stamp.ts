import { onePiece } from '@scel/files/objects'
import { GrowingBytes, toHex } from '@scel/pki/bytes'
import { verifyContent } from '@scel/pki/cms'
import { type MessageImprint, parseTimeStampRequest, parseTimeStampResponse, parseTstInfo } from '@scel/pki/tsp'
import { generalNameText } from './common.ts'

/** A request for a time stamp (RFC 3161 §2.4.1) as `scel inspect --json` prints it. */
export interface TimeStampRequestFacts {
  readonly kind: 'time-stamp request'
  readonly imprint: ImprintFacts
  readonly policy?: string
  readonly nonce?: string
  readonly wantsCertificate: boolean
}

export interface TimeStampResponseFacts {
  readonly kind: 'time-stamp response'
  readonly status: string
  readonly texts: readonly string[]
  readonly failures: readonly string[]
  /** What the token says. Its signature is not looked at. */
  readonly stamp?: StampFacts
}

export interface StampFacts {
  readonly time: string
  readonly serial: string
  readonly policy: string
  readonly imprint: ImprintFacts
  /** Seconds either way. */
  readonly accuracy?: number
  readonly nonce?: string
  readonly authority?: string
}

export interface ImprintFacts {
  readonly digest: string
  readonly hash: string
}

/** @throws time_stamp_malformed, der_malformed, algorithm_unsupported */
export function timeStampRequestFacts(der: Uint8Array): TimeStampRequestFacts {
  const { imprint, policy, nonce, wantsCertificate } = parseTimeStampRequest(der)
  return {
    kind: 'time-stamp request',
    imprint: imprintFacts(imprint),
    ...(policy === undefined ? {} : { policy }),
    ...(nonce === undefined ? {} : { nonce: nonce.toString(16) }),
    wantsCertificate,
  }
}

/** @throws time_stamp_malformed, signature_missing, cms_malformed, der_malformed, algorithm_unsupported */
export async function timeStampResponseFacts(der: Uint8Array): Promise<TimeStampResponseFacts> {
  const { status, texts, failures, token } = parseTimeStampResponse(der)
  return { kind: 'time-stamp response', status, texts, failures, ...(token ? { stamp: await stampFacts(token) } : {}) }
}

/** What a token says. @throws what `timeStampResponseFacts` throws */
export async function stampFacts(token: Uint8Array): Promise<StampFacts> {
  const { genTime, serialHex, policy, imprint, accuracy, nonce, tsa } = parseTstInfo(await contentOf(token))
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {}
  return {
    time: genTime.toISOString(),
    serial: serialHex,
    policy,
    imprint: imprintFacts(imprint),
    ...(accuracy ? { accuracy: seconds + millis / 1_000 + micros / 1_000_000 } : {}),
    ...(nonce === undefined ? {} : { nonce: nonce.toString(16) }),
    ...(tsa ? { authority: generalNameText(tsa) } : {}),
  }
}

/** The TSTInfo that the token wraps. Nobody is trusted here: who signed it, and whether that holds, is not asked. */
async function contentOf(token: Uint8Array): Promise<Uint8Array> {
  const content = new GrowingBytes('TSTInfo', token.length)
  const sink = { write: async (bytes: Uint8Array) => content.append(bytes) }
  await verifyContent(onePiece(token), { anchors: [], at: new Date(0), revocation: 'not-asked' }, sink)
  return content.view()
}

const imprintFacts = ({ digest, hash }: MessageImprint): ImprintFacts => ({ digest, hash: toHex(hash) })
