import { Button, Stack, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Session } from '@scel/contract/values'
import { IconLogout } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useIsTooWeakFor, useMe } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { RefusalNote, TooWeakLine } from '../../lib/parts/index.ts'
import { end } from './api.ts'

export function EndSession({ session }: { session: Session }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { person } = useMe()
  // One's own takes no right, but nothing ends what says better who is there.
  const needs = session.person.id === person.id ? session.strength : 'end_sessions'
  const weak = useIsTooWeakFor(needs)
  const ending = useMutation({
    mutationFn: () => end(session.id),
    onSuccess: async () => {
      if (session.current) {
        await navigate({ to: '/sign-in', search: { signedOut: true } })
        return queries.clear()
      }
      notifications.show({ message: text('sessions.ended'), color: 'petrol' })
      await queries.invalidateQueries({ queryKey: ['session'] })
    },
  })
  return (
    <Stack gap="xs">
      <Tooltip label={text(session.current ? 'sessions.endCurrentTooltip' : 'sessions.endTooltip')}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          w="fit-content"
          loading={ending.isPending}
          disabled={weak}
          leftSection={<IconLogout size={16} aria-hidden />}
          aria-label={`${text('sessions.end')} · ${session.person.name} · ${session.from}`}
          onClick={() => ending.mutate()}
        >
          {text('sessions.end')}
        </Button>
      </Tooltip>
      <TooWeakLine needs={needs} />
      <RefusalNote error={ending.error} />
    </Stack>
  )
}
