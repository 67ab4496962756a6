import { IconClipboardList } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Filters, Listing } from '../../lib/parts/index.ts'
import { Empty, Page } from '../../ui/index.ts'
import { ActionSelect } from './action-select.tsx'
import { auditQuery } from './api.ts'
import { columnsOf } from './columns.tsx'
import { NewestHead } from './log-head.tsx'

export function AuditPage(): ReactNode {
  const text = useText()
  const [search, setSearch] = useState('')
  const [action, setAction] = useState('')
  const query = useInfiniteQuery(auditQuery({ search, action }))
  const columns = useMemo(() => columnsOf(text), [text])
  const clear = () => {
    setSearch('')
    setAction('')
  }
  const filtered = search !== '' || action !== ''
  return (
    <Page title={text('audit.title')} lead={text('audit.lead')}>
      <NewestHead />
      <Filters
        search={search}
        placeholder={text('audit.searchPlaceholder')}
        onSearch={setSearch}
        active={filtered}
        onClear={clear}
      >
        <ActionSelect value={action} onChange={setAction} />
      </Filters>
      <Listing
        query={query}
        label={text('audit.list')}
        columns={columns}
        rowKey={({ number }) => String(number)}
        clear={filtered ? clear : undefined}
        empty={<Empty icon={<IconClipboardList />} title={text('audit.none')} text={text('audit.noneText')} />}
      />
    </Page>
  )
}
