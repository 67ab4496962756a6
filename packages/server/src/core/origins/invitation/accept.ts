import { hasDeskCode, refuse } from '@scel/contract/errors'
import { pemEncode } from '@scel/pki/bytes'
import type { Caller } from '../../actor.ts'
import { record } from '../../audit/record.ts'
import type { Refusals } from '../../audit/refusals.ts'
import type { Certificate } from '../../certificates/certificate.ts'
import type { SettledConfig } from '../../config.ts'
import { authoritiesOf } from '../../credentials/certificate/authorities-of.ts'
import { credentialOf } from '../../credentials/certificate/certificate-credential.ts'
import { drawOrder } from '../../credentials/change-credentials.ts'
import { tokenHash } from '../../hash.ts'
import { type ProvenCsr, proveCsr } from '../../issuance/csr.ts'
import type { Directory } from '../../issuance/directory.ts'
import { type SignIn, toSignIn } from '../../issuance/intent.ts'
import type { Issuance } from '../../issuance/issuance.ts'
import type { HeldKey } from '../../keys/holder.ts'
import { lostKey } from '../../keys/usable-key.ts'
import { type DeskNames, requireNotOfDesk } from '../../names/desk-names.ts'
import { personOwner } from '../../owner.ts'
import type { Invitation } from '../../people/links/invitation.ts'
import { findLink, type Link, requireUsable, spendLink } from '../../people/links/open-link.ts'
import type { Person } from '../../people/person.ts'
import { drawSession, placeSession } from '../../people/sessions/new-session.ts'
import { type GivenName, named } from '../../people/unnamed.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { isKeyAwaited } from '../../registration/contested-key.ts'
import { orderFor } from '../../registration/order.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import { register } from '../../registration/register.ts'
import type { Revocation } from '../../revocation/revocation.ts'
import { afterCommit } from '../../storage-faults.ts'
import type { Stores, Work } from '../../work.ts'
import { type Instant, nowOf, type World } from '../../world.ts'
import { decidedBy } from './decided-by.ts'
import { personRequest } from './person-request.ts'

/**
 * Spends a link with the request made in the browser; the same link with the same key is answered again, with the same
 * certificate and without a session, so that a lost answer loses nothing.
 * `name` and `email` are for an unnamed invitation: whoever spends it says who they are.
 * @throws DeskError those of `inspect` and of `proveCsr`; certificate_is_revoked; csr_key_revoked, csr_key_in_use, name_not_allowed, person_email_taken, input_invalid;
 *   stored_incomplete when the link is spent and the authority cannot sign now
 */
export type Accept = (
  input: GivenName & { token: string; csr: string; from: string; agent: string },
) => Promise<Accepted>

export interface Accepted {
  /** PEM. */
  readonly certificate: string
  /** PEM, issuer first, root last. */
  readonly chain: string[]
  /** Absent when the link had been spent with the same key before. */
  readonly session?: { readonly token: string; readonly expiresAt: Instant }
}

interface Needs {
  readonly work: Work
  readonly refusals: Refusals
  readonly world: World
  readonly directory: Directory
  readonly issuance: Issuance
  readonly profiles: Profiles
  readonly revocation: Pick<Revocation, 'tryPublish'>
  readonly config: SettledConfig
  readonly deskNames: DeskNames
  readonly readUnder: ReadUnder
}

export function createAccept(needs: Needs): Accept {
  const { work, refusals, world, directory, issuance, profiles, revocation, config, deskNames, readUnder } = needs
  const profile = profiles.own.person

  const answer = async (certificate: Certificate, session?: Accepted['session']): Promise<Accepted> => ({
    certificate: pemEncode('CERTIFICATE', certificate.der),
    chain: (await directory.chainOf(certificate.authority)).map((one) => pemEncode('CERTIFICATE', one.certificate)),
    ...(session ? { session } : {}),
  })

  /** The certificate of a link spent with this key before; a crash before its signature is made good here. */
  const again = async (link: Link): Promise<Accepted> => {
    const { environment } = link.person
    const id = link.invitation.spent?.made ?? ''
    const find = () => work.read((stores) => stores.certificates.find({ environment }, id))
    let certificate = await find()
    if (!certificate) {
      await issuance.recover()
      certificate = await find()
    }
    if (certificate?.revoked) refuse('certificate_is_revoked', certificate.revoked)
    return certificate ? answer(certificate) : unsigned(link.person, link.invitation.spent?.for ?? '')
  }

  /** The link is spent for this key: with the same one, the certificate is answered as soon as there is one, if ever. */
  const unsigned = async ({ environment, id, name }: Person, key: string): Promise<never> => {
    const held: HeldKey = { environment, key, holder: { owner: personOwner(id) } }
    const lost = await work.read((stores) => lostKey(stores, held))
    if (!lost) requireNotOfDesk([name], deskNames)
    return refuse(lost ?? 'stored_incomplete', {})
  }

  const issue = async (link: Link, csr: ProvenCsr, from: string, agent: string): Promise<Accepted> => {
    const { person, invitation } = link
    const { environment } = person
    const scope = { environment }
    const { deskName } = config
    const at = nowOf(world)
    const by = decidedBy(invitation, deskName)
    const request = personRequest(link, { csr, by, profile, deskName, from, at }, readUnder)
    const { adds } = invitation
    const order = await orderFor({ ...request, number: 0 }, csr, directory, profiles)
    const prepared = await issuance.prepare(order)
    const made = await work.transaction(async (stores) => {
      await spendLink(stores, invitation.hash, person, {
        ...{ at, for: csr.key, made: prepared.intent.certificate },
      })
      // Nothing in it says whose request it is: one that a machine waits with may have been copied.
      if (await isKeyAwaited(stores, csr.key)) refuse('csr_key_in_use', {})
      const signIn = await signInBy(stores, invitation, prepared.intent.certificate)
      const decided = { ...prepared, intent: toSignIn(prepared.intent, signIn) }
      const caller = byPerson(person, from)
      const target = { kind: 'person', id: person.id, name: person.name } as const
      await record(stores, caller, { environment, at, action: 'invitation.accepted', target })
      return register(stores, caller, {
        request,
        at,
        standing: { by, prepared: decided },
        facts: { profile: profile.name },
      })
    })
    const replaced = adds === undefined ? await work.read((stores) => authoritiesOf(stores, scope, person.id)) : []
    const drawn = await drawSession(world, config, { from, agent, how: 'invitation' })
    let session: Accepted['session']
    const certificate = await issuance.tryComplete(made.prepared ?? prepared, async (stores, issued) => {
      session = undefined
      const current = await stores.people.find(scope, person.id)
      if (current?.state !== 'active') return // disabled meanwhile: the certificate was revoked in this very unit
      const credential = await credentialOf(stores, issued)
      if (!credential || credential.ended) return // its own link is not trusted any more: it was revoked likewise
      await placeSession(stores, current, drawn, credential)
      session = { token: drawn.token, expiresAt: drawn.expiresAt }
    })
    if (!certificate) return unsigned(person, csr.key)
    // The certificates that this one replaces are on their lists before anyone is told.
    for (const authority of replaced) await revocation.tryPublish(authority)
    return afterCommit(() => answer(certificate, session))
  }

  return async ({ token, csr: pem, from, agent, ...given }) => {
    const hash = await tokenHash(token)
    const found = await work.read((stores) => findLink(stores, hash))
    const at = nowOf(world)
    const { environment, id, name } = found.person
    const audited = { environment, at, action: 'invitation.accepted', target: { kind: 'person', id, name } } as const
    return refusals.recording(byPerson(found.person, from), audited, async () => {
      const csr = await proveCsr(pem, profile.keys)
      const link = requireUsable(found, at, csr.key)
      if (link.invitation.spent) return again(link)
      try {
        return await issue({ ...link, person: named(link.person, given) }, csr, from, agent)
      } catch (error) {
        if (!hasDeskCode(error, 'invitation_spent')) throw error
        // Two calls with one link at once: the second is answered like a repetition, when the key is the same.
        return again(requireUsable(await work.read((stores) => findLink(stores, hash)), at, csr.key))
      }
    })
  }
}

const byPerson = ({ id, name }: Person, from: string): Caller => ({ kind: 'caller', id, name, from })

/** One that its holder made for another device adds to what they have. @throws DeskError storage_altered */
async function signInBy(stores: Stores, link: Invitation, credential: string): Promise<SignIn> {
  const { environment, person, adds: name, madeWith, addsAtMost: atMost } = link
  return name === undefined
    ? { takes: 'all', order: await drawOrder(stores, { environment }, person, credential) }
    : { takes: 'nothing', name, ...(madeWith === undefined ? {} : { madeWith }), ...(atMost && { atMost }) }
}
