/**
 * Whose a certificate is, and with it a certified key and the names in a certificate. What it was asked for by (a request, a
 * link) is no owner: one owner asks in several ways.
 */
export interface Owner {
  readonly kind: OwnerKind
  /** Of an applicant the thumbprint of their key, hex; of a person and an organisation their id. There is one desk, so its own tells nothing. */
  readonly id: string
  /**
   * Of an organisation, the one of its services that it is for: what is one's is not another's, nor the organisation's as a whole, whoever asks.
   * What is of a closed one is the organisation's again: see `settling`.
   */
  readonly service?: string
}

/** Whoever holds an applicant key, an organisation whose people ask for its servers, a person who signs in, or the desk itself. */
export type OwnerKind = 'applicant' | 'organisation' | 'person' | 'desk'

/** What is so of every owner of a kind. */
export interface OwnerRules {
  /**
   * Who has shown that they hold a key: `each` by itself, so that what one has is nobody else's, and a key is for one subject of one organisation; or
   * all of the kind as `one` party, where the desk has seen who they are.
   */
  readonly party: 'each' | 'one'
  /** Whether they stand behind one certificate and are marked with it, should somebody else have had it; else its key is, and its machine. */
  readonly isMarked: boolean
}

export const OWNER_RULES: Readonly<Record<OwnerKind, OwnerRules>> = {
  applicant: { party: 'each', isMarked: true },
  // It does not stand behind one certificate, nor does the desk.
  organisation: { party: 'each', isMarked: false },
  person: { party: 'one', isMarked: true },
  desk: { party: 'one', isMarked: false },
}

/** Kinds whose owners are one party; of whatever is none of these, each is one. */
export const ONE_PARTY: readonly OwnerKind[] = kindsOf(({ party }) => party === 'one')

function kindsOf(are: (rules: OwnerRules) => boolean): OwnerKind[] {
  return Object.keys(OWNER_RULES)
    .map((kind) => kind as OwnerKind)
    .filter((kind) => are(OWNER_RULES[kind]))
}

export const THE_DESK: Owner = { kind: 'desk', id: 'desk' }

/** @param thumbprint of the applicant key, hex */
export const applicantOwner = (thumbprint: string): Owner => ({ kind: 'applicant', id: thumbprint })

/**
 * @param id of the organisation
 * @param service the id of the one of its services that it is for, if it is for one
 */
export const organisationOwner = (id: string, service?: string): Owner => ({
  ...{ kind: 'organisation', id },
  ...(service === undefined ? {} : { service }),
})

/** @param id of the person */
export const personOwner = (id: string): Owner => ({ kind: 'person', id })

export const isSameOwner = (one: Owner, other: Owner): boolean =>
  one.kind === other.kind && one.id === other.id && one.service === other.service
