import type { Core } from '../../core/core.ts'
import { findingInWords } from '../words/detail-in-words.ts'
import type { HandlersOf } from './handlers.ts'

type Names =
  | 'newNonce'
  | 'submitRequest'
  | 'listOwnRequests'
  | 'getOwnRequest'
  | 'cancelOwnRequest'
  | 'fetchCertificate'
  | 'confirmCertificate'

export function enrolmentHandlers({ enrolment, proofs }: Core): HandlersOf<Names> {
  return {
    newNonce: async () => proofs.newNonce(),
    submitRequest: async ({ actor, body, language }) => {
      const { request, findings, replaced } = await enrolment.submit(actor, body)
      return { request, findings: findings.map((finding) => findingInWords(finding, language)), replaced }
    },
    listOwnRequests: async ({ actor, query }) => enrolment.listOwn(actor, query.environment),
    getOwnRequest: async ({ actor, query, params }) => enrolment.getOwn(actor, query.environment, params.number),
    cancelOwnRequest: async ({ actor, query, params }) => enrolment.cancelOwn(actor, query.environment, params.number),
    fetchCertificate: async ({ actor, query, params }) => enrolment.fetchOwn(actor, query.environment, params.number),
    confirmCertificate: async ({ actor, query, params, body }) =>
      enrolment.confirmOwn(actor, query.environment, params.number, body),
  }
}
