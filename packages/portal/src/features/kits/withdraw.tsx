import { Button, Checkbox, Stack, Textarea, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPackageOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Confirm } from '../../lib/parts/index.ts'
import { rejectAll, withdraw } from './api.ts'

export function Withdraw({ id, name, pending }: { id: string; name: string; pending: number }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const [rejecting, setRejecting] = useState(false)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const withdrawing = useMutation({
    mutationFn: async () => {
      await withdraw(id)
      if (rejecting) await rejectAll(id, reason.trim())
    },
    onSuccess: async () => {
      close()
      notifications.show({ message: text('kits.withdrawn', { name }), color: 'petrol' })
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'kit' || queryKey[0] === 'request',
      })
    },
  })
  return (
    <>
      <Tooltip label={text('kits.withdrawTooltip')}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          leftSection={<IconPackageOff size={16} aria-hidden />}
          onClick={open}
        >
          {text('kits.withdraw')}
        </Button>
      </Tooltip>
      <Confirm
        needs="withdraw_kits"
        opened={opened}
        title={text('kits.withdrawTitle', { name })}
        text={text('kits.withdrawText')}
        confirm={text('kits.withdrawConfirm')}
        tooltip={text('kits.withdrawTooltip')}
        danger
        busy={withdrawing.isPending}
        error={withdrawing.error}
        onConfirm={() => {
          const wanting = rejecting && reason.trim() === ''
          setMissing(wanting)
          if (!wanting) withdrawing.mutate()
        }}
        onClose={() => {
          close()
          withdrawing.reset()
        }}
      >
        {pending > 0 ? (
          <Stack gap="sm">
            <Checkbox
              label={text('kits.withdrawReject', { count: pending })}
              checked={rejecting}
              onChange={({ currentTarget }) => setRejecting(currentTarget.checked)}
            />
            {rejecting ? (
              <Textarea
                label={text('request.rejectReason')}
                required
                autosize
                minRows={2}
                maxRows={8}
                maxLength={1000}
                value={reason}
                error={missing && !reason.trim() ? text('ask.reasonMissing') : undefined}
                onChange={({ currentTarget }) => setReason(currentTarget.value)}
              />
            ) : null}
          </Stack>
        ) : null}
      </Confirm>
    </>
  )
}
