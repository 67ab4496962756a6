import type { ExpectedSigner } from '@scel/pki/cms'
import { type Trust, trustIn } from './trust.ts'
import type { TrustedRoot } from './trusted-root.ts'

/** Whom a person might believe, by what they said and by which desks they know. */
export interface Grounds<Desk> {
  readonly roots: readonly TrustedRoot<Desk>[]
  /** Desks that have no say yet, where nobody said which one is meant: they count among several. */
  readonly unbelieved?: readonly Desk[]
  /** By which roots time stamps are judged, where a person said so; otherwise by those of signers. */
  readonly ofStamps?: readonly TrustedRoot<Desk>[]
  /** Whose signature it must be. */
  readonly identity?: ExpectedSigner | undefined
}

/** Whom verdicts rest on. */
export interface TrustDecision<Desk> {
  readonly signers: Trust<Desk>
  readonly stamps: Trust<Desk>
  /**
   * What has no answer while nobody said which of several desks is meant, and which desks these are: whose signature it is (`person`), and which
   * moment a time stamp proves (`time`).
   */
  readonly undecided: { readonly person?: readonly Desk[]; readonly time?: readonly Desk[] }
}

/**
 * With the roots of several desks a question about a person has no answer: each of them can certify anybody under the address of somebody
 * whom another one knows. Neither has one about the moment, which each of them can make up. A fingerprint says whose certificate is
 * meant, and is answered all the same. What a person brought is their own choice, and no desk.
 */
export async function decideTrust<Desk>(grounds: Grounds<Desk>): Promise<TrustDecision<Desk>> {
  const { roots, unbelieved = [], ofStamps, identity } = grounds
  const voices = roots.filter(({ desks }) => desks.length > 0).length + unbelieved.length
  const several = voices > 1 ? [...roots.flatMap(({ desks }) => desks), ...unbelieved] : undefined
  const byAddress = identity?.email !== undefined && identity.fingerprint === undefined
  const signers = await trustIn(roots)
  return {
    signers,
    stamps: ofStamps ? await trustIn(ofStamps) : signers,
    undecided: {
      ...(several && byAddress ? { person: several } : {}),
      ...(several && !ofStamps ? { time: several } : {}),
    },
  }
}
