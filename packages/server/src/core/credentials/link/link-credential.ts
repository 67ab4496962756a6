import type { CredentialRules } from '../credential.ts'
import { isTrusted } from '../is-trusted.ts'

/**
 * A link that its holder made for themselves, to look on another device: opened once, by whoever has it. What was begun with it goes
 * on for as long as what it was made with is trusted.
 */
export const LINK_RULES: CredentialRules = {
  check: async (stores, { environment, madeWith, ended }) => {
    if (ended) return 'credential'
    return (await isTrusted(stores, { environment }, madeWith)) ? undefined : 'credential'
  },
}
