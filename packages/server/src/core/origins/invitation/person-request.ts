import { nameKey } from '@scel/contract/letters'
import { buildName, type Name, nameValue } from '@scel/pki/x509'
import type { Decider } from '../../actor.ts'
import type { ProvenCsr } from '../../issuance/csr.ts'
import { fitting } from '../../issuance/fitting.ts'
import { requireAddress } from '../../mail-address.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import { personOwner } from '../../owner.ts'
import type { Link } from '../../people/links/open-link.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import type { NewRequest } from '../../registration/request.ts'
import type { Instant } from '../../world.ts'

/** What a link asks for besides its key, from the account: of the request that the browser made, the key alone counts. */
interface AskedByLink {
  readonly csr: ProvenCsr
  /** Whose decision the link was. */
  readonly by: Decider
  readonly profile: Profile
  readonly deskName: string
  readonly from: string
  readonly at: Instant
}

/** A person's request for the certificate that they sign in with. @throws DeskError person_without_address */
export function personRequest(
  { invitation, person, organisation }: Link,
  { csr, by, profile, deskName, from, at }: AskedByLink,
  readUnder: ReadUnder,
): NewRequest {
  const subject = subjectOf(person.name, organisation, deskName)
  const commonName = nameValue(subject, 'commonName') ?? ''
  const email = requireAddress(person)
  const wish = {
    environment: person.environment,
    ...(person.organisation === undefined ? {} : { organisation: person.organisation }),
    profile: profile.name,
    origin: { kind: 'invitation', id: invitation.hash, name: by.name, of: by.kind === 'decider' ? by.id : undefined },
    owner: personOwner(person.id),
    key: csr.key,
  } as const
  return {
    ...wish,
    state: 'pending',
    askedBy: person.id,
    commonName,
    subjectKey: nameKey(commonName),
    subject: subject.der,
    names: [email],
    csr: csr.der,
    contact: { email },
    from,
    findings: [
      { code: 'possession_proved', level: 'good', facts: {} },
      { code: 'key_allowed', level: 'good', facts: { key: csr.spec } },
    ],
    readUnder: readUnder.of(wish, profile),
    submittedAt: at,
  }
}

/** `C?, O, CN`: a manager's O is their organisation's name, everybody else's the desk's. */
function subjectOf(name: string, organisation: Organisation | undefined, deskName: string): Name {
  return buildName([
    ...(organisation ? [{ type: 'countryName', value: organisation.country } as const] : []),
    fitting('organizationName', organisation?.name ?? deskName),
    fitting('commonName', name),
  ])
}
