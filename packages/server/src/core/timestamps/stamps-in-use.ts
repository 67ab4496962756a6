import type { Environment } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import { sha256 } from '../hash.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { OwnProfile } from '../profiles/profiles.ts'
import type { Reading } from '../work.ts'
import { type Instant, MINUTE, nowOf, type World } from '../world.ts'

/**
 * Which certificate this desk signs time stamps under in each environment, and with which key. Makes neither. Each of several desks of one
 * database has keys of its own, as it has folders of its own: what another one uses is not asked for.
 */
export interface StampsInUse {
  /** The one in use; undefined when there is none that is valid now. */
  current(environment: Environment): Promise<StampCertificate | undefined>
  /** That of the newest key which has one that is valid at this moment; it may have been revoked. */
  newest(environment: Environment, now: Instant): Promise<StampCertificate | undefined>
  countKeys(environment: Environment): Promise<number>
}

export interface StampCertificate {
  readonly certificate: Certificate
  /** Its key in the signers. */
  readonly keyId: string
}

/** @param number from 1, without gaps */
export const stampKey = (environment: Environment, number: number): string => `time-stamps-${environment}-${number}`

/** The desk's own, by which it certifies these keys and no others. */
const PROFILE: OwnProfile = 'time-stamping'

export const isStampKey = (keyId: string): boolean => /^time-stamps-(production|test)-\d+$/.test(keyId)

interface Needs {
  readonly work: Reading
  readonly world: Pick<World, 'now' | 'elapsed'>
  readonly signers: Pick<Signers, 'has' | 'open'>
}

export function createStampsInUse({ work, world, signers }: Needs): StampsInUse {
  /** Of keys that are here: they stay what they are. */
  const hashes = new Map<string, string>()
  const inUse = new Map<Environment, { readonly keyId: string; readonly since: number }>()

  const countKeys = async (environment: Environment): Promise<number> => {
    let count = 0
    while (await signers.has(stampKey(environment, count + 1))) count++
    return count
  }

  const hashOf = async (keyId: string): Promise<string> => {
    const known = hashes.get(keyId)
    if (known !== undefined) return known
    const signer = await signers.open(keyId)
    const { publicKey } = signer.key
    signer.close()
    const hash = await sha256(publicKey)
    hashes.set(keyId, hash)
    return hash
  }

  const certificateOf = async (
    environment: Environment,
    keyId: string,
    now: Instant,
  ): Promise<StampCertificate | undefined> => {
    const hash = await hashOf(keyId)
    const found = await work.read((stores) => stores.certificates.ofKey({ environment }, hash))
    const certificate = found.find(
      ({ profile, notBefore, notAfter }) => profile === PROFILE && notBefore <= now && now < notAfter,
    )
    return certificate && { certificate, keyId }
  }

  const newest = async (environment: Environment, now: Instant): Promise<StampCertificate | undefined> => {
    for (let n = await countKeys(environment); n > 0; n--) {
      const found = await certificateOf(environment, stampKey(environment, n), now)
      if (found) return found
    }
    return undefined
  }

  return {
    newest,
    countKeys,
    current: async (environment) => {
      const now = nowOf(world)
      const known = inUse.get(environment)
      // Which keys there are is asked once a minute, whether the certificate still counts at each stamp.
      const kept =
        known && world.elapsed() - known.since < MINUTE ? await certificateOf(environment, known.keyId, now) : undefined
      if (kept && !kept.certificate.revoked) return kept
      const found = await newest(environment, now)
      if (!found || found.certificate.revoked) return undefined
      inUse.set(environment, { keyId: found.keyId, since: world.elapsed() })
      return found
    },
  }
}
