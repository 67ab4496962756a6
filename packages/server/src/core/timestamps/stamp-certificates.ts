import { ENVIRONMENTS, type Environment } from '@scel/contract/values'
import { buildName } from '@scel/pki/x509'
import { ownKey } from '../authorities/own-key.ts'
import type { AskOwn } from '../authorities/own-order.ts'
import type { Certificate } from '../certificates/certificate.ts'
import type { SettledConfig } from '../config.ts'
import { sha256 } from '../hash.ts'
import type { Directory } from '../issuance/directory.ts'
import { fitting } from '../issuance/fitting.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Work } from '../work.ts'
import { DAY, type Instant, isAhead, later, nowOf, type World } from '../world.ts'
import { type StampsInUse, stampKey } from './stamps-in-use.ts'

/** Keeps the certificates that time stamps are signed under, one in use in each environment, each with a key of its own. */
export interface StampCertificates {
  /** Issues what is missing, revoked, without its key, or whose key has been in use for a year. Answers how many it issued. */
  renewDue(): Promise<number>
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly directory: Directory
  readonly askOwn: AskOwn
  readonly profiles: Profiles
  readonly config: SettledConfig
  readonly inUse: StampsInUse
}

export function createStampCertificates(needs: Needs): StampCertificates {
  const { work, world, signers, directory, askOwn, profiles, config, inUse } = needs
  const profile = profiles.own['time-stamping']

  /** A key that no certificate was issued for yet: one that a crash left behind, otherwise the next number. */
  const freshKey = async (environment: Environment): Promise<string> => {
    const count = await inUse.countKeys(environment)
    if (count > 0) {
      const last = stampKey(environment, count)
      const hash = await sha256(await ownKey(signers, last, profile.proposedKey, 'time-stamp'))
      const used = await work.read((stores) => stores.certificates.ofKey({ environment }, hash))
      if (used.length === 0) return last
    }
    return stampKey(environment, count + 1)
  }

  /** Decided and not signed yet, because a key was away: whoever completes open intents will sign it. */
  const isUnderWay = (environment: Environment, now: Instant): Promise<boolean> =>
    work.read(async (stores) =>
      (await stores.intents.open()).some(
        (intent) =>
          intent.profile === profile.name &&
          intent.environment === environment &&
          intent.createdAt > later(now, -PATIENCE) &&
          !isAhead(intent.createdAt, now),
      ),
    )

  const renew = async (environment: Environment): Promise<void> => {
    const title = environment === 'test' ? 'Time Stamps Test' : 'Time Stamps'
    const name = [...config.deskName.trim()].slice(0, 64 - title.length - 1).join('')
    await askOwn({
      authority: await directory.signing(environment, 'desk'),
      profile,
      keyId: await freshKey(environment),
      use: 'time-stamp',
      subject: buildName([
        fitting('organizationName', config.deskName),
        { type: 'commonName', value: `${name.trim()} ${title}` },
      ]),
    })
  }

  return {
    renewDue: async () => {
      let renewed = 0
      const now = nowOf(world)
      for (const environment of ENVIRONMENTS) {
        const current = await inUse.newest(environment, now)
        const { id } = await directory.signing(environment, 'desk')
        if (current && current.certificate.authority === id && isFresh(current.certificate, now)) continue
        if (await isUnderWay(environment, now)) continue
        await renew(environment)
        renewed++
      }
      return renewed
    },
  }
}

const isFresh = ({ revoked, issuedAt, notAfter }: Certificate, now: Instant): boolean =>
  !revoked && later(issuedAt, KEY_LIFE) > now && notAfter > now

// The certificate lives on for years after its key has had its last use, so that the last stamp can be checked as well.
const KEY_LIFE: number = 365 * DAY
// Then it is tried anew: what could not be signed for so long may never be.
const PATIENCE: number = DAY
