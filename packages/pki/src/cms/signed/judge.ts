// One signer after the other: the four verdicts, the time stamp that moves the moment, and who countersigned.

import { equal, toHex } from '../../bytes/index.ts'
import type { PkiError as AnyPkiError } from '../../errors/index.ts'
import { isPkiError, PkiError } from '../../errors/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { formatName, serialHex } from '../../x509/index.ts'
import { allValues, singleValue } from '../attributes/attribute.ts'
import {
  COUNTERSIGNATURE,
  SIGNING_CERTIFICATE,
  SIGNING_CERTIFICATE_V2,
  SIGNING_TIME,
  TIME_STAMP_TOKEN,
} from '../attributes/oids.ts'
import { readSigningTime } from '../attributes/plain.ts'
import { isNamed } from '../certificate-identifier.ts'
import type { Ground, Judgement } from './chain.ts'
import { groundOf, judgeChain, revocationWith } from './chain.ts'
import { checkIdentity } from './identity.ts'
import type { SignedThing } from './integrity.ts'
import { checkIntegrity } from './integrity.ts'
import { messageDigestStream } from './message-digest.ts'
import type { SignedTail } from './read.ts'
import { algorithmName } from './signature-algorithm.ts'
import type { SignerInfo } from './signer-info.ts'
import { readSignerInfo } from './signer-info.ts'
import type { Countersignature, SignatureTimeStamp, SignerVerdict, Verdict } from './verdict.ts'
import type { VerifyOptions } from './verify-options.ts'

/** What is the same for all signers of a file. */
export interface Case {
  readonly options: VerifyOptions
  readonly tail: SignedTail
  readonly ground: Ground
  /** With the lists of the file. */
  readonly revocation: VerifyOptions['revocation']
}

/** Read once: a file may have many signers and long lists. */
export const caseOf = (options: VerifyOptions, tail: SignedTail): Case => ({
  ...{ options, tail, ground: groundOf(options, tail.certificates) },
  revocation: revocationWith(options.revocation, tail.crls),
})

export async function judgeSigner(info: SignerInfo, thing: SignedThing, file: Case): Promise<SignerVerdict> {
  const { options } = file
  const found = await findSigner(info, thing, file)
  const timeStamp = found.integrity.ok ? await earliestStamp(info, file) : undefined
  const stamped = timeStamp?.verdict?.ok ? timeStamp.at : undefined
  const judged = await judge(found.signer, info, file, stamped)
  const asked = options.identity && (options.identity.email !== undefined || options.identity.fingerprint !== undefined)
  return Object.freeze({
    signer: found.signer,
    ...statedTime(info),
    ...(timeStamp ? { timeStamp } : {}),
    algorithm: algorithmName(info),
    countersignatures: Object.freeze(await countersignatures(info, file)),
    integrity: found.integrity,
    namesCertificate: namesItsCertificate(info),
    ...judged,
    identity: !asked
      ? 'not-asked'
      : found.signer
        ? await checkIdentity(found.signer, options.identity!)
        : ({ ok: false, error: unknown(info) } as const),
  })
}

interface Found {
  readonly signer: Certificate | undefined
  readonly integrity: Verdict
}

async function findSigner(info: SignerInfo, thing: SignedThing, file: Case): Promise<Found> {
  const { options } = file
  let candidates: readonly Certificate[] = []
  try {
    candidates = namedBy(info, file)
    if (candidates.length === 0) throw unknown(info)
    const signer = await checkIntegrity(info, thing, candidates, options.danger?.oldSignatures ?? false)
    return { signer, integrity: { ok: true } }
  } catch (error) {
    if (!isPkiError(error)) throw error
    return { signer: candidates[0], integrity: { ok: false, error } }
  }
}

/** Each signer looks at each certificate, so that both lists together have a price. @throws path_too_costly */
function namedBy({ signer }: SignerInfo, { options, tail, ground: { budget } }: Case): Certificate[] {
  const octets = 'issuer' in signer ? signer.issuer.der.length : 0
  return [...tail.certificates, ...(options.intermediates ?? [])].filter((one) => {
    const longName = 'serial' in signer && equal(one.serial, signer.serial)
    budget.spend('nameComparisons', longName ? 1 + ((one.issuer.der.length + octets) >> 9) : 1)
    return isNamed(one, signer)
  })
}

async function judge(
  signer: Certificate | undefined,
  info: SignerInfo,
  { options, ground, revocation }: Case,
  stamped?: Date,
): Promise<Judgement> {
  if (!signer) return { chain: { ok: false, error: unknown(info), at: options.at }, revocation: 'not-asked' }
  return judgeChain(signer, ground, revocation, options.at, stamped)
}

const unknown = ({ signer }: SignerInfo): AnyPkiError =>
  new PkiError('signer_unknown', {
    signer:
      'issuer' in signer
        ? `${formatName(signer.issuer, 'rfc4514')}, ${serialHex(signer.serial)}`
        : toHex(signer.keyIdentifier),
  })

/** By any of the two attributes; that they name the right one is part of integrity. */
const namesItsCertificate = ({ signed }: SignerInfo): boolean =>
  signed?.attributes.some(({ oid }) => oid === SIGNING_CERTIFICATE_V2 || oid === SIGNING_CERTIFICATE) ?? false

/** A statement only: what cannot be read, or is said twice, states nothing. */
export function statedTime({ signed }: SignerInfo): { readonly signingTime?: Date } {
  try {
    const value = signed && singleValue(signed.attributes, SIGNING_TIME)
    return value ? { signingTime: readSigningTime(value) } : {}
  } catch (error) {
    if (isPkiError(error)) return {}
    throw error
  }
}

/** Anyone may add stamps, and a bad one takes nothing from a good one: the earliest that holds counts. */
async function earliestStamp(
  info: SignerInfo,
  { options: { verifyStamp }, ground }: Case,
): Promise<SignatureTimeStamp | undefined> {
  const tokens = allValues(info.unsigned, TIME_STAMP_TOKEN).slice(0, MOST_STAMPS)
  const [first] = tokens
  if (!first) return undefined
  if (!verifyStamp) return Object.freeze({ token: first })
  let best: SignatureTimeStamp | undefined
  for (const token of tokens) {
    const judged = Object.freeze({ ...(await verifyStamp(token, info.signature, ground.budget)), token })
    if (!best || (judged.verdict.ok && (!best.verdict?.ok || judged.at! < best.at!))) best = judged
  }
  return best
}

async function countersignatures(info: SignerInfo, file: Case): Promise<Countersignature[]> {
  const found: Countersignature[] = []
  const thing: SignedThing = {
    contentType: undefined,
    whole: () => info.signature,
    digest: async (name) => {
      const stream = messageDigestStream(name)
      stream.update(info.signature)
      return stream.digest()
    },
  }
  for (const value of allValues(info.unsigned, COUNTERSIGNATURE).slice(0, MOST_COUNTERSIGNATURES)) {
    const counter = readable(value)
    // Unsigned, so anyone may have put it there: one that is no SignerInfo is no countersignature.
    if (!counter) continue
    const { signer, integrity } = await findSigner(counter, thing, file)
    const { chain } = await judge(signer, counter, file)
    const algorithm = algorithmName(counter)
    found.push(Object.freeze({ signer, algorithm, ...statedTime(counter), integrity, chain }))
  }
  return found
}

function readable(value: Uint8Array): SignerInfo | undefined {
  try {
    return readSignerInfo(value)
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

// Each has a chain of its own, and nobody signed that they are there.
const MOST_STAMPS = 4
const MOST_COUNTERSIGNATURES = 4
