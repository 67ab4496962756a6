import type { DeskActor } from '../../actor.ts'
import { certificateCredential } from '../../credentials/certificate/certificate-credential.ts'
import type { FollowGivenUp } from '../../issuance/given-up.ts'
import { ownerOfIntent, requestOfIntent, signInOfIntent } from '../../issuance/intent.ts'
import type { Follow } from '../../issuance/issuance.ts'
import type { Revoker } from '../../revocation/revoke.ts'
import { addSignIn } from './add-sign-in.ts'
import { createReplaceSignIn } from './replace-sign-in.ts'

/**
 * What follows from a person's new certificate, in the unit that stores it. One that its request did not ask to sign in with is theirs, and no more,
 * whatever usages it has. Of the others: they are active and sign in with it. One that somebody else's link made takes the place of all that they
 * signed in with; one of their own link for another device is added. What was decided first and signed last takes the place of nothing: it is revoked
 * at once. So is one of a person who was disabled meanwhile, and one that was added with what has ended meanwhile.
 */
export const followPersonCertificate = (revoker: Pick<Revoker, 'revokeWithin' | 'endWithin'>): Follow => {
  const replaceSignIn = createReplaceSignIn(revoker)
  return async (stores, certificate, at, intent) => {
    const { environment } = certificate
    const person = await stores.people.find({ environment }, certificate.owner.id)
    // Whose row is not there, or not the desk's, may be somebody who was disabled.
    if (!person || person.state === 'disabled') {
      await revoker.revokeWithin(stores, DESK, certificate, at, 'privilegeWithdrawn')
      return
    }
    const signIn = signInOfIntent(intent)
    if (!signIn) return
    const made = { person: person.id, certificate, at: intent.createdAt }
    if (signIn.takes === 'all') {
      const credential = certificateCredential(made)
      const { order } = signIn
      const request = requestOfIntent(intent) ?? 0
      if (!(await replaceSignIn(stores, { person, credential, order, request }, at)))
        await revoker.revokeWithin(stores, DESK, certificate, at, 'superseded')
      return
    }
    const { name, madeWith, atMost = 'low' } = signIn
    const credential = certificateCredential({ ...made, name })
    if (!(await addSignIn(stores, { person, credential, madeWith, atMost }, at)))
      await revoker.revokeWithin(stores, DESK, certificate, at, 'privilegeWithdrawn')
  }
}

/** What follows where a person's certificate is never made: whoever looks on sees it. */
export const tellPersonGivenUp: FollowGivenUp = async (stores, _, intent, at) => {
  const { environment, organisation } = intent
  const of = { environment, ...(organisation === undefined ? {} : { organisation }) }
  await stores.outbox.append({ ...of, kind: 'person', target: ownerOfIntent(intent).id, at })
}

const DESK: DeskActor = { kind: 'desk', name: 'people' }
