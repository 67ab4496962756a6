import { Button, Checkbox, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { Credential, Right } from '@scel/contract/values'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../../languages/index.ts'
import { Confirm } from '../confirm.tsx'
import { end } from './api.ts'

interface EndCredentialProps {
  readonly credential: Credential
  readonly name: string
  /** The right by which it is ended: over one's own it is another than over those of others. */
  readonly needs: Right
}

/** Ends one, after a question: whether the key may be in wrong hands makes a difference to what goes with it. */
export function EndCredential({ credential, name, needs }: EndCredentialProps): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const [compromised, setCompromised] = useState(false)
  const ending = useMutation({
    mutationFn: () => end(credential.id, compromised),
    onSuccess: async () => {
      close()
      notifications.show({ message: text('credentials.ended', { name }), color: 'petrol' })
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'desk' })
    },
  })
  return (
    <>
      <Tooltip label={text('credentials.endTooltip')}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          aria-label={`${text('credentials.end')} · ${name}`}
          onClick={open}
        >
          {text('credentials.end')}
        </Button>
      </Tooltip>
      <Confirm
        needs={needs}
        opened={opened}
        title={text('credentials.endTitle', { name })}
        text={[
          text(
            !credential.lasts
              ? 'credentials.endPassingText'
              : credential.current
                ? 'credentials.endCurrentText'
                : 'credentials.endText',
          ),
          ...(credential.certificate ? [text('credentials.endCertificateText')] : []),
        ].join(' ')}
        confirm={text('credentials.endConfirm')}
        tooltip={text('credentials.endTooltip')}
        danger
        busy={ending.isPending}
        error={ending.error}
        onConfirm={() => ending.mutate()}
        onClose={() => {
          close()
          ending.reset()
        }}
      >
        {credential.lasts ? (
          <Checkbox
            label={text('credentials.compromised')}
            description={text('credentials.compromisedHelp')}
            checked={compromised}
            onChange={({ currentTarget }) => setCompromised(currentTarget.checked)}
          />
        ) : null}
      </Confirm>
    </>
  )
}
