import { Button, CopyButton, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import type { InvitationLink } from '@scel/contract/values'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useDates, useText } from '../../lib/languages/index.ts'
import { Note } from '../../ui/index.ts'

/** A one-time link, shown now and never again. */
export function OneTimeLink({ invitation }: { invitation: InvitationLink }): ReactNode {
  const text = useText()
  const dates = useDates()
  return (
    <Stack gap="sm">
      {invitation.awaiting ? <Note tone="notice">{text('second.linkWaits')}</Note> : null}
      <Text size="sm">{text('person.linkText')}</Text>
      <TextInput
        label={text('person.linkLabel')}
        value={invitation.link}
        readOnly
        onFocus={({ currentTarget }) => currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      />
      <CopyButton value={invitation.link} timeout={4000}>
        {({ copied, copy }) => (
          <Tooltip label={text('person.copyLinkTooltip')}>
            <Button
              variant="light"
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            >
              <span aria-live="polite">{text(copied ? 'do.copied' : 'person.copyLink')}</span>
            </Button>
          </Tooltip>
        )}
      </CopyButton>
      <Text size="sm" c="dimmed">
        {invitation.awaiting
          ? text('second.linkLife')
          : text('person.linkUntil', { at: dates.moment(invitation.expiresAt) })}
      </Text>
    </Stack>
  )
}
