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
    listOwnRequests: async ({ actor }) => applicants.listOwn(actor),
    getOwnRequest: async ({ actor, params }) => applicants.getOwn(actor, params.number),
    cancelOwnRequest: async ({ actor, params }) => applicants.cancelOwn(actor, params.number),
    fetchCertificate: async ({ actor, params }) => applicants.fetchOwn(actor, params.number),
    confirmCertificate: async ({ actor, params, body }) => applicants.confirmOwn(actor, params.number, body),
  }
}
