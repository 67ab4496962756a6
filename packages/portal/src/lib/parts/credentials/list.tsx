import { Group, Stack, Text } from '@mantine/core'
import type { Credential, Right } from '@scel/contract/values'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { type Column, DataTable, Empty, Tag } from '../../../ui/index.ts'
import { type Text as Say, useText, When } from '../../languages/index.ts'
import { Held } from '../held.tsx'
import { credentialsQuery } from './api.ts'
import { EndCredential } from './end.tsx'

interface CredentialListProps {
  /** Whose; one's own where it is left out. */
  readonly person?: string
  /** Whether they may be ended from here. */
  readonly ends: boolean
  /** What else may be done with one. */
  readonly more?: (credential: Credential, name: string) => ReactNode
}

/** What somebody signs in with, how strong it is, and since when. */
export function CredentialList({ person, ends, more }: CredentialListProps): ReactNode {
  const text = useText()
  const query = useQuery(credentialsQuery(person))
  const ending = ends ? (person === undefined ? 'keep_credentials' : 'end_credentials') : undefined
  const columns = useMemo(() => columnsOf(text, ending, more), [text, ending, more])
  return (
    <Held query={query}>
      {({ items, more: isCut }) =>
        items.length ? (
          <Stack gap="md">
            <DataTable label={text('credentials.list')} columns={columns} rows={items} rowKey={({ id }) => id} />
            {isCut ? (
              <Text size="sm" c="dimmed">
                {text('credentials.more')}
              </Text>
            ) : null}
          </Stack>
        ) : (
          <Empty icon={<IconKey />} title={text('credentials.none')} />
        )
      }
    </Held>
  )
}

const nameOf = ({ name, kind }: Credential, text: Say): string => name || text(`credentials.unnamed.${kind}`)

/** @param ending the right by which they are ended from here */
function columnsOf(
  text: Say,
  ending: Right | undefined,
  more: CredentialListProps['more'],
): readonly Column<Credential>[] {
  const columns: Column<Credential>[] = [
    {
      key: 'name',
      header: text('credentials.name'),
      narrow: 'heading',
      wide: true,
      cell: (credential) => (
        <div>
          <Group gap={8}>
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {nameOf(credential, text)}
            </Text>
            {credential.current ? <Tag tone="accent">{text('credentials.current')}</Tag> : null}
            {credential.ended ? <Tag tone="neutral">{text(`credentials.end.${credential.ended.reason}`)}</Tag> : null}
          </Group>
          <Text size="xs" c="dimmed">
            {text(`credentials.strength.${credential.strength}`)}
          </Text>
        </div>
      ),
    },
    {
      key: 'created',
      header: text('credentials.created'),
      still: true,
      cell: ({ createdAt }) => <When at={createdAt} as="date" />,
    },
    {
      key: 'used',
      header: text('credentials.used'),
      still: true,
      cell: ({ lastUsedAt }) => (lastUsedAt ? <When at={lastUsedAt} as="ago" /> : text('credentials.unused')),
    },
    {
      key: 'until',
      header: text('credentials.until'),
      still: true,
      cell: ({ ended, certificate, expiresAt, lastUsedAt }) => {
        if (ended) return <When at={ended.at} as="date" />
        if (certificate) return <When at={certificate.notAfter} as="date" />
        return expiresAt && !lastUsedAt ? <When at={expiresAt} /> : null
      },
    },
  ]
  if (!ending && !more) return columns
  return [
    ...columns,
    {
      key: 'actions',
      header: text('do.actions'),
      silent: true,
      still: true,
      narrow: 'foot',
      cell: (credential) =>
        credential.ended ? null : (
          <Group gap={4}>
            {more?.(credential, nameOf(credential, text))}
            {ending ? <EndCredential credential={credential} name={nameOf(credential, text)} needs={ending} /> : null}
          </Group>
        ),
    },
  ]
}
