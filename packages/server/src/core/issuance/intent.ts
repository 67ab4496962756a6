import type { AuthorityPurpose, Environment, ProfileName, Strength } from '@scel/contract/values'
import { type Owner, organisationOwner, THE_DESK } from '../owner.ts'
import type { Instant } from '../world.ts'

/** What is made: an end entity's certificate, whose owner decides what follows once it is signed, or an authority. */
export type IntentPurpose =
  | {
      readonly kind: 'certificate'
      readonly owner: Owner
      /** The request that it was decided for. */
      readonly request?: number
      /** Of a person's that is to be signed in with, as what brought its request says; another one is theirs, and no credential. */
      readonly signIn?: SignIn
    }
  | { readonly kind: 'authority'; readonly purpose: AuthorityPurpose }

/** How a person's certificate is to be signed in with: in the place of all that they had, or added to it by themselves. */
export type SignIn =
  | {
      readonly takes: 'all'
      /** Which of several came last: drawn with the decision (`CredentialStore.draw`). */
      readonly order: number
    }
  | {
      readonly takes: 'nothing'
      /** What they call it. */
      readonly name: string
      /** Id of what they were signed in with. */
      readonly madeWith?: string
      /** How well was known who is there when they asked for it. */
      readonly atMost?: Strength
    }

/** Whose the certificate will be. Authorities are the desk's own. An organisation's service stands beside. */
export function ownerOfIntent({ purpose, service }: Pick<Intent, 'purpose' | 'service'>): Owner {
  if (purpose.kind === 'authority') return THE_DESK
  const { owner } = purpose
  return owner.kind === 'organisation' ? organisationOwner(owner.id, service) : owner
}

/** The number of the request that it was decided for. */
export const requestOfIntent = ({ purpose }: Pick<Intent, 'purpose'>): number | undefined =>
  purpose.kind === 'authority' ? undefined : purpose.request

/** The same certificate, to be signed in with. */
export const toSignIn = (intent: Intent, signIn: SignIn): Intent =>
  intent.purpose.kind === 'authority' ? intent : { ...intent, purpose: { ...intent.purpose, signIn } }

/** How it is to be signed in with; undefined where it is not. */
export const signInOfIntent = ({ purpose }: Pick<Intent, 'purpose'>): SignIn | undefined =>
  purpose.kind === 'authority' ? undefined : purpose.signIn

/**
 * What is about to be signed, stored before the key is touched: after a crash the desk knows and completes it. `tbs` is
 * signed as it stands, byte for byte.
 */
export interface Intent {
  readonly id: string
  readonly environment: Environment
  readonly organisation?: string
  /** The one of its services that it is for. */
  readonly service?: string
  /** The issuing authority's id; for a root, its own. */
  readonly authority: string
  /** Key that signs. */
  readonly signerKey: string
  /** Id that the certificate (or authority) will have. */
  readonly certificate: string
  /** Undefined for authorities. */
  readonly profile?: ProfileName
  readonly tbs: Uint8Array
  readonly purpose: IntentPurpose
  /** For authorities: the key that the certificate is for. */
  readonly subjectKeyId?: string
  readonly createdAt: Instant
}
