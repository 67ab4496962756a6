import type { Core } from '../../core/core.ts'
import { detailInWords } from '../words/detail-in-words.ts'
import type { HandlersOf } from './handlers.ts'

type Names =
  | 'listRequests'
  | 'getRequest'
  | 'approveRequest'
  | 'rejectRequest'
  | 'blockApplicant'
  | 'liftApplicant'
  | 'listBlockedApplicants'

export function requestHandlers({ requests, blocks }: Core): HandlersOf<Names> {
  return {
    listRequests: async ({ actor, query }) => requests.list(actor, query),
    getRequest: async ({ actor, params, language }) =>
      detailInWords(await requests.detail(actor, params.number), language),
    approveRequest: async ({ actor, params, query, language }) =>
      detailInWords(await requests.approve(actor, params.number, query.mark), language),
    rejectRequest: async ({ actor, params, body, language }) =>
      detailInWords(await requests.reject(actor, params.number, body.reason), language),
    blockApplicant: async ({ actor, params, body }) => {
      await blocks.block(actor, params.applicant, body.reason)
      return { ok: true }
    },
    liftApplicant: async ({ actor, params }) => {
      await blocks.lift(actor, params.applicant)
      return { ok: true }
    },
    listBlockedApplicants: async ({ actor }) => blocks.list(actor),
  }
}
