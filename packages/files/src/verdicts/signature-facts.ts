import type { ChainVerdict, Countersignature, SignatureTimeStamp, SignerVerdict, VerifiedContent } from '@scel/pki/cms'
import type { Want } from '@scel/pki/path'
import type { Certificate } from '@scel/pki/x509'
import { type CertificateFacts, certificateFacts } from '../certificates/index.ts'
import { missingIssuer, type Step, stepsOf } from './steps.ts'
import { type VerdictFacts, verdictFacts } from './verdict-facts.ts'

/** What a signed file says and is worth, as data. */
export interface SignedFileFacts {
  /** Whether integrity and chain of every signature hold, and of identity and revocation all that was asked. */
  readonly valid: boolean
  /** Whether the signature stood apart from its content. */
  readonly detached: boolean
  /** OID of what was signed. */
  readonly contentType: string
  /** Of the content, in octets. */
  readonly length: number
  /** Never empty. */
  readonly signatures: readonly SignatureFacts[]
}

/** One signature: who, when, and four verdicts. */
export interface SignatureFacts {
  /** Absent when the certificate is nowhere to be found. */
  readonly signer?: CertificateFacts
  readonly algorithm: string
  /** What the signer says of the moment, RFC 3339; no proof. */
  readonly signingTime?: string
  readonly timeStamp?: TimeStampFacts
  readonly integrity: VerdictFacts
  readonly chain: ChainFacts
  readonly identity: VerdictFacts
  readonly revocation: VerdictFacts
  readonly countersignatures: readonly CountersignatureFacts[]
}

/** A time stamp that a signature carries. What it says counts only where the verdict holds. */
export interface TimeStampFacts {
  readonly verdict: VerdictFacts
  readonly at?: string
  readonly tsa?: CertificateFacts
}

/** A chain that leads to an anchor, or as far as it came. */
export interface ChainFacts {
  readonly verdict: VerdictFacts
  /** The moment for which it was judged, RFC 3339. */
  readonly at: string
  /** From the anchor, or from where it ends, down to the leaf. */
  readonly steps: readonly Step[]
  /** Name of the issuer that no certificate at hand is, when that is the reason. */
  readonly missing?: string
  /** Addresses that would have helped. */
  readonly wants: readonly Pick<Want, 'kind' | 'url'>[]
}

/** Somebody who signed the signature. */
export interface CountersignatureFacts {
  readonly signer?: CertificateFacts
  readonly algorithm: string
  readonly signingTime?: string
  readonly integrity: VerdictFacts
  readonly chain: ChainFacts
}

/** Everything about a verified file. `anchors` are those that it was judged by, to be known again in its chains. */
export async function signedFileFacts(
  { valid, detached, contentType, length, signers }: VerifiedContent,
  anchors: readonly Certificate[],
): Promise<SignedFileFacts> {
  const signatures = await Promise.all(signers.map((one) => signatureFacts(one, anchors)))
  return { valid, detached, contentType, length, signatures }
}

async function signatureFacts(verdict: SignerVerdict, anchors: readonly Certificate[]): Promise<SignatureFacts> {
  const { signer, algorithm, signingTime, timeStamp, chain, countersignatures } = verdict
  return {
    ...(signer ? { signer: await certificateFacts(signer) } : {}),
    algorithm,
    ...momentFacts(signingTime),
    ...(timeStamp ? { timeStamp: await stampFacts(timeStamp) } : {}),
    integrity: verdictFacts(verdict.integrity),
    chain: await chainFacts(chain, anchors),
    identity: verdictFacts(verdict.identity),
    revocation: verdictFacts(verdict.revocation),
    countersignatures: await Promise.all(countersignatures.map((one) => countersignatureFacts(one, anchors))),
  }
}

async function countersignatureFacts(
  { signer, algorithm, signingTime, integrity, chain }: Countersignature,
  anchors: readonly Certificate[],
): Promise<CountersignatureFacts> {
  return {
    ...(signer ? { signer: await certificateFacts(signer) } : {}),
    algorithm,
    ...momentFacts(signingTime),
    integrity: verdictFacts(integrity),
    chain: await chainFacts(chain, anchors),
  }
}

async function stampFacts({ verdict, at, tsa }: SignatureTimeStamp): Promise<TimeStampFacts> {
  return {
    verdict: verdictFacts(verdict ?? 'not-asked'),
    ...(at ? { at: at.toISOString() } : {}),
    ...(tsa ? { tsa: await certificateFacts(tsa) } : {}),
  }
}

export async function chainFacts(chain: ChainVerdict, anchors: readonly Certificate[]): Promise<ChainFacts> {
  const { at, explained } = chain
  const missing = explained && missingIssuer(explained)
  return {
    verdict: verdictFacts(chain),
    at: at.toISOString(),
    steps: explained ? await stepsOf(explained, anchors) : [],
    ...(missing === undefined ? {} : { missing }),
    wants: (explained?.wants ?? []).map(({ kind, url }) => ({ kind, url })),
  }
}

const momentFacts = (at: Date | undefined): { readonly signingTime?: string } =>
  at ? { signingTime: at.toISOString() } : {}
