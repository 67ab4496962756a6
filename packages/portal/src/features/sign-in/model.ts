import { type ErrorCode, type Language, SENTENCES } from '@scel/contract/errors'

// The desk sends a refused sign-in back with its code alone: facts in an address would stay in the history. Sentences
// that need facts are therefore worded without them here.

const WITHOUT_FACTS = [
  'certificate_unknown_authority',
  'certificate_not_issued_here',
  'certificate_expired_at',
  'certificate_not_valid_before',
  'certificate_is_revoked',
  'certificate_wrong_purpose',
  'certificate_without_account',
  'certificate_refused',
  'credential_ended',
] as const
type WithoutFacts = (typeof WITHOUT_FACTS)[number]

export interface RefusedSignIn {
  /** The desk's sentence when it needs no facts, or else the name of ours. */
  readonly says: { readonly sentence: string } | { readonly message: `signIn.refused.${WithoutFacts | 'other'}` }
  readonly hint: string | undefined
}

export function explainRefusal(code: string, language: Language): RefusedSignIn {
  const sentence = Object.hasOwn(SENTENCES[language], code) ? SENTENCES[language][code as ErrorCode] : undefined
  const own = WITHOUT_FACTS.find((known) => known === code)
  return {
    says:
      sentence && isWhole(sentence.says)
        ? { sentence: sentence.says }
        : { message: `signIn.refused.${own ?? 'other'}` },
    hint: sentence && isWhole(sentence.hint) ? sentence.hint : undefined,
  }
}

const isWhole = (text: string): boolean => !text.includes('{')
