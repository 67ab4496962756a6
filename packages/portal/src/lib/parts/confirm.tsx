import { Button, Group, Modal, Stack, Text, Tooltip } from '@mantine/core'
import type { Right, Strength } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useIsTooWeakFor } from '../desk/index.ts'
import { useText } from '../languages/index.ts'
import { RefusalNote } from './refusal-note.tsx'
import { TooWeak } from './too-weak.tsx'

interface ConfirmProps {
  /** The right that confirming uses, or how strong a session this one takes. */
  readonly needs: Right | Strength
  readonly opened: boolean
  readonly title: string
  readonly text: string
  readonly confirm: string
  /** What confirming does. */
  readonly tooltip: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: unknown
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Asks before something that counts. What went wrong is said inside, and what was typed stays. Whoever only looks is told why it is not possible. */
export function Confirm(props: ConfirmProps): ReactNode {
  const text = useText()
  const weak = useIsTooWeakFor(props.needs)
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': text('do.close'), title: text('do.close') }}
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
          <TooWeak needs={props.needs} />
          <RefusalNote error={props.error} />
          <Group justify="flex-end" gap="xs">
            <Tooltip label={text('do.cancelTooltip')} position="bottom">
              <Button variant="default" onClick={props.onClose} disabled={props.busy}>
                {text('do.cancel')}
              </Button>
            </Tooltip>
            <Tooltip label={props.tooltip} position="bottom">
              <Button
                type="submit"
                color={props.danger ? 'red.8' : 'petrol'}
                loading={props.busy}
                disabled={weak}
                data-autofocus={props.children ? undefined : true}
              >
                {props.confirm}
              </Button>
            </Tooltip>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
