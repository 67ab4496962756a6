import { PasswordInput, Stack, Text } from '@mantine/core'
import { visible } from '@scel/contract/letters'
import { contentName } from '@scel/files/names'
import { IconLockOpen } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import {
  type Chosen,
  CONTENT_TYPE,
  FailureNote,
  KeyBox,
  Start,
  targetFor,
  type Workshop,
} from '../../lib/workbench/index.ts'
import type { Table } from './table.ts'

/** Opens the sealed file that was chosen first. */
export function OpenPanel({ workshop, files, ownKey: key, job, busy }: Table): ReactNode {
  const text = useText()
  const [passphrase, setPassphrase] = useState('')
  const sealed = files.items.filter(({ kind }) => kind === 'sealed')
  const [first] = sealed
  const { data: facts, error } = useSealed(workshop, first)
  const byPassphrase = facts?.passphrase === true && passphrase !== ''
  const canOpen = key.holders.length > 0 || byPassphrase || facts?.forAll === true
  const missing = !first ? 'files.needSealed' : canOpen ? undefined : 'files.needKey'

  const start = async () => {
    if (!workshop || !first) return
    const file = first.inner ?? first.file
    const target = await targetFor(contentName(first.file.name), CONTENT_TYPE, file.size)
    if (!target) return
    const order = { file, target, ...(byPassphrase ? { passphrase } : {}) }
    await job.run(file.size, async (listening) => ({ is: 'opened', ...(await workshop.ask('open', order, listening)) }))
  }

  return (
    <Stack gap="lg">
      {first ? (
        <div>
          <Text size="sm" fw={600}>
            {sealed.length > 1 ? text('files.firstOnly', { name: first.path }) : visible(first.path)}
          </Text>
          {facts ? (
            <Text size="sm" c="dimmed">
              {facts.forAll
                ? text('files.sealedForAll')
                : text('files.sealedFor', { count: facts.recipients, cipher: facts.cipher })}
            </Text>
          ) : null}
          <FailureNote error={error} />
        </div>
      ) : null}
      <KeyBox of={key} disabled={busy} />
      {facts?.passphrase ? (
        <PasswordInput
          label={text('files.sharedPassphrase')}
          description={text('files.sharedPassphraseHelp')}
          autoComplete="off"
          maxLength={1000}
          value={passphrase}
          disabled={busy}
          visibilityToggleButtonProps={{
            'aria-label': text('files.showPassphrase'),
            title: text('files.showPassphrase'),
          }}
          visibilityToggleFocusable
          onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
        />
      ) : null}
      <Start
        label={text('files.open')}
        tooltip={text('files.openTooltip')}
        icon={<IconLockOpen size={20} aria-hidden />}
        disabled={busy}
        missing={missing && text(missing)}
        onStart={() => void start()}
      />
    </Stack>
  )
}

/** For whom it is sealed and how, as it says itself. */
function useSealed(workshop: Workshop | undefined, chosen: Chosen | undefined) {
  return useQuery({
    queryKey: ['files', 'sealed', chosen?.id],
    queryFn: () => workshop!.ask('describe', { file: chosen!.inner ?? chosen!.file }),
    enabled: workshop !== undefined && chosen !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}
