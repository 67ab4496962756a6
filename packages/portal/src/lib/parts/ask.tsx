import { Button, Textarea, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { Right, Strength } from '@scel/contract/values'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../languages/index.ts'
import { Confirm } from './confirm.tsx'

interface AskProps<Answer> {
  /** The right that it uses, or how strong a session this one takes. */
  readonly needs: Right | Strength
  /** What the button says, and what it does. */
  readonly label: string
  readonly tooltip: string
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly confirm: string
  readonly danger?: boolean
  /** Whether the button stands among the actions of a page, and not in a row or beside what it is about. */
  readonly ofPage?: boolean
  /** Label of the compulsory reason, where there is one. */
  readonly reason?: string
  readonly act: (reason: string) => Promise<Answer>
  /** What is said when it is done, of what the desk answered. */
  readonly done: (answer: Answer) => string
}

/** A button for something that counts: it asks first, with a reason where one is wanted, and says when it is done. */
export function Ask<Answer>(props: AskProps<Answer>): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const acting = useMutation({
    mutationFn: () => props.act(reason.trim()),
    onSuccess: async (answer) => {
      close()
      setReason('')
      notifications.show({ message: props.done(answer), color: 'petrol' })
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'desk' })
    },
  })
  return (
    <>
      <Tooltip label={props.tooltip}>
        <Button {...looks(props)} leftSection={props.icon} onClick={open}>
          {props.label}
        </Button>
      </Tooltip>
      <Confirm
        needs={props.needs}
        opened={opened}
        title={props.title}
        text={props.text}
        confirm={props.confirm}
        tooltip={props.tooltip}
        danger={props.danger ?? false}
        busy={acting.isPending}
        error={acting.error}
        onClose={() => {
          close()
          acting.reset()
        }}
        onConfirm={() => {
          const wanting = props.reason !== undefined && reason.trim() === ''
          setMissing(wanting)
          if (!wanting) acting.mutate()
        }}
      >
        {props.reason === undefined ? null : (
          <Textarea
            label={props.reason}
            required
            autosize
            minRows={2}
            maxRows={8}
            maxLength={1000}
            value={reason}
            data-autofocus
            error={missing && !reason.trim() ? text('ask.reasonMissing') : undefined}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
      </Confirm>
    </>
  )
}

function looks({ danger, ofPage }: Pick<AskProps<unknown>, 'danger' | 'ofPage'>) {
  const color = danger ? { color: 'red' } : {}
  if (ofPage) return { variant: danger ? 'outline' : 'default', ...color }
  return { size: 'compact-sm', variant: danger ? 'subtle' : 'default', ...color }
}
