import { SegmentedControl } from '@mantine/core'
import { IconDevices } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useMay } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { Held } from '../../lib/parts/index.ts'
import { DataTable, Empty, Page } from '../../ui/index.ts'
import { sessionsQuery } from './api.ts'
import { columnsOf } from './columns.tsx'

export function SessionsPage(): ReactNode {
  const text = useText()
  const sees = useMay('read_sessions')
  const [everyone, setEveryone] = useState(false)
  const query = useQuery(sessionsQuery(everyone))
  const columns = useMemo(() => columnsOf(text, everyone), [text, everyone])
  return (
    <Page
      title={text('sessions.title')}
      lead={text(everyone ? 'sessions.leadEveryone' : 'sessions.lead')}
      actions={
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
      <Held query={query}>
        {({ items }) =>
          items.length ? (
            <DataTable label={text('sessions.list')} columns={columns} rows={items} rowKey={({ id }) => id} />
          ) : (
            <Empty icon={<IconDevices />} title={text('sessions.none')} />
          )
        }
      </Held>
    </Page>
  )
}
