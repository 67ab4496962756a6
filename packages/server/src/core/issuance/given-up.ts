import { nameValue, parseTbsCertificate } from '@scel/pki/x509'
import type { Actor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { LostKey } from '../keys/usable-key.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Intent } from './intent.ts'

/** Why what was decided is never certified, by the code that whoever waits for it reads. */
export type WhyGivenUp = LostKey | 'name_not_allowed'

/** What follows of it for what the certificate was wanted for, in the unit that gives it up; `reason` is why, for its row. */
export type FollowGivenUp = (stores: Stores, actor: Actor, intent: Intent, at: Instant, reason: string) => Promise<void>

/** Certificates that were decided and are not made: their key was compromised meanwhile or is somebody else's, or a name became the desk's own. */
export interface GivingUp {
  /** A line of the log, and what follows. The caller has closed the intent, in the same unit. */
  record(stores: Stores, actor: Actor, intent: Intent, at: Instant, why?: WhyGivenUp): Promise<void>
  /** Closes the intent too; of one that is not open any more, nothing follows. */
  giveUp(stores: Stores, actor: Actor, intent: Intent, at: Instant): Promise<void>
}

/** @param follow given from above: issuance does not know who asks */
export function createGivingUp(follow: FollowGivenUp): GivingUp {
  const recordGivenUp: GivingUp['record'] = async (stores, actor, intent, at, why = 'csr_key_revoked') => {
    const reason = REASONS[why]
    const { environment, organisation, purpose } = intent
    const owner = organisation === undefined ? {} : { organisation }
    const name = nameValue(parseTbsCertificate(intent.tbs).subject, 'commonName')
    const target = { ...targetOf(intent), ...(name === undefined ? {} : { name }) }
    const facts = { reason }
    await record(stores, actor, { environment, ...owner, at, action: 'certificate.given_up', target, facts })
    if (purpose.kind === 'person') {
      await stores.outbox.append({ environment, ...owner, kind: 'person', target: purpose.person, at })
    }
    await follow(stores, actor, intent, at, reason)
  }
  return {
    record: recordGivenUp,
    giveUp: async (stores, actor, intent, at) => {
      if (await stores.intents.close(intent.id)) await recordGivenUp(stores, actor, intent, at)
    },
  }
}

const REASONS = {
  csr_key_revoked: 'keyCompromise',
  csr_key_in_use: 'keyOfAnother',
  name_not_allowed: 'nameOfDesk',
} as const satisfies Record<WhyGivenUp, string>

function targetOf({ id, purpose }: Intent): { kind: string; id: string } {
  if (purpose.kind === 'request') return { kind: 'request', id: String(purpose.request) }
  return purpose.kind === 'person' ? { kind: 'person', id: purpose.person } : { kind: 'intent', id }
}
