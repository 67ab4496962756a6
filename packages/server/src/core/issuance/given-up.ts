import { nameValue, parseTbsCertificate } from '@scel/pki/x509'
import type { Actor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { LostKey } from '../keys/usable-key.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { endRequest } from './end-request.ts'
import type { Intent } from './intent.ts'

/** Why what was decided is never certified, by the code that whoever waits for it reads. */
export type WhyGivenUp = LostKey | 'name_not_allowed'

/**
 * What follows where a certificate was decided and is not made, because its key was compromised meanwhile or is
 * somebody else's, or a name in it became the desk's own: the end of its request, and a line of the log. The caller closes the intent in the same unit.
 */
export async function recordGivenUp(
  stores: Stores,
  actor: Actor,
  intent: Intent,
  at: Instant,
  why: WhyGivenUp = 'csr_key_revoked',
): Promise<void> {
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
  if (purpose.kind !== 'request') return
  const request = await stores.requests.find({ environment }, purpose.request)
  if (request?.state === 'approved') await endRequest(stores, actor, request, at, reason)
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
