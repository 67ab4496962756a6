import type { Core } from '../../core/core.ts'
import type { HandlersOf } from './handlers.ts'

export function directoryHandlers({ recipients }: Core): HandlersOf<'listRecipients' | 'listRecipientsAsApplicant'> {
  return {
    listRecipients: async ({ actor, query }) => recipients.list(actor, query),
    listRecipientsAsApplicant: async ({ actor, query: { environment, ...query } }) =>
      recipients.listAsApplicant(actor, environment, query),
  }
}
