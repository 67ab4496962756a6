import { Group, Text } from '@mantine/core'
import type { Session } from '@scel/contract/values'
import { type Text as Say, When } from '../../lib/languages/index.ts'
import { type Column, Tag } from '../../ui/index.ts'
import { EndSession } from './end-session.tsx'
import { agentName } from './model.ts'

/** The columns of the list; with `everyone`, whose session it is comes first. */
export function columnsOf(text: Say, everyone: boolean): readonly Column<Session>[] {
  const whose: Column<Session> = {
    key: 'person',
    header: text('sessions.person'),
    narrow: 'heading',
    cell: ({ person }) => (
      <div>
        <Text size="sm" fw={600}>
          {person.name}
        </Text>
        <Text size="xs" c="dimmed">
          {person.email ?? text('people.noAddress')}
        </Text>
      </div>
    ),
  }
  return [
    ...(everyone ? [whose] : []),
    {
      key: 'from',
      header: text('sessions.from'),
      narrow: everyone ? 'line' : 'heading',
      wide: true,
      cell: ({ from, agent, current }) => (
        <div>
          <Group gap={8}>
            <Text size="sm" fw={everyone ? 400 : 600} title={agent}>
              {agentName(agent)}
            </Text>
            {current ? <Tag tone="accent">{text('sessions.current')}</Tag> : null}
          </Group>
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {from}
          </Text>
        </div>
      ),
    },
    { key: 'how', header: text('sessions.how'), cell: ({ how }) => text(`sessions.how.${how}`) },
    {
      key: 'started',
      header: text('sessions.started'),
      still: true,
      cell: ({ startedAt }) => <When at={startedAt} />,
    },
    {
      key: 'lastSeen',
      header: text('sessions.lastSeen'),
      still: true,
      cell: ({ lastSeenAt }) => <When at={lastSeenAt} as="ago" />,
    },
    {
      key: 'expires',
      header: text('sessions.expires'),
      still: true,
      cell: ({ expiresAt }) => <When at={expiresAt} />,
    },
    {
      key: 'actions',
      header: text('do.actions'),
      silent: true,
      still: true,
      narrow: 'foot',
      cell: (session) => <EndSession session={session} />,
    },
  ]
}
