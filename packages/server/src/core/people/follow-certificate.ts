import type { DeskActor } from '../actor.ts'
import type { FollowGivenUp } from '../issuance/given-up.ts'
import { ownerOfIntent } from '../issuance/intent.ts'
import type { Follow } from '../issuance/issuance.ts'
import type { Revoker } from '../revocation/revoke.ts'

/**
 * What follows from a person's new certificate, in the unit that stores it: they are active and sign in with it, and the
 * one it replaces is revoked. Of a person who was disabled meanwhile, the new one is revoked at once.
 */
export const followPersonCertificate =
  (revoker: Pick<Revoker, 'revokeWithin'>): Follow =>
  async (stores, certificate, at) => {
    const scope = { environment: certificate.environment }
    const person = await stores.people.find(scope, certificate.owner.id)
    if (!person) return
    if (person.state === 'disabled') {
      await revoker.revokeWithin(stores, DESK, certificate, at, 'privilegeWithdrawn')
      return
    }
    const earlier = person.certificate && (await stores.certificates.find(scope, person.certificate.id))
    const { id, authority, serial, environment } = certificate
    await stores.people.update({ ...person, state: 'active', certificate: { id, authority, serial } })
    if (earlier) await revoker.revokeWithin(stores, DESK, earlier, at, 'superseded')
    await stores.outbox.append({ environment, kind: 'person', target: person.id, state: 'active', at })
  }

/** What follows where a person's certificate is never made: whoever looks on sees it. */
export const tellPersonGivenUp: FollowGivenUp = async (stores, _, intent, at) => {
  const { environment, organisation } = intent
  const of = { environment, ...(organisation === undefined ? {} : { organisation }) }
  await stores.outbox.append({ ...of, kind: 'person', target: ownerOfIntent(intent).id, at })
}

const DESK: DeskActor = { kind: 'desk', name: 'people' }
