import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../languages/index.ts'
import { RefusalNote } from './refusal-note.tsx'

interface ConfirmProps {
  readonly opened: boolean
  readonly title: string
  readonly text: string
  readonly confirm: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: unknown
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Asks before something that counts. What went wrong is said inside, and what was typed stays. */
export function Confirm(props: ConfirmProps): ReactNode {
  const text = useText()
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': text('do.close') }}
      closeOnClickOutside={!props.busy && !props.children}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          props.onConfirm()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{props.text}</Text>
          {props.children}
          <RefusalNote error={props.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose} disabled={props.busy}>
              {text('do.cancel')}
            </Button>
            <Button
              type="submit"
              color={props.danger ? 'red.8' : 'petrol'}
              loading={props.busy}
              data-autofocus={props.children ? undefined : true}
            >
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
