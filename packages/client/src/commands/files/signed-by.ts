// By whom something is signed, and what is said of that: as sign and seal do it.

import { nameOf } from '@scel/files/certificates'
import { maySign, type SignOptions } from '@scel/pki/cms'
import { usualSignature } from '@scel/pki/crypto'
import { signerOf } from '../../signing/index.ts'
import type { Voice } from '../../ui/voice.ts'
import type { Given } from '../input/given.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import type { FoundSigner } from './signer.ts'
import { type StampFacts, stamperFor, stampFacts, tsaUrl } from './stamp.ts'

/** What --anyway lets pass. */
export const FAULTS = ['expired', 'usage'] as const

/** How it is signed: by whom, now, and stamped where that is asked for; `stamps` hears of each stamp. */
export async function signOptionsOf(
  session: Shell & State,
  given: Given,
  signers: readonly FoundSigner[],
  stamps: StampFacts[],
): Promise<SignOptions> {
  const url = given.text('timestamp')
  const stamper = url === undefined ? undefined : await stamperFor(session, given, tsaUrl(url, '--timestamp'))
  const anyway = FAULTS.filter((fault) => given.list('anyway').includes(fault))
  return {
    signers: signers.map(({ signer }) => ({ ...signer, anyway })),
    certificates: signers.flatMap(({ chain }) => chain),
    at: session.outside.now(),
    signal: session.outside.signal,
    ...(stamper
      ? {
          stamp: async ({ digest, value }) => {
            const { token, stamp } = await stamper({ digest, hash: value })
            stamps.push(stampFacts(stamp))
            return token
          },
        }
      : {}),
  }
}

/** A signature as `--json` prints it. */
export interface SignedFacts {
  readonly subject: string
  readonly algorithm: string
  readonly timeStamp?: StampFacts
}

/** Once everything is signed: `stamps` as they came. */
export async function signedFacts(options: SignOptions, stamps: readonly StampFacts[]): Promise<SignedFacts[]> {
  const facts: SignedFacts[] = []
  for (const [index, signer] of options.signers.entries()) {
    const algorithm = signer.algorithm ?? usualSignature(signer.key)
    const stamp = stamps[index]
    const timeStamp = stamp ? { timeStamp: stamp } : {}
    facts.push({ ...(await signerOf(signer.certificate)), algorithm: algorithm.name, ...timeStamp })
  }
  return facts
}

export function saySigned(facts: readonly SignedFacts[], { signers }: SignOptions, voice: Voice): void {
  for (const { subject, algorithm, timeStamp } of facts) {
    voice.say('sign_signed', { name: subject, algorithm })
    if (timeStamp) voice.say('sign_stamped', { at: voice.instant(timeStamp.at), name: timeStamp.tsa })
  }
  for (const { certificate } of signers) {
    if (!maySign(certificate)) voice.say('sign_not_made_for', { name: nameOf(certificate) })
  }
}
