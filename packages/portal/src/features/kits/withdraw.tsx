import { Button, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPackageOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Confirm } from '../../lib/parts/index.ts'
import { withdraw } from './api.ts'

export function Withdraw({ id, name }: { id: string; name: string }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const withdrawing = useMutation({
    mutationFn: () => withdraw(id),
    onSuccess: async () => {
      close()
      notifications.show({ message: text('kits.withdrawn', { name }), color: 'petrol' })
      await queries.invalidateQueries({ queryKey: ['kit'] })
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
        opened={opened}
        title={text('kits.withdrawTitle', { name })}
        text={text('kits.withdrawText')}
        confirm={text('kits.withdrawConfirm')}
        tooltip={text('kits.withdrawTooltip')}
        danger
        busy={withdrawing.isPending}
        error={withdrawing.error}
        onConfirm={() => withdrawing.mutate()}
        onClose={() => {
          close()
          withdrawing.reset()
        }}
      />
    </>
  )
}
