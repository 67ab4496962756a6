import { DerReader, derOfBer } from '@scel/pki/asn1'
import { toHex } from '@scel/pki/bytes'
import {
  type MessageImprint,
  parseTimeStampRequest,
  parseTimeStampResponse,
  parseTstInfo,
  TST_INFO,
} from '@scel/pki/tsp'
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

/** @throws time_stamp_malformed, der_malformed, algorithm_unsupported */
export function timeStampResponseFacts(der: Uint8Array): TimeStampResponseFacts {
  const { status, texts, failures, token } = parseTimeStampResponse(der)
  return { kind: 'time-stamp response', status, texts, failures, ...(token ? { stamp: stampFacts(token) } : {}) }
}

function stampFacts(token: Uint8Array): StampFacts {
  const { genTime, serialHex, policy, imprint, accuracy, nonce, tsa } = parseTstInfo(contentOfToken(token))
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

/** The TSTInfo that the token wraps: encapContentInfo of its SignedData (RFC 5652 §5.1 and §5.2). */
const contentOfToken = (token: Uint8Array): Uint8Array =>
  DerReader.whole(derOfBer(token, 'time-stamp token'), 'time-stamp token', (reader) =>
    reader.sequence((info) => {
      info.oid()
      return info.explicit(0, (inner) =>
        inner.sequence((signed) => {
          signed.element() // version
          signed.element() // digestAlgorithms
          const content = signed.sequence((wrapped) =>
            wrapped.oid() === TST_INFO ? wrapped.explicit(0, (octets) => octets.octetString()) : wrapped.malformed(),
          )
          signed.list((rest) => rest.element())
          return content
        }),
      )
    }),
  )

const imprintFacts = ({ digest, hash }: MessageImprint): ImprintFacts => ({ digest, hash: toHex(hash) })
