import { notifications } from '@mantine/notifications'
import { revokeCertificate } from '@scel/contract/routes'
import type { RevocationReason, Revoked } from '@scel/contract/values'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../desk/index.ts'
import { useText } from '../languages/index.ts'

/** Revokes a certificate and says what that ended: a key that is compromised may have several. */
export function useRevoking(
  certificate: string,
  close: () => void,
): UseMutationResult<Revoked, Error, RevocationReason> {
  const text = useText()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (reason: RevocationReason) =>
      call(revokeCertificate, { params: { id: certificate }, body: { reason } }),
    onSuccess: async ({ ended, listed }) => {
      close()
      notifications.show({ message: text('revoke.done', { ...ended, listed: String(listed) }), color: 'petrol' })
      await queries.invalidateQueries()
    },
  })
}
