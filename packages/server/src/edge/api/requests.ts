import type { Core } from '../../core/core.ts'
import { detailInWords, findingInWords } from '../words/detail-in-words.ts'
import type { HandlersOf } from './handlers.ts'

type Names =
  | 'listRequests'
  | 'getRequest'
  | 'approveRequest'
  | 'rejectRequest'
  | 'withdrawRequest'
  | 'handInRequest'
  | 'downloadRequest'
  | 'blockApplicant'
  | 'liftApplicant'
  | 'listBlockedApplicants'

export function requestHandlers({ requests, files, blocks }: Core): HandlersOf<Names> {
  return {
    listRequests: async ({ actor, query }) => requests.list(actor, query),
    getRequest: async ({ actor, params, language }) =>
      detailInWords(await requests.detail(actor, params.number), language),
    approveRequest: async ({ actor, params, query, language }) =>
      detailInWords(await requests.approve(actor, params.number, query.mark), language),
    rejectRequest: async ({ actor, params, body, language }) =>
      detailInWords(await requests.reject(actor, params.number, body.reason), language),
    withdrawRequest: async ({ actor, params, language }) =>
      detailInWords(await requests.withdraw(actor, params.number), language),
    handInRequest: async ({ actor, body, language }) => {
      const { request, findings, replaced } = await files.handIn(actor, body)
      return { request, findings: findings.map((finding) => findingInWords(finding, language)), replaced }
    },
    downloadRequest: async ({ actor, params }) => files.download(actor, params.number),
    blockApplicant: async ({ actor, params, body }) => {
      await blocks.block(actor, params.applicant, body.reason)
      return { ok: true }
    },
    liftApplicant: async ({ actor, params, body }) => {
      await blocks.lift(actor, params.applicant, body.mark)
      return { ok: true }
    },
    listBlockedApplicants: async ({ actor }) => blocks.list(actor),
  }
}
