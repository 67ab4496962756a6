import type { Core } from '../../core/core.ts'
import type { HandlersOf } from './handlers.ts'

export const deliveryHandlers = ({ deliveries }: Core): HandlersOf<'listDeliveries' | 'resendDelivery'> => ({
  listDeliveries: async ({ actor, query }) => deliveries.list(actor, query),
  resendDelivery: async ({ actor, params }) => {
    await deliveries.resend(actor, params.number)
    return { ok: true }
  },
})
