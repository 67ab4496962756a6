import { Button, Group, Text, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Awaiting } from '@scel/contract/values'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { told, useDates, useText } from '../languages/index.ts'
import { Confirm } from './confirm.tsx'

interface SecondAdministratorProps {
  /** What waits: the link of an administrator, theirs for another computer, their role, or a kit's standing approval. */
  readonly what: 'link' | 'device' | 'grant' | 'kit'
  /** Of the person or the kit. */
  readonly name: string
  readonly awaiting: Awaiting
  /** @param mark of what was shown: nothing else is answered */
  readonly confirm: (mark: string) => Promise<unknown>
  readonly refuse: (mark: string) => Promise<unknown>
}

/** What is asked about, as it was shown then. */
interface Question {
  readonly answer: 'confirm' | 'refuse'
  readonly shown: Awaiting
}

/** That something waits for a second administrator and who asked for it; for whoever is one, the two answers. */
export function SecondAdministrator({ what, name, awaiting, confirm, refuse }: SecondAdministratorProps): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [question, ask] = useState<Question>()
  const deciding = useMutation({
    mutationFn: ({ answer, shown }: Question) => (answer === 'confirm' ? confirm(shown.mark) : refuse(shown.mark)),
    onSuccess: async (_, { answer }) => {
      ask(undefined)
      notifications.show({ message: text(`second.${answer}Done`, { name }), color: 'petrol' })
      await Promise.all(['person', 'kit', 'me'].map((kind) => queries.invalidateQueries({ queryKey: [kind] })))
    },
  })
  const close = () => {
    ask(undefined)
    deciding.reset()
  }
  const dates = useDates()
  // What was asked about stays as it was when the question was put, whatever the list is told meanwhile.
  const shown = question?.shown ?? awaiting
  const refusing = question?.answer === 'refuse'
  const words = { name, by: told(text, shown.askedBy), adds: shown.adds ?? '', at: dates.moment(shown.askedAt) }
  return (
    <>
      <Text size="xs" c="dimmed" mt={4}>
        {text('second.waits', { by: told(text, awaiting.askedBy), at: dates.moment(awaiting.askedAt) })}
        {awaiting.adds === undefined ? null : ` · ${text('second.adds', { adds: awaiting.adds })}`}
      </Text>
      {awaiting.mayConfirm ? (
        <Group gap={4} mt={4} role="group" aria-label={text('second.answersFor', { name })}>
          <Tooltip label={text(`second.confirmTooltip.${what}`)}>
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconCheck size={16} aria-hidden />}
              onClick={() => ask({ answer: 'confirm', shown: awaiting })}
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
              onClick={() => ask({ answer: 'refuse', shown: awaiting })}
            >
              {text('second.refuse')}
            </Button>
          </Tooltip>
        </Group>
      ) : null}
      <Confirm
        needs={what === 'kit' ? 'confirm_kits' : 'confirm_people'}
        opened={question !== undefined}
        title={text(refusing ? `second.refuseTitle.${what}` : `second.confirmTitle.${what}`, words)}
        text={text(refusing ? `second.refuseText.${what}` : `second.confirmText.${what}`, words)}
        confirm={text(refusing ? 'second.refuse' : 'second.confirm')}
        tooltip={text(refusing ? `second.refuseTooltip.${what}` : `second.confirmTooltip.${what}`)}
        danger={refusing}
        busy={deciding.isPending}
        error={deciding.error}
        onConfirm={() => question && deciding.mutate(question)}
        onClose={close}
      />
    </>
  )
}
