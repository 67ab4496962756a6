import type { Core } from '../../core/core.ts'
import type { HandlersOf } from './handlers.ts'

export function directoryHandlers({ recipients }: Core): HandlersOf<'listRecipients' | 'listRecipientsAsApplicant'> {
  return {
    listRecipients: async ({ actor, query }) => recipients.list(actor, query),
    listRecipientsAsApplicant: async ({ actor, query }) => recipients.listAsApplicant(actor, query),
  }
}
