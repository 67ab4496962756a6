import { Button, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { Service } from '@scel/contract/values'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Confirm } from '../../lib/parts/index.ts'
import { close } from './api.ts'

/** For good: what ends with it is said first. */
export function CloseService({ service }: { service: Service }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [opened, dialog] = useDisclosure(false)
  const { id, organisation, name } = service
  const closing = useMutation({
    mutationFn: () => close(organisation, id),
    onSuccess: async () => {
      dialog.close()
      notifications.show({ message: text('services.closed', { name }), color: 'petrol' })
      await Promise.all(
        ['organisation', 'kit', 'person', 'request'].map((kind) => queries.invalidateQueries({ queryKey: [kind] })),
      )
    },
  })
  return (
    <>
      <Tooltip label={text('services.closeTooltip')}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={text('services.closeOf', { name })}
          onClick={dialog.open}
        >
          {text('services.close')}
        </Button>
      </Tooltip>
      <Confirm
        needs="keep_services"
        opened={opened}
        title={text('services.closeTitle', { name })}
        text={text('services.closeText')}
        confirm={text('services.closeConfirm')}
        tooltip={text('services.closeTooltip')}
        danger
        busy={closing.isPending}
        error={closing.error}
        onConfirm={() => closing.mutate()}
        onClose={() => {
          dialog.close()
          closing.reset()
        }}
      />
    </>
  )
}
