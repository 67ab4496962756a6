import type { StampCheck, StampVerdict } from '../cms/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { ReadSoFar, TimeStampTrust } from './verify-token.ts'
import { judgeToken } from './verify-token.ts'

/**
 * What `verifyContent` asks about time stamps on signatures: the trust put in services may be another than in signers.
 * @example
 * const verifyStamp = stampVerifier({ anchors: [sample.root.certificate], at: sample.at, revocation: 'not-asked' })
 * const { verdict } = await verifyStamp(utf8('no token'), new Uint8Array(64))
 * assert.equal(verdict.ok ? '' : verdict.error.code, 'der_malformed')
 */
export const stampVerifier =
  (trust: TimeStampTrust): StampCheck =>
  async (token, signature, budget) => {
    const seen: ReadSoFar = {}
    const facts = (): Omit<StampVerdict, 'verdict'> => ({
      ...(seen.info ? { at: seen.info.genTime } : {}),
      ...(seen.tsa ? { tsa: seen.tsa } : {}),
      ...(seen.chain ? { chain: seen.chain } : {}),
    })
    try {
      await judgeToken(token, { ...trust, ...(budget ? { budget } : {}), data: signature }, seen)
      return { verdict: { ok: true }, ...facts() }
    } catch (error) {
      if (!isPkiError(error)) throw error
      return { verdict: { ok: false, error }, ...facts() }
    }
  }
