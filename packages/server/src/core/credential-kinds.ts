import type { CredentialKind } from '@scel/contract/values'
import { CERTIFICATE_RULES } from './credentials/certificate/certificate-credential.ts'
import type { CredentialKinds } from './credentials/credential.ts'
import { LINK_RULES } from './credentials/link/link-credential.ts'

/** Every kind of credential with its rules. */
export const CREDENTIAL_KINDS: CredentialKinds = { certificate: CERTIFICATE_RULES, link: LINK_RULES }

/** Whether inventories name those of a kind. */
export const isNamedKind = (kind: CredentialKind): boolean => CREDENTIAL_KINDS[kind].isNamed

export const namedKinds = (): CredentialKind[] =>
  Object.keys(CREDENTIAL_KINDS)
    .map((kind) => kind as CredentialKind)
    .filter(isNamedKind)
