import { Button, Group, Text, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Awaiting } from '@scel/contract/values'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../languages/index.ts'
import { Confirm } from './confirm.tsx'

interface SecondAdministratorProps {
  /** What waits: the link of an administrator, their role, or a kit's standing approval. */
  readonly what: 'link' | 'grant' | 'kit'
  /** Of the person or the kit. */
  readonly name: string
  readonly awaiting: Awaiting
  readonly confirm: () => Promise<unknown>
  readonly refuse: () => Promise<unknown>
}

/** That something waits for a second administrator and who asked for it; for whoever is one, the two answers. */
export function SecondAdministrator({ what, name, awaiting, confirm, refuse }: SecondAdministratorProps): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [question, ask] = useState<'confirm' | 'refuse'>()
  const deciding = useMutation({
    mutationFn: (answer: 'confirm' | 'refuse') => (answer === 'confirm' ? confirm() : refuse()),
    onSuccess: async (_, answer) => {
      ask(undefined)
      notifications.show({ message: text(`second.${answer}Done`, { name }), color: 'petrol' })
      await Promise.all(['person', 'kit', 'me'].map((kind) => queries.invalidateQueries({ queryKey: [kind] })))
    },
  })
  const close = () => {
    ask(undefined)
    deciding.reset()
  }
  const { askedBy: by, mayConfirm } = awaiting
  return (
    <>
      <Text size="xs" c="dimmed" mt={4}>
        {text('second.waits', { by })}
      </Text>
      {mayConfirm ? (
        <Group gap={4} mt={4} role="group" aria-label={text('second.answersFor', { name })}>
          <Tooltip label={text(`second.confirmTooltip.${what}`)}>
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconCheck size={16} aria-hidden />}
              onClick={() => ask('confirm')}
            >
              {text('second.confirm')}
            </Button>
          </Tooltip>
          <Tooltip label={text(`second.refuseTooltip.${what}`)}>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              leftSection={<IconX size={16} aria-hidden />}
              onClick={() => ask('refuse')}
            >
              {text('second.refuse')}
            </Button>
          </Tooltip>
        </Group>
      ) : null}
      <Confirm
        opened={question !== undefined}
        title={text(question === 'refuse' ? `second.refuseTitle.${what}` : `second.confirmTitle.${what}`, { name })}
        text={text(question === 'refuse' ? `second.refuseText.${what}` : `second.confirmText.${what}`, { by, name })}
        confirm={text(question === 'refuse' ? 'second.refuse' : 'second.confirm')}
        tooltip={text(question === 'refuse' ? `second.refuseTooltip.${what}` : `second.confirmTooltip.${what}`)}
        danger={question === 'refuse'}
        busy={deciding.isPending}
        error={deciding.error}
        onConfirm={() => question && deciding.mutate(question)}
        onClose={close}
      />
    </>
  )
}
