import type { ChainVerdict, Countersignature, SignatureTimeStamp, SignerVerdict, VerifiedContent } from '@scel/pki/cms'
import type { Want } from '@scel/pki/path'
import { type CertificateFacts, certificateFacts } from '../certificates/index.ts'
import type { Trust } from '../trust/index.ts'
import { missingIssuer, type Step, stepsOf } from './steps.ts'
import { type VerdictFacts, verdictFacts } from './verdict-facts.ts'

/** What a signed file says and is worth, as data. `Desk` is what its reader calls those whose roots are believed. */
export interface SignedFileFacts<Desk> {
  /** Whether integrity and chain of every signature hold, and of identity and revocation all that was asked. */
  readonly valid: boolean
  /** Whether the signature stood apart from its content. */
  readonly detached: boolean
  /** OID of what was signed. */
  readonly contentType: string
  /** Of the content, in octets. */
  readonly length: number
  /** Never empty. */
  readonly signatures: readonly SignatureFacts<Desk>[]
}

/** One signature: who, when, and four verdicts. */
export interface SignatureFacts<Desk> {
  /** Absent when the certificate is nowhere to be found. */
  readonly signer?: CertificateFacts
  readonly algorithm: string
  /** What the signer says of the moment, RFC 3339; no proof. */
  readonly signingTime?: string
  readonly timeStamp?: TimeStampFacts<Desk>
  readonly integrity: VerdictFacts
  readonly chain: ChainFacts<Desk>
  readonly identity: VerdictFacts
  readonly revocation: VerdictFacts
  readonly countersignatures: readonly CountersignatureFacts<Desk>[]
}

/** A time stamp that a signature carries. What it says counts only where the verdict holds. */
export interface TimeStampFacts<Desk> {
  readonly verdict: VerdictFacts
  readonly at?: string
  readonly tsa?: CertificateFacts
  /** Of who stamped; absent where nobody asked, or nobody can be told. */
  readonly chain?: ChainFacts<Desk>
}

/** A chain that leads to an anchor, or as far as it came. */
export interface ChainFacts<Desk> {
  readonly verdict: VerdictFacts
  /** The moment for which it was judged, RFC 3339. */
  readonly at: string
  /** From the anchor, or from where it ends, down to the leaf. */
  readonly steps: readonly Step[]
  /** Whose the anchor is, where the chain holds; nobody's where a person brought it. */
  readonly vouchedBy: readonly Desk[]
  /** Name of the issuer that no certificate at hand is, when that is the reason. */
  readonly missing?: string
  /** Addresses that would have helped. */
  readonly wants: readonly Pick<Want, 'kind' | 'url'>[]
}

/** Somebody who signed the signature. */
export interface CountersignatureFacts<Desk> {
  readonly signer?: CertificateFacts
  readonly algorithm: string
  readonly signingTime?: string
  readonly integrity: VerdictFacts
  readonly chain: ChainFacts<Desk>
}

/** Everything about a verified file. `trust` is what it was judged by, to be known again in its chains. */
export async function signedFileFacts<Desk>(
  { valid, detached, contentType, length, signers }: VerifiedContent,
  trust: Trust<Desk>,
): Promise<SignedFileFacts<Desk>> {
  const signatures = await Promise.all(signers.map((one) => signatureFacts(one, trust)))
  return { valid, detached, contentType, length, signatures }
}

async function signatureFacts<Desk>(verdict: SignerVerdict, trust: Trust<Desk>): Promise<SignatureFacts<Desk>> {
  const { signer, algorithm, signingTime, timeStamp, chain, countersignatures } = verdict
  return {
    ...(signer ? { signer: await certificateFacts(signer) } : {}),
    algorithm,
    ...momentFacts(signingTime),
    ...(timeStamp ? { timeStamp: await stampFacts(timeStamp, trust) } : {}),
    integrity: verdictFacts(verdict.integrity),
    chain: await chainFacts(chain, trust),
    identity: verdictFacts(verdict.identity),
    revocation: verdictFacts(verdict.revocation),
    countersignatures: await Promise.all(countersignatures.map((one) => countersignatureFacts(one, trust))),
  }
}

async function countersignatureFacts<Desk>(
  { signer, algorithm, signingTime, integrity, chain }: Countersignature,
  trust: Trust<Desk>,
): Promise<CountersignatureFacts<Desk>> {
  return {
    ...(signer ? { signer: await certificateFacts(signer) } : {}),
    algorithm,
    ...momentFacts(signingTime),
    integrity: verdictFacts(integrity),
    chain: await chainFacts(chain, trust),
  }
}

async function stampFacts<Desk>(
  { verdict, at, tsa, chain }: SignatureTimeStamp,
  trust: Trust<Desk>,
): Promise<TimeStampFacts<Desk>> {
  return {
    verdict: verdictFacts(verdict ?? 'not-asked'),
    ...(at ? { at: at.toISOString() } : {}),
    ...(tsa ? { tsa: await certificateFacts(tsa) } : {}),
    ...(chain ? { chain: await chainFacts(chain, trust) } : {}),
  }
}

export async function chainFacts<Desk>(chain: ChainVerdict, trust: Trust<Desk>): Promise<ChainFacts<Desk>> {
  const { ok, at, explained } = chain
  const missing = explained && missingIssuer(explained)
  const steps = explained ? await stepsOf(explained, trust.anchors) : []
  return {
    verdict: verdictFacts(chain),
    at: at.toISOString(),
    steps,
    vouchedBy: ok && steps[0] ? trust.vouchedBy(steps[0].fingerprint) : [],
    ...(missing === undefined ? {} : { missing }),
    wants: (explained?.wants ?? []).map(({ kind, url }) => ({ kind, url })),
  }
}

const momentFacts = (at: Date | undefined): { readonly signingTime?: string } =>
  at ? { signingTime: at.toISOString() } : {}
