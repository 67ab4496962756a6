import { Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import type { Page } from '@scel/contract/values'
import { IconFilterOff } from '@tabler/icons-react'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Column, DataTable, Empty, Loading } from '../../ui/index.ts'
import { useText } from '../languages/index.ts'
import { RefusalNote } from './refusal-note.tsx'

interface ListingProps<Row> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly fresh?: (row: Row) => boolean
  /** Shown when there is nothing at all. */
  readonly empty: ReactNode
  /** Set when a search or filter is on: offers to clear it when nothing matches. */
  readonly clear?: (() => void) | undefined
}

/** A list page by page: skeleton, error, emptiness, rows, and the next page. */
export function Listing<Row extends object>(props: ListingProps<Row>): ReactNode {
  const text = useText()
  const { query } = props
  const rows = query.data?.pages.flatMap((page) => page.items)
  if (!rows) {
    if (query.error) return <RefusalNote error={query.error} again={() => void query.refetch()} />
    return <Loading label={text('app.loading')} />
  }
  // What a page has to leave out may be all of it: the list goes on nevertheless.
  if (rows.length === 0 && !query.hasNextPage) {
    if (!props.clear) return props.empty
    return (
      <Empty icon={<IconFilterOff />} title={text('list.nothingFound')} text={text('list.nothingFoundText')}>
        <Tooltip label={text('do.clearFiltersTooltip')}>
          <Button variant="default" mt="sm" onClick={props.clear}>
            {text('do.clearFilters')}
          </Button>
        </Tooltip>
      </Empty>
    )
  }
  return (
    <Stack gap="md">
      <RefusalNote error={query.error} again={() => void query.refetch()} />
      {rows.length === 0 ? null : (
        <DataTable
          label={props.label}
          columns={props.columns}
          rows={rows}
          rowKey={props.rowKey}
          {...(props.fresh ? { fresh: props.fresh } : {})}
        />
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {rows.length === 0 ? text('list.noneYet') : text('list.shown', { count: rows.length })}
        </Text>
        {query.hasNextPage ? (
          <Tooltip label={text('do.moreTooltip')}>
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {text('do.more')}
            </Button>
          </Tooltip>
        ) : null}
      </Group>
    </Stack>
  )
}
