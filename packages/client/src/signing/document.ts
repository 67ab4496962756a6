// A verified file as `--json` prints it: what was found out about it, with its reasons in words.

import { addressesOf, type CertificateFacts, nameOf } from '@scel/files/certificates'
import type {
  ChainFacts,
  CountersignatureFacts,
  SignatureFacts,
  Step,
  TimeStampFacts,
  VerdictFacts,
} from '@scel/files/verdicts'
import { type Certificate, fingerprint } from '@scel/pki/x509'
import type { DeskRecord } from '../state/desk-record.ts'
import { hostOf } from '../state/desks.ts'
import type { Voice } from '../ui/voice.ts'

/** Whether it holds, and in words why not. */
export interface VerdictDocument {
  readonly ok: boolean
  readonly error?: FailureDocument
}

export interface FailureDocument {
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

export interface SignatureDocument {
  /** Absent when the certificate is nowhere to be found. */
  readonly signer?: SignerDocument
  readonly algorithm: string
  /** What the signer says of the moment; no proof. */
  readonly signingTime?: string
  readonly timeStamp?: StampDocument
  readonly integrity: VerdictDocument
  readonly chain: VerdictDocument & { readonly at: string; readonly path: readonly StepDocument[] }
  /** By which of the user's desks, when the chain holds under the root of one. */
  readonly vouchedBy?: readonly VouchedBy[]
  readonly identity: VerdictDocument | 'not-asked'
  readonly revocation: VerdictDocument | 'not-asked'
  readonly countersignatures: readonly CountersignatureDocument[]
}

/** A time stamp on a signature: what it says counts only where it holds. */
export interface StampDocument extends VerdictDocument {
  readonly at?: string
  readonly tsa?: string
  /** By which of the user's desks, when it holds under the root of one. */
  readonly vouchedBy?: readonly VouchedBy[]
}

export interface SignerDocument {
  readonly subject: string
  readonly serial: string
  readonly emails: readonly string[]
  readonly fingerprint: string
}

export interface CountersignatureDocument {
  readonly signer?: string
  readonly integrity: VerdictDocument
  readonly chain: VerdictDocument
  readonly vouchedBy?: readonly VouchedBy[]
}

export type StepDocument = Omit<Step, 'name' | 'issuerName' | 'emails' | 'spec'>

/** `stampRefusal`: why time stamps on signatures count for nothing, where they are not looked at. */
export function signatureDocument(
  facts: SignatureFacts<DeskRecord>,
  stampRefusal: Error | undefined,
  voice: Voice,
): SignatureDocument {
  const { signer, algorithm, signingTime, timeStamp, integrity, chain, identity, revocation } = facts
  const asked = (one: VerdictFacts): VerdictDocument | 'not-asked' =>
    one.is === 'not-asked' ? one.is : verdictDocument(one, voice)
  return {
    ...(signer ? { signer: signerDocument(signer) } : {}),
    algorithm,
    ...(signingTime ? { signingTime } : {}),
    ...stampDocument(timeStamp, stampRefusal, voice),
    integrity: verdictDocument(integrity, voice),
    chain: { ...verdictDocument(chain.verdict, voice), at: chain.at, path: chain.steps.map(stepDocument) },
    ...vouchedDocument(chain),
    identity: asked(identity),
    revocation: asked(revocation),
    countersignatures: facts.countersignatures.map((one) => counterDocument(one, voice)),
  }
}

function counterDocument(
  { signer, integrity, chain }: CountersignatureFacts<DeskRecord>,
  voice: Voice,
): CountersignatureDocument {
  return {
    ...(signer ? { signer: subjectOf(signer) } : {}),
    integrity: verdictDocument(integrity, voice),
    chain: verdictDocument(chain.verdict, voice),
    ...vouchedDocument(chain),
  }
}

function stampDocument(
  timeStamp: TimeStampFacts<DeskRecord> | undefined,
  refusal: Error | undefined,
  voice: Voice,
): Pick<SignatureDocument, 'timeStamp'> {
  if (!timeStamp) return {}
  const { verdict, at, tsa, chain } = timeStamp
  if (verdict.is === 'not-asked') {
    return refusal ? { timeStamp: { ok: false, error: failureDocument(voice.words(refusal)) } } : {}
  }
  return {
    timeStamp: {
      ...verdictDocument(verdict, voice),
      ...(at ? { at } : {}),
      ...(tsa ? { tsa: subjectOf(tsa) } : {}),
      ...(verdict.is === 'good' && chain ? vouchedDocument(chain) : {}),
    },
  }
}

/** Which desks a chain that holds leads to; nothing where the roots were given. */
export function vouchedDocument({ steps, vouchedBy }: ChainFacts<DeskRecord>): {
  readonly vouchedBy?: readonly VouchedBy[]
} {
  const [anchor] = steps
  if (!anchor || vouchedBy.length === 0) return {}
  const root = { subject: subjectOf(anchor), fingerprint: anchor.fingerprint }
  return {
    vouchedBy: vouchedBy.map(({ desk, environment }) => ({ desk: desk.name, host: hostOf(desk), environment, root })),
  }
}

export const verdictDocument = (verdict: VerdictFacts, voice: Voice): VerdictDocument =>
  verdict.is === 'bad' ? { ok: false, error: failureDocument(voice.reason(verdict.why)) } : { ok: true }

const failureDocument = ({ code, message, hints }: FailureDocument): FailureDocument => ({ code, message, hints })

/** In the order in which people read it. */
export const stepDocument = ({ revocation, ...step }: Step): StepDocument => ({
  ...{ subject: step.subject, issuer: step.issuer, serial: step.serial },
  ...{ notBefore: step.notBefore, notAfter: step.notAfter, key: step.key, fingerprint: step.fingerprint },
  ...{ anchor: step.anchor, fault: step.fault },
  ...(revocation ? { revocation } : {}),
})

const signerDocument = (one: CertificateFacts): SignerDocument => ({
  ...{ subject: subjectOf(one), serial: one.serial, emails: one.emails, fingerprint: one.fingerprint },
})

const subjectOf = ({ subject, serial }: CertificateFacts): string => subject || serial

/** Who signs, before anybody judged it. */
export const signerOf = async (certificate: Certificate): Promise<SignerDocument> => ({
  subject: nameOf(certificate),
  serial: certificate.serialHex,
  emails: addressesOf(certificate),
  fingerprint: await fingerprint(certificate.der),
})
