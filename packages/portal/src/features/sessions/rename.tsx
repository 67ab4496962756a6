import { Button, TextInput, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Credential } from '@scel/contract/values'
import { IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Confirm } from '../../lib/parts/index.ts'
import { rename } from './api.ts'

export function Rename({ credential, name }: { credential: Credential; name: string }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const [typed, setTyped] = useState(credential.name)
  const naming = useMutation({
    mutationFn: () => rename(credential.id, typed.trim()),
    onSuccess: async () => {
      close()
      await queries.invalidateQueries({ queryKey: ['session'] })
    },
  })
  return (
    <>
      <Tooltip label={text('credentials.renameTooltip')}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPencil size={16} aria-hidden />}
          aria-label={`${text('credentials.rename')} · ${name}`}
          onClick={open}
        >
          {text('credentials.rename')}
        </Button>
      </Tooltip>
      <Confirm
        needs="keep_credentials"
        opened={opened}
        title={text('credentials.renameTitle', { name })}
        text={text('credentials.renameText')}
        confirm={text('credentials.renameConfirm')}
        tooltip={text('credentials.renameTooltip')}
        busy={naming.isPending}
        error={naming.error}
        onConfirm={() => {
          if (typed.trim()) naming.mutate()
        }}
        onClose={() => {
          close()
          naming.reset()
        }}
      >
        <TextInput
          label={text('credentials.name')}
          required
          maxLength={60}
          value={typed}
          data-autofocus
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </Confirm>
    </>
  )
}
