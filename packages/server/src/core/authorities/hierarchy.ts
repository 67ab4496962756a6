import { hasDeskCode, refuse } from '@scel/contract/errors'
import { type AuthorityPurpose, ENVIRONMENTS, type Environment } from '@scel/contract/values'
import type { SettledConfig } from '../config.ts'
import { sha256 } from '../hash.ts'
import type { Addresses } from '../issuance/addresses.ts'
import type { Directory } from '../issuance/directory.ts'
import type { Intent } from '../issuance/intent.ts'
import type { Issuance } from '../issuance/issuance.ts'
import { lint } from '../issuance/linted.ts'
import type { Signers } from '../issuance/signer.port.ts'
import { dropIntent, storeIntent } from '../issuance/store-intent.ts'
import type { HeldKey } from '../keys/holder.ts'
import { THE_DESK } from '../owner.ts'
import type { Reading, Work } from '../work.ts'
import { DAY, type Instant, later, newId, nowOf, type World } from '../world.ts'
import type { Authority } from './authority.ts'
import { buildAuthorityContent } from './content.ts'
import { ownKey } from './own-key.ts'

/** Makes the authorities: a root and one issuing authority per purpose, in each environment. */
export interface Hierarchy {
  /**
   * Makes what is missing; a hierarchy half made before a crash is completed.
   * @param which `ending` too: an authority that will end within a year gets a successor: what it issued stays valid, and it keeps its list and
   *   its responder. That is for a person to ask for: a clock that is ahead would otherwise have authorities made that are not valid yet.
   * @returns how many were made @throws DeskError root_passphrase_needed when one is missing and the roots' keys are away
   */
  ensure(which?: 'ending'): Promise<number>
  /** Issuing authorities in use that will end within a year. */
  ending(): Promise<Authority[]>
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly directory: Directory
  readonly issuance: Issuance
  readonly addresses: Addresses
  readonly config: SettledConfig
}

export function createHierarchy(needs: Needs): Hierarchy {
  const { work, world, signers, directory, issuance, addresses, config } = needs

  const existing = async (environment: Environment, purpose: AuthorityPurpose): Promise<Authority[]> =>
    (await directory.all()).filter((one) => one.environment === environment && one.purpose === purpose)

  const make = async (environment: Environment, purpose: AuthorityPurpose, parent?: Authority): Promise<Authority> => {
    requireLiving(parent, nowOf(world))
    if ((await signers.rootCustody()) === 'away') refuse('root_passphrase_needed', {})
    const interrupted = await work.read(async (stores) =>
      (await stores.intents.open()).find(
        ({ purpose: what, environment: where }) =>
          what.kind === 'authority' && what.purpose === purpose && where === environment,
      ),
    )
    if (interrupted) return issuance.completeAuthority(interrupted)
    const generation = (await existing(environment, purpose)).length + 1
    const keyId = generation === 1 ? `${environment}-${purpose}` : `${environment}-${purpose}-${generation}`
    const isRoot = purpose === 'root'
    // The name of a key says what it is for, so that a start after a crash finds the key that was made before it.
    const spki = await ownKey(signers, keyId, isRoot ? ROOT_KEY : config.authorityKey, isRoot ? 'root' : 'authority')
    const id = newId(world)
    const content = { environment, purpose, deskName: config.deskName, spki, generation, ...(parent ? { parent } : {}) }
    const tbs = await buildAuthorityContent(world, addresses, content)
    lint(tbs)
    const intent: Intent = {
      id: newId(world),
      environment,
      authority: parent?.id ?? id,
      signerKey: parent?.keyId ?? keyId,
      certificate: id,
      tbs,
      purpose: { kind: 'authority', purpose },
      subjectKeyId: keyId,
      createdAt: nowOf(world),
    }
    const held: HeldKey = { environment, key: await sha256(spki), holder: { owner: THE_DESK } }
    await work.transaction(async (stores) => {
      if (await stores.authorities.isKeyTaken(keyId)) refuse('keys_of_another_desk', {})
      await storeIntent(stores, { intent, held })
    })
    try {
      return await issuance.completeAuthority(intent)
    } catch (error) {
      // Another desk was faster on an empty database: what this one was about to make must not stay behind in it.
      if (hasDeskCode(error, 'keys_of_another_desk')) await work.transaction((stores) => dropIntent(stores, intent))
      throw error
    }
  }

  const isEnding = ({ notAfter }: Authority): boolean => notAfter < later(nowOf(world), ENDING)

  return {
    ensure: async (which) => {
      let made = 0
      const counted = async (making: Promise<Authority>): Promise<Authority> => {
        const authority = await making
        made++
        return authority
      }
      for (const environment of ENVIRONMENTS) {
        const root = (await existing(environment, 'root')).at(-1) ?? (await counted(make(environment, 'root')))
        for (const purpose of ISSUING) {
          const current = (await existing(environment, purpose)).at(-1)
          if (!current || (which === 'ending' && isEnding(current))) await counted(make(environment, purpose, root))
        }
      }
      return made
    },
    ending: async () => {
      const found: Authority[] = []
      for (const environment of ENVIRONMENTS) {
        for (const purpose of ISSUING) {
          const current = (await existing(environment, purpose)).at(-1)
          if (current && isEnding(current)) found.push(current)
        }
      }
      return found
    },
  }
}

/** Under a root that has ended nothing verifies any more, whatever it signs. @throws DeskError root_ended */
export function requireLiving(root: Authority | undefined, now: Instant): void {
  if (root && root.notAfter <= now) refuse('root_ended', { at: root.notAfter })
}

/** Whether a desk has begun in this database: its authorities come first. */
export const hasBegun = async (work: Reading): Promise<boolean> =>
  (await work.read(({ authorities }) => authorities.all())).length > 0

/**
 * Refuses a database that a desk with other keys has made: nothing in it could be used, and what this one wrote there
 * would stand in the other's way.
 * @throws DeskError keys_of_another_desk
 */
export async function requireOwnDatabase(work: Work): Promise<void> {
  const { own, strangers } = await work.read(async ({ authorities }) => ({
    own: (await authorities.all()).length,
    strangers: await authorities.countForged(),
  }))
  if (own === 0 && strangers > 0) refuse('keys_of_another_desk', {})
}

const ROOT_KEY = 'ec-p384'
// What it issues lives a year at most, and ends with it.
const ENDING = 365 * DAY
// There is one listener, and its certificate is of production; each environment has time stamps of its own.
export const ISSUING: readonly AuthorityPurpose[] = ['machines', 'people', 'desk']
