import { notifications } from '@mantine/notifications'
import { revokeCertificate } from '@scel/contract/routes'
import type { RevocationReason, Revoked } from '@scel/contract/values'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../desk/index.ts'
import { useText } from '../languages/index.ts'

interface Revocation {
  readonly revoke: (reason: RevocationReason) => Promise<Revoked>
  /** What that ended: a key that is compromised may have several. */
  readonly told: (answer: Revoked) => string
}

/** How a certificate is revoked, and what is said of it afterwards. */
export function useRevocation(certificate: string): Revocation {
  const text = useText()
  return {
    revoke: (reason) => call(revokeCertificate, { params: { id: certificate }, body: { reason } }),
    told: ({ ended, listed }) => text('revoke.done', { ...ended, listed: String(listed) }),
  }
}

/** The same where a reason is chosen first. */
export function useRevoking(
  certificate: string,
  close: () => void,
): UseMutationResult<Revoked, Error, RevocationReason> {
  const { revoke, told } = useRevocation(certificate)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: revoke,
    onSuccess: async (answer) => {
      close()
      notifications.show({ message: told(answer), color: 'petrol' })
      await queries.invalidateQueries()
    },
  })
}
