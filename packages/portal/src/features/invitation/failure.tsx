import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { isRefusal } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { RefusalNote } from '../../lib/parts/index.ts'
import { Note } from '../../ui/index.ts'

/** Why no certificate was made: the desk refused, or this browser could not. A key in hand is not lost by it. */
export function Failure({ error, kept }: { error: unknown; kept: boolean }): ReactNode {
  const text = useText()
  if (!error) return null
  if (isRefusal(error)) {
    return (
      <Stack gap="xs">
        <RefusalNote title={text('invitation.failed')} error={error} />
        {kept ? (
          <Text size="sm" c="dimmed">
            {text('invitation.keyKept')}
          </Text>
        ) : null}
      </Stack>
    )
  }
  const what = error instanceof Error ? error.message : String(error)
  return (
    <Note tone="bad" role="alert" title={text('invitation.failed')}>
      <Text size="sm">{text('invitation.browserRefused', { what })}</Text>
      <Text size="sm">{text('invitation.browserHint')}</Text>
    </Note>
  )
}
