// A verified file as `--json` prints it.

import type { ChainVerdict, SignerVerdict, Verdict } from '@scel/pki/cms'
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

export interface SignatureFacts {
  /** Absent when the certificate is nowhere to be found. */
  readonly signer?: SignerFacts
  readonly algorithm: string
  /** What the signer says of the moment; no proof. */
  readonly signingTime?: string
  readonly timeStamp?: VerdictFacts & { readonly at?: string; readonly tsa?: string }
  readonly integrity: VerdictFacts
  readonly chain: VerdictFacts & { readonly at: string; readonly path: readonly Step[] }
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
}

export async function signatureFacts(
  verdict: SignerVerdict,
  anchors: readonly Certificate[],
  voice: Voice,
): Promise<SignatureFacts> {
  const { signer, algorithm, signingTime, timeStamp, integrity, chain, identity, revocation } = verdict
  const facts = (one: Verdict): VerdictFacts => verdictFacts(one, voice)
  return {
    ...(signer ? { signer: await signerFacts(signer) } : {}),
    algorithm,
    ...(signingTime ? { signingTime: signingTime.toISOString() } : {}),
    ...(timeStamp?.verdict
      ? {
          timeStamp: {
            ...facts(timeStamp.verdict),
            ...(timeStamp.at ? { at: timeStamp.at.toISOString() } : {}),
            ...(timeStamp.tsa ? { tsa: nameOf(timeStamp.tsa) } : {}),
          },
        }
      : {}),
    integrity: facts(integrity),
    chain: { ...facts(chain), at: chain.at.toISOString(), path: await pathOf(chain, anchors) },
    identity: identity === 'not-asked' ? identity : facts(identity),
    revocation: revocation === 'not-asked' ? revocation : facts(revocation),
    countersignatures: verdict.countersignatures.map((one) => ({
      ...(one.signer ? { signer: nameOf(one.signer) } : {}),
      integrity: facts(one.integrity),
      chain: facts(one.chain),
    })),
  }
}

export const verdictFacts = (verdict: Verdict, voice: Voice): VerdictFacts => {
  if (verdict.ok) return { ok: true }
  const { code, message, hints } = voice.words(verdict.error)
  return { ok: false, error: { code, message, hints } }
}

export const pathOf = async ({ explained }: ChainVerdict, anchors: readonly Certificate[]): Promise<Step[]> =>
  explained ? stepsOf(explained, anchors) : []

export const signerFacts = async (certificate: Certificate): Promise<SignerFacts> => ({
  subject: nameOf(certificate),
  serial: certificate.serialHex,
  emails: addressesOf(certificate),
  fingerprint: await fingerprint(certificate.der),
})
