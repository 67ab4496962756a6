import { SegmentedControl, Stack, Text } from '@mantine/core'
import type { Credential } from '@scel/contract/values'
import { IconDevices } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useMay } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { CredentialList, Listing } from '../../lib/parts/index.ts'
import { Empty, Page, Section } from '../../ui/index.ts'
import { sessionsQuery } from './api.ts'
import { columnsOf } from './columns.tsx'
import { OwnLinks } from './own-links.tsx'
import { Rename } from './rename.tsx'

export function SessionsPage(): ReactNode {
  const text = useText()
  const sees = useMay('read_sessions')
  const [everyone, setEveryone] = useState(false)
  const query = useInfiniteQuery(sessionsQuery(everyone))
  const columns = useMemo(() => columnsOf(text, everyone), [text, everyone])
  return (
    <Page title={text('sessions.title')} lead={text('sessions.lead')} actions={<OwnLinks />}>
      <Stack gap="lg">
        <Section title={text('credentials.title')}>
          <CredentialList ends more={renaming} />
        </Section>
        <Section
          title={text('sessions.open')}
          aside={
            sees ? (
              <SegmentedControl
                aria-label={text('sessions.whose')}
                value={everyone ? 'everyone' : 'mine'}
                onChange={(value) => setEveryone(value === 'everyone')}
                data={[
                  { value: 'mine', label: text('sessions.mine') },
                  { value: 'everyone', label: text('sessions.everyone') },
                ]}
              />
            ) : null
          }
        >
          <Text size="sm" c="dimmed" mb="md">
            {text(everyone ? 'sessions.leadEveryone' : 'sessions.leadMine')}
          </Text>
          <Listing
            query={query}
            label={text('sessions.list')}
            columns={columns}
            rowKey={({ id }) => id}
            empty={<Empty icon={<IconDevices />} title={text('sessions.none')} />}
          />
        </Section>
      </Stack>
    </Page>
  )
}

const renaming = (credential: Credential, name: string): ReactNode =>
  credential.lasts ? <Rename credential={credential} name={name} /> : null
