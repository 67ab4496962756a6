import type { CredentialKind } from '@scel/contract/values'
import type { SettledConfig } from './config.ts'
import { CERTIFICATE_RULES } from './credentials/certificate/certificate-credential.ts'
import type { CredentialKinds, CredentialRules } from './credentials/credential.ts'
import { LINK_RULES } from './credentials/link/link-credential.ts'

/** A kind of credential. */
interface Kind {
  /**
   * Whether one lasts: the inventory of its person names it then (decision 0052), it counts only while it is named, and who has had one has come.
   * What does not is forgotten by itself.
   */
  readonly lasts: boolean
  readonly rules: (config: SettledConfig) => CredentialRules
}

/** Every kind of credential. */
export const CREDENTIAL_KINDS: Readonly<Record<CredentialKind, Kind>> = {
  certificate: { lasts: true, rules: () => CERTIFICATE_RULES },
  link: { lasts: false, rules: () => LINK_RULES },
}

const kinds = (): CredentialKind[] => Object.keys(CREDENTIAL_KINDS).map((kind) => kind as CredentialKind)

/** Every kind with its rules, on a desk with this configuration. */
export const createCredentialKinds = (config: SettledConfig): CredentialKinds =>
  Object.fromEntries(
    kinds().map((kind) => {
      const { lasts, rules } = CREDENTIAL_KINDS[kind]
      return [kind, { lasts, ...rules(config) }]
    }),
  ) as CredentialKinds

/** Whether inventories name those of a kind. */
export const isNamedKind = (kind: CredentialKind): boolean => CREDENTIAL_KINDS[kind].lasts

export const namedKinds = (): CredentialKind[] => kinds().filter(isNamedKind)
