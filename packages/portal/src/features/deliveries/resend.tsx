import { Button, Stack, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Delivery } from '@scel/contract/values'
import { IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useIsTooWeakFor } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { RefusalNote, TooWeakLine } from '../../lib/parts/index.ts'
import { resend } from './api.ts'
import { nameOf } from './model.ts'

export function Resend({ delivery: { number, about, state } }: { delivery: Delivery }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const weak = useIsTooWeakFor('resend_deliveries')
  const sending = useMutation({
    mutationFn: () => resend(number),
    onSuccess: () => notifications.show({ message: text('deliveries.resent'), color: 'petrol' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['delivery'] }),
  })
  return (
    <Stack gap="xs">
      <Tooltip label={text(state === 'due' ? 'deliveries.resendDueTooltip' : 'deliveries.resendTooltip')}>
        <Button
          size="compact-sm"
          variant="subtle"
          w="fit-content"
          loading={sending.isPending}
          disabled={weak}
          leftSection={<IconSend size={16} aria-hidden />}
          aria-label={`${text('deliveries.resend')} · ${nameOf(about)} · ${number}`}
          onClick={() => sending.mutate()}
        >
          {text('deliveries.resend')}
        </Button>
      </Tooltip>
      <TooWeakLine needs="resend_deliveries" />
      <RefusalNote error={sending.error} />
    </Stack>
  )
}
