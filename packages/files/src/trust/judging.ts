import type { VerifyOptions } from '@scel/pki/cms'
import { stampVerifier, type TimeStampTrust } from '@scel/pki/tsp'
import type { TrustDecision } from './decide-trust.ts'
import type { Trust } from './trust.ts'

/** How chains are followed, whoever is believed. */
export type Following = Pick<TimeStampTrust, 'intermediates' | 'at' | 'revocation'>

/** For `verifyContent`. Time stamps are not looked at where nobody can say whose moment counts. */
export const judgingSignatures = <Desk>(
  { signers, stamps, undecided }: TrustDecision<Desk>,
  following: Following,
): Pick<VerifyOptions, 'anchors' | 'verifyStamp' | keyof Following> => ({
  ...following,
  anchors: signers.anchors,
  ...(undecided.time ? {} : { verifyStamp: stampVerifier({ ...following, anchors: stamps.anchors }) }),
})

/** For `stampFileFacts`. */
export const judgingStamps = <Desk>(
  { stamps }: TrustDecision<Desk>,
  following: Following,
): Trust<Desk> & Following => ({ ...following, ...stamps })
