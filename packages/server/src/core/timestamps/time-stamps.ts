import { hasDeskCode } from '@scel/contract/errors'
import type { Environment } from '@scel/contract/values'
import { isPkiError } from '@scel/pki/errors'
import {
  type Accuracy,
  buildTimeStampResponse,
  parseTimeStampRequest,
  type TimeStampFailure,
  type TimeStampRequest,
} from '@scel/pki/tsp'
import type { World } from '../world.ts'
import type { StampSerials } from './serials.ts'
import type { StampToken } from './stamp-token.ts'
import type { StampCertificate, StampsInUse } from './stamps-in-use.ts'

/** The time-stamp authority (RFC 3161): says that a document, known by its digest alone, was there at a moment. */
export interface TimeStamps {
  /**
   * Answers a request with a response; what cannot be stamped is a rejection that says why.
   * @throws DeskError authority_unavailable when the key does not open, storage_*
   */
  answer(environment: Environment, requestDer: Uint8Array): Promise<Uint8Array>
}

interface Needs {
  readonly world: Pick<World, 'now'>
  /** Whether the clock is known to be wrong. @default never */
  readonly isWrong?: () => boolean
  readonly inUse: Pick<StampsInUse, 'current'>
  readonly serials: StampSerials
  readonly token: StampToken
}

export function createTimeStamps({ world, isWrong, inUse, serials, token }: Needs): TimeStamps {
  const stamp = async (current: StampCertificate, request: TimeStampRequest): Promise<Uint8Array> => {
    const serial = await serials.next()
    // The clock is read last: the stamp must not name a moment before the request was here.
    const { imprint, nonce, wantsCertificate } = request
    const info = { policy: STAMP_POLICY, imprint, serial, genTime: world.now(), accuracy: STAMP_ACCURACY }
    return token(current, nonce === undefined ? info : { ...info, nonce }, wantsCertificate)
  }
  return {
    answer: async (environment, requestDer) => {
      let request: TimeStampRequest
      try {
        request = parseTimeStampRequest(requestDer)
      } catch (error) {
        if (!isPkiError(error)) throw error
        return rejection(error.code === 'algorithm_unsupported' ? 'badAlg' : 'badDataFormat')
      }
      const why = objection(request)
      if (why) return rejection(why)
      if (isWrong?.()) return rejection('timeNotAvailable')
      const current = await inUse.current(environment)
      if (!current) return rejection('systemFailure', 'the service has no valid certificate at the moment')
      try {
        return buildTimeStampResponse({ status: 'granted', token: await stamp(current, request) })
      } catch (error) {
        if (!hasDeskCode(error, 'token_unavailable')) throw error
        return rejection('systemFailure', 'the key of the service cannot be reached at the moment')
      }
    },
  }
}

/** Why a request that can be read is not stamped. */
function objection({ imprint, policy, nonce, extensions }: TimeStampRequest): TimeStampFailure | undefined {
  // Two documents can be made with one SHA-1 or MD5: a stamp would date both.
  if (!DIGESTS.has(imprint.digest)) return 'badAlg'
  if (policy !== undefined && policy !== STAMP_POLICY) return 'unacceptedPolicy'
  if (extensions.length > 0) return 'unacceptedExtension'
  if (nonce !== undefined && (nonce < 0n || nonce >> LONGEST_NONCE !== 0n)) return 'badRequest'
  return undefined
}

const rejection = (failure: TimeStampFailure, text = SAYS[failure]): Uint8Array =>
  buildTimeStampResponse({ status: 'rejection', failures: [failure], ...(text === undefined ? {} : { texts: [text] }) })

// What the service says to people; programs read the bit beside it.
const SAYS: Readonly<Partial<Record<TimeStampFailure, string>>> = {
  badAlg: 'the digest must be SHA-256, SHA-384, SHA-512 or of SHA-3',
  badDataFormat: 'this is not a time-stamp request in DER',
  badRequest: 'the nonce must have at most 256 bits and not be negative',
  timeNotAvailable: 'the clock of the service is not right at the moment',
  unacceptedPolicy: 'the service has another policy; leave it out of the request to have it stated',
  unacceptedExtension: 'the service knows no extensions',
}

/** The desk's own promise: see docs/operating/time-stamps.md. A UUID under 2.25 (X.667) needs no registration. */
export const STAMP_POLICY = '2.25.71013826078234604620978106640082759472'
/** What the desk's clock is kept to; the operator sees to it. */
const STAMP_ACCURACY: Accuracy = Object.freeze({ seconds: 1 })

const DIGESTS: ReadonlySet<string> = new Set(['SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512'])
const LONGEST_NONCE = 256n
