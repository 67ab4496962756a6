import { FINDING_SENTENCES, type Language, SENTENCES } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Finding } from '../../core/registration/finding.ts'
import type { RequestView } from '../../core/registration/request-view.ts'
import { phrase } from './phrase.ts'

/** The finding with its sentence, in the caller's language. */
export const findingInWords = ({ code, level, facts }: Finding, language: Language): contract.Finding => ({
  code,
  level,
  facts: { ...facts },
  says: phrase(FINDING_SENTENCES[language][code], language, facts),
})

/** A request with its findings, and why the caller may not decide, in their language. */
export function detailInWords({ findings, may, ...request }: RequestView, language: Language): contract.RequestDetail {
  const { why, ...powers } = may
  const reason = why && phrase(SENTENCES[language][why.code].says, language, why.facts)
  return {
    ...request,
    findings: findings.map((finding) => findingInWords(finding, language)),
    may: { ...powers, ...(reason !== undefined && { why: reason }) },
  }
}
