import type { ByteSource } from '@scel/pki/asn1'
import { verifyContent } from '@scel/pki/cms'
import { isPkiError } from '@scel/pki/errors'
import { parseTimeStampResponse, timeStampToken, verifyTimeStampToken } from '@scel/pki/tsp'
import { type CertificateFacts, certificateFacts } from '../certificates/index.ts'
import { cmsKind } from '../kinds/index.ts'
import type { Following, Trust } from '../trust/index.ts'
import { type ChainFacts, chainFacts } from './signature-facts.ts'
import { reasonOf, type VerdictFacts } from './verdict-facts.ts'

/** What a time stamp over a file is worth. */
export interface StampFileFacts<Desk> {
  /** Whether it is of this file, and of a service that is trusted. */
  readonly verdict: VerdictFacts
  /** What it says; only where the verdict holds. */
  readonly stamp?: StampFacts
  /** Of who stamped; absent where nobody can be told. */
  readonly chain?: ChainFacts<Desk>
}

export interface StampFacts {
  /** RFC 3339. */
  readonly at: string
  readonly tsa: CertificateFacts
  /** Hex. */
  readonly serial: string
  readonly policy: string
}

/**
 * Judges a time stamp, by itself or in what a service answered (RFC 3161 §2.4.2), against the file that it is about.
 * @throws time_stamp_refused for an answer without one; what reading `data` throws
 */
export async function stampFileFacts<Desk>(
  file: Uint8Array,
  data: ByteSource,
  trust: Trust<Desk> & Following,
): Promise<StampFileFacts<Desk>> {
  const token = tokenIn(file)
  const chain = await chainOf(token, trust)
  try {
    const { at, tsa, serialHex, policy } = await verifyTimeStampToken(token, { ...trust, data })
    const stamp = { at: at.toISOString(), tsa: await certificateFacts(tsa), serial: serialHex, policy }
    return { verdict: { is: 'good' }, stamp, ...chain }
  } catch (error) {
    return { verdict: { is: 'bad', why: reasonOf(error) }, ...chain }
  }
}

/** A token, or the one in an answer. */
const tokenIn = (file: Uint8Array): Uint8Array =>
  cmsKind(file) === 'signed' ? file : timeStampToken(parseTimeStampResponse(file))

/** Who stamped, to draw the chain; the verdict is that of the token as a whole. */
async function chainOf<Desk>(
  token: Uint8Array,
  trust: Trust<Desk> & Following,
): Promise<{ readonly chain?: ChainFacts<Desk> }> {
  try {
    const { signers } = await verifyContent(one(token), { ...trust, purpose: 'timeStamping' })
    const [signer] = signers
    return signer ? { chain: await chainFacts(signer.chain, trust) } : {}
  } catch (error) {
    if (isPkiError(error)) return {}
    throw error
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
