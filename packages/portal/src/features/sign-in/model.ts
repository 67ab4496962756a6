import { type ErrorCode, type FactlessRefusal, type Language, SENTENCES } from '@scel/contract/errors'

// The desk sends a refused sign-in back with its code alone: facts in an address would stay in the history. Sentences
// that need facts are therefore worded without them here; the compiler asks for each.

const WITHOUT_FACTS: Readonly<{ [C in FactlessRefusal]: `signIn.refused.${C}` }> = {
  certificate_unknown_authority: 'signIn.refused.certificate_unknown_authority',
  certificate_not_issued_here: 'signIn.refused.certificate_not_issued_here',
  certificate_expired_at: 'signIn.refused.certificate_expired_at',
  certificate_not_valid_before: 'signIn.refused.certificate_not_valid_before',
  certificate_is_revoked: 'signIn.refused.certificate_is_revoked',
  certificate_wrong_purpose: 'signIn.refused.certificate_wrong_purpose',
  certificate_without_account: 'signIn.refused.certificate_without_account',
  certificate_refused: 'signIn.refused.certificate_refused',
  credential_ended: 'signIn.refused.credential_ended',
}

export interface RefusedSignIn {
  /** The desk's sentence when it needs no facts, or else the name of ours. */
  readonly says: { readonly sentence: string } | { readonly message: `signIn.refused.${FactlessRefusal | 'other'}` }
  readonly hint: string | undefined
}

export function explainRefusal(code: string, language: Language): RefusedSignIn {
  const sentence = Object.hasOwn(SENTENCES[language], code) ? SENTENCES[language][code as ErrorCode] : undefined
  const own = Object.hasOwn(WITHOUT_FACTS, code) ? WITHOUT_FACTS[code as FactlessRefusal] : undefined
  return {
    says: sentence && isWhole(sentence.says) ? { sentence: sentence.says } : { message: own ?? 'signIn.refused.other' },
    hint: sentence && isWhole(sentence.hint) ? sentence.hint : undefined,
  }
}

const isWhole = (text: string): boolean => !text.includes('{')
