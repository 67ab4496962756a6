// A verified file as `--json` prints it.

import type { ChainVerdict, SignatureTimeStamp, SignerVerdict, Verdict } from '@scel/pki/cms'
import type { TrustAnchor } from '@scel/pki/path'
import { type Certificate, fingerprint } from '@scel/pki/x509'
import { type Step, stepsOf } from '../chain/index.ts'
import type { Voice } from '../ui/voice.ts'
import { addressesOf, nameOf } from './certificates.ts'

/** Whether it holds, and in words why not. */
export interface VerdictFacts {
  readonly ok: boolean
  readonly error?: FailureFacts
}

export interface FailureFacts {
  readonly code: string
  readonly message: string
  readonly hints: readonly string[]
}

/** A desk under whose root a chain holds. */
export interface VouchedBy {
  readonly desk: string
  /** Host and port. */
  readonly host: string
  readonly environment: string
  readonly root: { readonly subject: string; readonly fingerprint: string }
}

/** Whom a verdict rests on. */
export interface Trust {
  readonly anchors: readonly Certificate[]
  /** The desks whose root an anchor is; nobody where a file gave it. */
  vouchedBy(anchor: TrustAnchor): readonly VouchedBy[]
  /** Why time stamps on signatures count for nothing, where they are not looked at. */
  readonly stampRefusal?: Error
}

export interface SignatureFacts {
  /** Absent when the certificate is nowhere to be found. */
  readonly signer?: SignerFacts
  readonly algorithm: string
  /** What the signer says of the moment; no proof. */
  readonly signingTime?: string
  readonly timeStamp?: VerdictFacts & { readonly at?: string; readonly tsa?: string }
  readonly integrity: VerdictFacts
  readonly chain: VerdictFacts & { readonly at: string; readonly path: readonly Step[] }
  /** By which of the user's desks, when the chain holds under the root of one. */
  readonly vouchedBy?: readonly VouchedBy[]
  readonly identity: VerdictFacts | 'not-asked'
  readonly revocation: VerdictFacts | 'not-asked'
  readonly countersignatures: readonly CountersignatureFacts[]
}

export interface SignerFacts {
  readonly subject: string
  readonly serial: string
  readonly emails: readonly string[]
  readonly fingerprint: string
}

export interface CountersignatureFacts {
  readonly signer?: string
  readonly integrity: VerdictFacts
  readonly chain: VerdictFacts
  readonly vouchedBy?: readonly VouchedBy[]
}

export async function signatureFacts(verdict: SignerVerdict, trust: Trust, voice: Voice): Promise<SignatureFacts> {
  const { signer, algorithm, signingTime, timeStamp, integrity, chain, identity, revocation } = verdict
  const facts = (one: Verdict): VerdictFacts => verdictFacts(one, voice)
  return {
    ...(signer ? { signer: await signerFacts(signer) } : {}),
    algorithm,
    ...(signingTime ? { signingTime: signingTime.toISOString() } : {}),
    ...stampFacts(timeStamp, trust, voice),
    integrity: facts(integrity),
    chain: { ...facts(chain), at: chain.at.toISOString(), path: await pathOf(chain, trust.anchors) },
    ...vouchedFacts(chain, trust),
    identity: identity === 'not-asked' ? identity : facts(identity),
    revocation: revocation === 'not-asked' ? revocation : facts(revocation),
    countersignatures: verdict.countersignatures.map((one) => ({
      ...(one.signer ? { signer: nameOf(one.signer) } : {}),
      integrity: facts(one.integrity),
      chain: facts(one.chain),
      ...vouchedFacts(one.chain, trust),
    })),
  }
}

function stampFacts(
  timeStamp: SignatureTimeStamp | undefined,
  { stampRefusal: refusal }: Trust,
  voice: Voice,
): Pick<SignatureFacts, 'timeStamp'> {
  if (!timeStamp) return {}
  const { verdict, at, tsa } = timeStamp
  if (!verdict) return refusal ? { timeStamp: { ok: false, error: failureFacts(refusal, voice) } } : {}
  return {
    timeStamp: {
      ...verdictFacts(verdict, voice),
      ...(at ? { at: at.toISOString() } : {}),
      ...(tsa ? { tsa: nameOf(tsa) } : {}),
    },
  }
}

/** Which desks a chain that holds leads to. */
export function vouchedFacts(chain: ChainVerdict, { vouchedBy }: Trust): { readonly vouchedBy?: readonly VouchedBy[] } {
  const by = chain.ok ? vouchedBy(chain.path.anchor) : []
  return by.length > 0 ? { vouchedBy: by } : {}
}

export const verdictFacts = (verdict: Verdict, voice: Voice): VerdictFacts => {
  if (verdict.ok) return { ok: true }
  return { ok: false, error: failureFacts(verdict.error, voice) }
}

function failureFacts(error: unknown, voice: Voice): FailureFacts {
  const { code, message, hints } = voice.words(error)
  return { code, message, hints }
}

const pathOf = async ({ explained }: ChainVerdict, anchors: readonly Certificate[]): Promise<Step[]> =>
  explained ? stepsOf(explained, anchors) : []

export const signerFacts = async (certificate: Certificate): Promise<SignerFacts> => ({
  subject: nameOf(certificate),
  serial: certificate.serialHex,
  emails: addressesOf(certificate),
  fingerprint: await fingerprint(certificate.der),
})
