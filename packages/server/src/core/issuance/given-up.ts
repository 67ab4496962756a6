import { nameValue, parseTbsCertificate } from '@scel/pki/x509'
import type { Actor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { LostKey } from '../keys/usable-key.ts'
import type { OwnerKind } from '../owner.ts'
import type { Target } from '../target.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { type Intent, ownerOfIntent, requestOfIntent } from './intent.ts'

/** Why what was decided is never certified, by the code that whoever waits for it reads. */
export type WhyGivenUp = LostKey | 'name_not_allowed'

/** What follows of it for whoever was to have the certificate, in the unit that gives it up; `reason` is why, for its row. */
export type FollowGivenUp = (stores: Stores, actor: Actor, intent: Intent, at: Instant, reason: string) => Promise<void>
export type GivenUpFollowers = Readonly<Record<OwnerKind, FollowGivenUp>>

/** Certificates that were decided and are not made: their key was compromised meanwhile or is somebody else's, or a name became the desk's own. */
export interface GivingUp {
  /** A line of the log, and what follows. The caller has closed the intent, in the same unit. */
  record(stores: Stores, actor: Actor, intent: Intent, at: Instant, why?: WhyGivenUp): Promise<void>
  /** Closes the intent too; of one that is not open any more, nothing follows. */
  giveUp(stores: Stores, actor: Actor, intent: Intent, at: Instant): Promise<void>
}

/** @param followers given from above: issuance does not know who asks */
export function createGivingUp(followers: GivenUpFollowers): GivingUp {
  const recordGivenUp: GivingUp['record'] = async (stores, actor, intent, at, why = 'csr_key_revoked') => {
    const reason = REASONS[why]
    const { environment, organisation } = intent
    const of = organisation === undefined ? {} : { organisation }
    const name = nameValue(parseTbsCertificate(intent.tbs).subject, 'commonName')
    const target = { ...targetOf(intent), ...(name === undefined ? {} : { name }) }
    const facts = { reason }
    await record(stores, actor, { environment, ...of, at, action: 'certificate.given_up', target, facts })
    await followers[ownerOfIntent(intent).kind](stores, actor, intent, at, reason)
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

function targetOf(intent: Intent): Target {
  const { kind, id } = ownerOfIntent(intent)
  if (kind === 'person') return { kind, id }
  const request = requestOfIntent(intent)
  return request === undefined ? { kind: 'intent', id: intent.id } : { kind: 'request', id: String(request) }
}
