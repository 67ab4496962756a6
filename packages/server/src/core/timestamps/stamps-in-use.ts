import type { Environment } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import { sha256 } from '../hash.ts'
import type { Directory } from '../issuance/directory.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { Reading } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'

/** Which certificate time stamps are signed under in each environment, and with which key. Makes neither. */
export interface StampsInUse {
  /** The one in use; undefined when there is none that is valid now. */
  current(environment: Environment): Promise<StampCertificate | undefined>
  /** The last that was issued of those that are valid at this moment; it may have been revoked. */
  newest(environment: Environment, now: Instant): Promise<Certificate | undefined>
  /** Keys are numbered; which one a certificate is for, it says itself. Undefined when its key is not there. */
  keyOf(certificate: Certificate): Promise<string | undefined>
  countKeys(environment: Environment): Promise<number>
}

export interface StampCertificate {
  readonly certificate: Certificate
  /** Its key in the signers. */
  readonly keyId: string
}

/** @param number from 1, without gaps */
export const stampKey = (environment: Environment, number: number): string => `time-stamps-${environment}-${number}`

export const isStampKey = (keyId: string): boolean => /^time-stamps-(production|test)-\d+$/.test(keyId)

interface Needs {
  readonly work: Reading
  readonly world: Pick<World, 'now'>
  readonly signers: Pick<Signers, 'has' | 'open'>
  readonly directory: Directory
}

export function createStampsInUse({ work, world, signers, directory }: Needs): StampsInUse {
  const keys = new Map<string, string>()

  const newest = async (environment: Environment, now: Instant): Promise<Certificate | undefined> => {
    const authority = await directory.current(environment, 'desk')
    return work.read((stores) => stores.certificates.latestOf(authority.id, 'time-stamping', now))
  }

  const countKeys = async (environment: Environment): Promise<number> => {
    let count = 0
    while (await signers.has(stampKey(environment, count + 1))) count++
    return count
  }

  const hashOf = async (keyId: string): Promise<string> => {
    const signer = await signers.open(keyId)
    const { publicKey } = signer.key
    signer.close()
    return sha256(publicKey)
  }

  const keyOf = async (certificate: Certificate): Promise<string | undefined> => {
    const known = keys.get(certificate.id)
    if (known !== undefined) return known
    for (let n = await countKeys(certificate.environment); n > 0; n--) {
      const keyId = stampKey(certificate.environment, n)
      if ((await hashOf(keyId)) !== certificate.key) continue
      keys.set(certificate.id, keyId)
      return keyId
    }
    return undefined
  }

  return {
    newest,
    keyOf,
    countKeys,
    current: async (environment) => {
      const certificate = await newest(environment, nowOf(world))
      if (!certificate || certificate.revoked) return undefined
      const keyId = await keyOf(certificate)
      return keyId === undefined ? undefined : { certificate, keyId }
    },
  }
}
