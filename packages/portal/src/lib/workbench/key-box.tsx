import { Button, Group, Paper, PasswordInput, Stack, Text, Tooltip } from '@mantine/core'
import { IconKey, IconLockOpen, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Note, Tag } from '../../ui/index.ts'
import { useDates, useText } from '../languages/index.ts'
import { Choose } from './choose.tsx'
import classes from './key-box.module.css'
import { FailureNote } from './said.tsx'
import type { Key } from './use-key.ts'

/** The person's key: choose the file, unlock it, forget it. */
export function KeyBox({ of: key, disabled }: { of: Key; disabled: boolean }): ReactNode {
  const text = useText()
  return (
    <Paper component="fieldset" p="md" m={0} aria-label={text('files.key')} miw={0}>
      <Stack gap="sm">
        <div>
          <Text fw={600} size="sm">
            {text('files.key')}
          </Text>
          <Text size="xs" c="dimmed">
            {text('files.keyHelp')}
          </Text>
        </div>
        {key.holders.length > 0 ? <Unlocked of={key} /> : key.file ? <Passphrase of={key} disabled={disabled} /> : null}
        <FailureNote error={key.error} />
        <Group gap="xs">
          <Choose
            label={text(key.file ? 'files.otherKey' : 'files.chooseKey')}
            tooltip={text('files.chooseKeyTooltip')}
            icon={<IconKey size={16} aria-hidden />}
            size="xs"
            accept=".p12,.pfx,application/x-pkcs12"
            disabled={disabled}
            onFiles={([file]) => file && key.choose(file)}
          />
          {key.holders.length > 0 ? (
            <Tooltip label={text('files.forgetTooltip')}>
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                leftSection={<IconTrash size={16} aria-hidden />}
                disabled={disabled}
                onClick={key.forget}
              >
                {text('files.forget')}
              </Button>
            </Tooltip>
          ) : null}
        </Group>
      </Stack>
    </Paper>
  )
}

function Unlocked({ of: key }: { of: Key }): ReactNode {
  const text = useText()
  const dates = useDates()
  return (
    <Stack gap="xs">
      {key.holders.map(({ fingerprint, name, emails: [email], notAfter }) => (
        <Group key={fingerprint} gap="xs" justify="space-between">
          <div className={classes.holder}>
            <Text size="sm" fw={600}>
              {name}
            </Text>
            <Text size="xs" c="dimmed">
              {[email, text('certificate.until2', { date: dates.date(notAfter) })].filter(Boolean).join(' · ')}
            </Text>
          </div>
          <Tag tone="good">{text('files.unlocked')}</Tag>
        </Group>
      ))}
      {key.weak ? <Note tone="notice">{text('files.keyWeak')}</Note> : null}
    </Stack>
  )
}

function Passphrase({ of: key, disabled }: { of: Key; disabled: boolean }): ReactNode {
  const text = useText()
  const [passphrase, setPassphrase] = useState('')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void key.unlock(passphrase)
      }}
    >
      <Group gap="xs" align="flex-end">
        <PasswordInput
          label={text('files.passphrase', { file: key.file?.name ?? '' })}
          // Of a file, not of this site: nothing to remember or to fill in.
          autoComplete="off"
          flex="1 1 14rem"
          maxLength={1000}
          value={passphrase}
          disabled={disabled || key.busy}
          visibilityToggleButtonProps={{
            'aria-label': text('files.showPassphrase'),
            title: text('files.showPassphrase'),
          }}
          visibilityToggleFocusable
          onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
        />
        <Tooltip label={text('files.unlockTooltip')}>
          <Button
            type="submit"
            loading={key.busy}
            disabled={disabled}
            leftSection={<IconLockOpen size={18} aria-hidden />}
          >
            {text('files.unlock')}
          </Button>
        </Tooltip>
      </Group>
    </form>
  )
}
