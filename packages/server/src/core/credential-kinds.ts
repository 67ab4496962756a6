import { CERTIFICATE_RULES } from './credentials/certificate/certificate-credential.ts'
import type { CredentialKinds } from './credentials/credential.ts'
import { LINK_RULES } from './credentials/link/link-credential.ts'

/** Every kind of credential with its rules. */
export const CREDENTIAL_KINDS: CredentialKinds = { certificate: CERTIFICATE_RULES, link: LINK_RULES }
