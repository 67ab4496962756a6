import type { Environment, RevocationReason } from '@scel/contract/values'
import type { Actor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Certificate } from '../certificates/certificate.ts'
import type { GivingUp } from '../issuance/given-up.ts'
import type { OwnerKind } from '../owner.ts'
import { scopeAt } from '../scope.ts'
import type { Readers, Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { isCompromise, type Mark, ownerMarks } from './compromise.ts'
import type { Reach } from './compromised-key.ts'

/** Revoking, in the caller's unit, with all that follows. The lists are drawn up after the commit. */
export interface Revoker {
  /**
   * Revokes a certificate: its request's state and timeline, the sessions begun with it, audit and outbox. Of one revoked
   * before, nothing changes. Where its key is compromised, `compromiseWithin` reaches the others of the key too.
   */
  revokeWithin(
    stores: Stores,
    actor: Actor,
    certificate: Certificate,
    at: Instant,
    reason: RevocationReason,
  ): Promise<void>
  /**
   * Ends everything that a compromised key stands behind: certificates are revoked, those that were revoked for another
   * reason get this one and keep their date (RFC 5280 §5.3.1), what was decided is not signed. Each is told in the log of
   * its environment.
   */
  compromiseWithin(stores: Stores, actor: Actor, reach: Reach, at: Instant): Promise<void>
  /**
   * Ends what was begun with a credential that is no certificate, and the links that its holder made for themselves. Where somebody else may have
   * had it, it is marked, what was made with it and is still open is taken back, and what they made to sign in with ends too.
   */
  endWithin(stores: Stores, actor: Actor, credential: Begun, at: Instant, wasOthers: boolean): Promise<void>
}

/** What somebody signed in with, by its id; of a certificate its own. */
export interface Begun {
  readonly environment: Environment
  readonly id: string
}

export type FollowRevocation = (
  stores: Stores,
  actor: Actor,
  certificate: Certificate,
  at: Instant,
  reason: RevocationReason,
) => Promise<void>

/** What follows for whoever has the certificate. */
export interface OwnerFollowers {
  /** What else stood behind it: their machine’s. */
  readonly marksOf: (stores: Readers, certificate: Certificate) => Promise<readonly Mark[]>
  /** It is revoked, or the reason became another: the request that it was issued for is told. */
  readonly revoked: FollowRevocation
}

/**
 * What follows for others, in the unit that revokes; given from above, because revocation does not know them. What was made
 * or begun with a certificate names it by its id: it follows whatever the row says of its owner.
 */
export interface RevocationFollowers {
  /** By whose the certificate is. */
  readonly owned: Readonly<Record<OwnerKind, OwnerFollowers>>
  /** Somebody else may have it: what was made with it and is still open is taken back. */
  readonly distrusted: (stores: Stores, actor: Actor, credential: Begun, at: Instant) => Promise<void>
  /**
   * What whoever had it made for themselves to sign in with, and with that other such things, whether they have ended or not; called where it was
   * in somebody else's hands while it was good.
   */
  readonly made: (stores: Stores, credential: Begun) => Promise<MadeToSignIn>
  /** It ends: what was begun with it does too. */
  readonly ended: (stores: Stores, credential: Begun, at: Instant) => Promise<void>
}

interface MadeToSignIn {
  readonly certificates: readonly Certificate[]
  /** What is no certificate. */
  readonly others: readonly Begun[]
}

interface Needs {
  readonly givingUp: Pick<GivingUp, 'giveUp'>
  readonly followers: RevocationFollowers
}

export function createRevoker({ givingUp, followers }: Needs): Revoker {
  const tell = async (
    stores: Stores,
    actor: Actor,
    certificate: Certificate,
    at: Instant,
    reason: RevocationReason,
    action: 'certificate.revoked' | 'certificate.compromised',
  ): Promise<void> => {
    const { environment, organisation, service, id, serial, commonName } = certificate
    const of = organisation === undefined ? {} : { organisation }
    const target = { kind: 'certificate', id, name: commonName } as const
    await record(stores, actor, { environment, ...of, at, action, target, facts: { serial, reason } })
    const part = service === undefined ? {} : { service }
    const about = { environment, ...of, ...part, profile: certificate.profile, owner: certificate.owner }
    await stores.outbox.append({ ...about, kind: 'certificate', target: id, state: 'revoked', at })
    await stores.facts.announce({ about: 'certificate', kind: 'revoked', at, certificate, reason })
    await followers.owned[certificate.owner.kind].revoked(stores, actor, certificate, at, reason)
  }

  /** Marks what stood behind it, in every environment. What else was made with it is asked for by `madeWith`. */
  const distrust = async (stores: Stores, actor: Actor, certificate: Certificate, at: Instant): Promise<void> => {
    const { id, key, owner } = certificate
    const marks: Mark[] = [
      { kind: 'credential', value: id },
      { kind: 'key', value: key },
      ...ownerMarks(owner),
      ...(await followers.owned[owner.kind].marksOf(stores, certificate)),
    ]
    await stores.compromises.add(marks, { certificate: id, at })
    await followers.distrusted(stores, actor, certificate, at)
  }

  /** Of what is no certificate: nothing else stood behind it. */
  const distrustOther = async (stores: Stores, actor: Actor, credential: Begun, at: Instant): Promise<void> => {
    await stores.compromises.add([{ kind: 'credential', value: credential.id }], { certificate: credential.id, at })
    await followers.distrusted(stores, actor, credential, at)
  }

  const revokeOne: FollowRevocation = async (stores, actor, certificate, at, reason) => {
    if (certificate.revoked) return
    const { environment, id } = certificate
    await stores.revocations.revoke({ environment }, id, at, reason)
    if (isCompromise(reason)) await distrust(stores, actor, certificate, at)
    await tell(stores, actor, certificate, at, reason, 'certificate.revoked')
    await followers.ended(stores, certificate, at)
  }

  /** What was made with it goes too: it is revoked, or stays revoked as it was, and what stood behind it follows either way. */
  const withdrawMade: FollowRevocation = async (stores, actor, certificate, at, reason) => {
    // Out of use is not out of hand: what was added before stays.
    if (reason !== 'keyCompromise' && reason !== 'privilegeWithdrawn') return
    await endMade(stores, actor, certificate, at)
  }

  const endMade = async (stores: Stores, actor: Actor, credential: Begun, at: Instant): Promise<void> => {
    const { certificates, others } = await followers.made(stores, credential)
    for (const made of certificates) {
      if (made.revoked) await distrust(stores, actor, made, at)
      else await revokeOne(stores, actor, made, at, 'privilegeWithdrawn')
    }
    for (const made of others) {
      await distrustOther(stores, actor, made, at)
      await followers.ended(stores, made, at)
    }
  }

  const revokeWithin: Revoker['revokeWithin'] = async (stores, actor, certificate, at, reason) => {
    if (certificate.revoked) return
    await revokeOne(stores, actor, certificate, at, reason)
    await withdrawMade(stores, actor, certificate, at, reason)
  }

  return {
    revokeWithin,
    endWithin: async (stores, actor, credential, at, wasOthers) => {
      await followers.ended(stores, credential, at)
      if (!wasOthers) return
      await distrustOther(stores, actor, credential, at)
      await endMade(stores, actor, credential, at)
    },
    compromiseWithin: async (stores, actor, reach, at) => {
      for (const one of reach.ending) await revokeWithin(stores, actor, one, at, 'keyCompromise')
      for (const one of reach.rewritten) {
        await stores.revocations.compromise(scopeAt(one), one.id, at)
        await distrust(stores, actor, one, at)
        await withdrawMade(stores, actor, one, at, 'keyCompromise')
        await tell(stores, actor, one, at, 'keyCompromise', 'certificate.compromised')
      }
      for (const one of reach.past) {
        await distrust(stores, actor, one, at)
        await withdrawMade(stores, actor, one, at, 'keyCompromise')
      }
      for (const intent of reach.open) await givingUp.giveUp(stores, actor, intent, at)
    },
  }
}
