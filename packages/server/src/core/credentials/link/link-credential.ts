import type { CredentialRules } from '../credential.ts'

/**
 * A link that its holder made for themselves, to look on another device: opened once, by whoever has it. What was begun with it goes
 * on for as long as the certificate behind it is not revoked.
 */
export const LINK_RULES: CredentialRules = {
  check: async (stores, { environment, madeWith, ended }) => {
    if (ended) return 'credential'
    const certificate = madeWith === undefined ? undefined : await stores.certificates.find({ environment }, madeWith)
    return !certificate || certificate.revoked ? 'credential' : undefined
  },
}
