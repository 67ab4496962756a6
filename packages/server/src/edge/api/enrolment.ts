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

export function enrolmentHandlers({ applicants }: Core): HandlersOf<Names> {
  return {
    newNonce: async () => applicants.newNonce(),
    submitRequest: async ({ actor, body, language }) => {
      const { request, findings, replaced } = await applicants.submit(actor, body)
      return { request, findings: findings.map((finding) => findingInWords(finding, language)), replaced }
    },
    listOwnRequests: async ({ actor, query }) => applicants.listOwn(actor, query.environment),
    getOwnRequest: async ({ actor, query, params }) => applicants.getOwn(actor, query.environment, params.number),
    cancelOwnRequest: async ({ actor, query, params }) => applicants.cancelOwn(actor, query.environment, params.number),
    fetchCertificate: async ({ actor, query, params }) => applicants.fetchOwn(actor, query.environment, params.number),
    confirmCertificate: async ({ actor, query, params, body }) =>
      applicants.confirmOwn(actor, query.environment, params.number, body),
  }
}
