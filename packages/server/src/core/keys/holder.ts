import type { Environment } from '@scel/contract/values'
import { isSameOwner, ONE_PARTY, type Owner } from '../owner.ts'

/**
 * Whose a certified key is: an owner's, and of those who are each a party (an applicant, an organisation as a whole or one of its services) for one
 * subject of one organisation and no other.
 */
export interface Holder {
  readonly owner: Owner
  /** Of those, and of nobody else; `subjectKey` is the normalised common name. */
  readonly subject?: { readonly organisation: string; readonly subjectKey: string }
}

/**
 * The holder that a certificate makes, or is to make, of its owner.
 * @param subject of the certificate
 */
export function holderFor(
  owner: Owner,
  { organisation = '', subjectKey }: { readonly organisation?: string; readonly subjectKey: string },
): Holder {
  return isEach(owner) ? { owner, subject: { organisation, subjectKey } } : { owner }
}

/** A key by the SHA-256 of its SPKI, hex, and whose it is in an environment. */
export interface HeldKey {
  readonly environment: Environment
  readonly key: string
  readonly holder: Holder
}

/**
 * Who has shown that they hold a key, in one word, by the rules of their kind: an applicant by their own key, in whatever environment, an
 * organisation by its id and the service that it asks for; people and the desk by what they are.
 */
function partyOf(owner: Owner): string {
  const { kind, id, service } = owner
  if (!isEach(owner)) return kind
  return service === undefined ? `${kind} ${id}` : `${kind} ${id} ${service}`
}

const isEach = ({ kind }: Owner): boolean => !ONE_PARTY.includes(kind)

export const isSameParty = (one: Owner, other: Owner): boolean => partyOf(one) === partyOf(other)

export const isSameHolder = (one: Holder, other: Holder): boolean =>
  isSameOwner(one.owner, other.owner) &&
  one.subject?.organisation === other.subject?.organisation &&
  one.subject?.subjectKey === other.subject?.subjectKey
