import { plain } from '../ui/plain.ts'
import { pairsOfLines } from '../ui/table.ts'
import type { Voice } from '../ui/voice.ts'
import type { CertificateFacts } from './certificate.ts'
import { certificatePairs } from './certificate-words.ts'
import type { Pair } from './common.ts'
import type { CrlFacts } from './crl.ts'
import { crlPairs, entryLines } from './crl-words.ts'
import type { KeyFacts } from './key.ts'
import { keyHeading, keyPairs } from './key-words.ts'
import type { OcspRequestFacts, OcspResponseFacts } from './ocsp.ts'
import { ocspRequestPairs, ocspResponsePairs } from './ocsp-words.ts'
import { type Pkcs12Protection, protectionPairs } from './pkcs12.ts'
import type { RequestFacts } from './request.ts'
import { requestPairs } from './request-words.ts'
import type { SealedFileFacts } from './sealed.ts'
import { sealedPairs } from './sealed-words.ts'
import type { SignedFileFacts } from './signed.ts'
import { signedPairs } from './signed-words.ts'
import type { StampFacts, TimeStampRequestFacts, TimeStampResponseFacts } from './time-stamp.ts'
import { stampPairs, timeStampRequestPairs, timeStampResponsePairs } from './time-stamp-words.ts'

/** What is said of one object of a file. */
export type ObjectFacts =
  | CertificateFacts
  | RequestFacts
  | CrlFacts
  | KeyFacts
  | OcspRequestFacts
  | OcspResponseFacts
  | TimeStampRequestFacts
  | TimeStampResponseFacts
  | ContainerFacts
  | SignedContainerFacts
  | SealedFileFacts
  | { readonly kind: 'other'; readonly label: string }

/** A file that holds other objects. */
export interface ContainerFacts {
  readonly kind: 'certificate bag' | 'pkcs12'
  /** The name under which key stores show it. */
  readonly friendlyName?: string
  /** How a PKCS #12 file is protected. */
  readonly protection?: Pkcs12Protection
  readonly objects: readonly ObjectFacts[]
}

/** A signed file, with the certificates and lists that it carries. */
export interface SignedContainerFacts extends SignedFileFacts {
  readonly kind: 'signed'
  /** What is said in it, when it is a time stamp. */
  readonly stamp?: StampFacts
  readonly objects: readonly ObjectFacts[]
}

/** The object in words. */
export function objectLines(facts: ObjectFacts, voice: Voice, now: Date): string[] {
  switch (facts.kind) {
    case 'certificate':
      return [voice.text('inspect_certificate'), ...indent(certificatePairs(facts, voice, now))]
    case 'request':
      return [voice.text('inspect_request'), ...indent(requestPairs(facts, voice))]
    case 'crl':
      return [voice.text('inspect_crl'), ...indent(crlPairs(facts, voice)), ...entryLines(facts, voice)]
    case 'private key':
    case 'public key':
      return [voice.text(keyHeading(facts)), ...indent(keyPairs(facts, voice))]
    case 'ocsp request':
      return [voice.text('object_ocsp_request'), ...indent(ocspRequestPairs(facts, voice))]
    case 'ocsp response':
      return [voice.text('object_ocsp_response'), ...indent(ocspResponsePairs(facts, voice))]
    case 'time-stamp request':
      return [voice.text('object_time_stamp_request'), ...indent(timeStampRequestPairs(facts, voice))]
    case 'time-stamp response':
      return [voice.text('object_time_stamp_response'), ...indent(timeStampResponsePairs(facts, voice))]
    case 'certificate bag':
    case 'pkcs12':
      return containerLines(facts, voice, now)
    case 'signed':
      return signedLines(facts, voice, now)
    case 'sealed':
      return [voice.text(`object_${facts.structure}`), ...indent(sealedPairs(facts, voice))]
    case 'other':
      return [voice.plain('inspect_other', { label: facts.label })]
  }
}

function containerLines(
  { kind, friendlyName, protection, objects }: ContainerFacts,
  voice: Voice,
  now: Date,
): string[] {
  const heading = voice.text(kind === 'pkcs12' ? 'object_pkcs12' : 'object_bag')
  const named: Pair[] = friendlyName === undefined ? [] : [[voice.text('label_friendly_name'), plain(friendlyName)]]
  const guarded: Pair[] = protection ? protectionPairs(protection, voice) : []
  return [heading, ...indent([...named, ...guarded]), ...insideLines(objects, voice, now)]
}

function signedLines(facts: SignedContainerFacts, voice: Voice, now: Date): string[] {
  const { detached, stamp, objects } = facts
  const stamped = stamp ? stampPairs(stamp, voice) : []
  return [
    voice.text(stamp ? 'object_time_stamp' : detached ? 'object_signature' : 'object_signed'),
    ...indent([...stamped, ...signedPairs(facts, voice)]),
    ...insideLines(objects, voice, now),
  ]
}

const insideLines = (objects: readonly ObjectFacts[], voice: Voice, now: Date): string[] =>
  objects.flatMap((one) => ['', ...objectLines(one, voice, now)]).map((line) => (line ? `  ${line}` : line))

const indent = (items: readonly Pair[]): string[] => pairsOfLines(items).map((line) => `  ${line}`)
