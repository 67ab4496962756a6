import { generateKeyPair } from '@scel/pki/crypto'
import { buildName } from '@scel/pki/x509'
import { deskDecider, type PersonActor } from '../src/core/actor.ts'
import { createFollowing } from '../src/core/followers.ts'
import { addressesAt } from '../src/core/issuance/addresses.ts'
import { proveCsr } from '../src/core/issuance/csr.ts'
import { createDirectory } from '../src/core/issuance/directory.ts'
import { createIssuance, type Issuance } from '../src/core/issuance/issuance.ts'
import { createSignerPool } from '../src/core/issuance/signer-pool.ts'
import { deskNamesOf } from '../src/core/names/desk-names.ts'
import { personOwner } from '../src/core/owner.ts'
import { type Profiles, requireProfile } from '../src/core/profiles/profiles.ts'
import { orderFor } from '../src/core/registration/order.ts'
import { createReadUnder } from '../src/core/registration/read-under.ts'
import { type Registered, register } from '../src/core/registration/register.ts'
import type { NewRequest } from '../src/core/registration/request.ts'
import { layDown } from '../src/core/registration/wish.ts'
import { nowOf } from '../src/core/world.ts'
import { SAMPLE_CODES } from '../src/store/testing/sample-codes.ts'
import { csrOf, profilesAnd, type RulesDesk } from './rules-desk.ts'

/** The profiles of the program, and one for people’s mail, of these usages. */
export const profilesWithMail = (usages: readonly string[] = ['emailProtection']): Profiles =>
  profilesAnd({
    ...{ name: 'mail', title: { en: 'Mail', fr: 'Courrier' } },
    description: { en: 'Signs and receives mail.', fr: 'Signe et reçoit du courrier.' },
    ...{ family: 'person', managers: false, standingApproval: false, revocable: true },
    ...{ issuer: 'people', validityDays: 365, keys: ['ec-p256'], proposedKey: 'ec-p256' },
    keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature', 'keyAgreement'] },
    ...{ extendedKeyUsage: [...usages], commonName: 'person-name', names: 'rfc822Name' },
    ...{ ocspNoCheck: false, revocationAddresses: true },
  })

export interface PersonAsking {
  readonly issuance: Issuance
  /**
   * Somebody’s own wish for a certificate for mail.
   * @param wish by default a new key, their own address, decided by the desk as it comes
   */
  ask(by: PersonActor, wish?: MailWish): Promise<Registered>
}

export interface MailWish {
  /** PEM. */
  readonly csr?: string
  readonly names?: readonly string[]
  /** Left to somebody to decide. */
  readonly waits?: true
}

/** A way to ask that is none of today’s: people, for themselves, by the profile of `profilesWithMail`. */
export function personAsking({ work, world, signers }: RulesDesk, profiles: Profiles): PersonAsking {
  const directory = createDirectory({ work, world, signers })
  const { issued: followers, givingUp } = createFollowing()
  const address = 'http://pki.example.org:8080'
  const deskNames = deskNamesOf(address, () => [])
  const [pool, addresses] = [createSignerPool(signers), addressesAt(address)]
  const issuance = createIssuance({
    ...{ deskNames, work, world, pool, directory, addresses, followers, givingUp, report: () => {} },
  })
  const readUnder = createReadUnder(SAMPLE_CODES)
  const ask: PersonAsking['ask'] = async (actor, { csr: pem, names, waits } = {}) => {
    const { environment, id, name, email, from } = actor
    const profile = requireProfile(profiles, 'mail')
    const csr = await proveCsr(pem ?? (await csrOf(await generateKeyPair('ec-p256'), [])), profile.keys)
    const by = deskDecider('Desk')
    const wish = layDown(
      csr,
      {
        ...{ environment, owner: personOwner(id), origin: { kind: 'invitation', id, name: by.name, of: undefined } },
        ...{ profile: profile.name, families: ['person'], keys: profile.keys },
        holder: {
          commonName: name,
          subject: buildName([{ type: 'commonName', value: name }]).der,
          names: names ?? [email!],
        },
      },
      profiles,
    )
    const submittedAt = nowOf(world)
    const known = { state: 'pending', askedBy: id, from, contact: { email: email! }, submittedAt } as const
    const request: NewRequest = { ...wish, ...known, readUnder: readUnder.of(wish, profile) }
    const prepared = await issuance.prepare(await orderFor({ ...request, number: 0 }, csr, directory, profiles))
    const standing = waits ? {} : { standing: { by, prepared } }
    return work.transaction((stores) => register(stores, actor, { request, at: submittedAt, facts: {}, ...standing }))
  }
  return { issuance, ask }
}
