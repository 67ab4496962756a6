import { Tooltip } from '@mantine/core'
import type { Organisation } from '@scel/contract/values'
import { IconBuilding, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useMay, useReach } from '../../lib/desk/index.ts'
import { type Text as Say, useText } from '../../lib/languages/index.ts'
import { ButtonLink, Filters, Listing, PageLink } from '../../lib/parts/index.ts'
import { type Column, Empty, Page, Tag } from '../../ui/index.ts'
import { organisationsQuery } from './api.ts'
import classes from './list-page.module.css'
import { spacedSiren } from './model.ts'

export function OrganisationsPage(): ReactNode {
  const text = useText()
  const everywhere = useReach('read_organisations') === 'environment'
  const [search, setSearch] = useState('')
  const query = useInfiniteQuery(organisationsQuery(search))
  const columns = useMemo(() => columnsOf(text), [text])
  const may = useMay('make_organisations')
  const add = (
    <Tooltip label={text('organisations.newTooltip')}>
      <ButtonLink to="/organisations/new" leftSection={<IconPlus size={18} aria-hidden />}>
        {text('organisations.new')}
      </ButtonLink>
    </Tooltip>
  )
  return (
    <Page title={text('organisations.title')} lead={text('organisations.lead')} actions={may ? add : null}>
      {everywhere && (
        <Filters
          search={search}
          placeholder={text('organisations.searchPlaceholder')}
          onSearch={setSearch}
          active={search !== ''}
          onClear={() => setSearch('')}
        />
      )}
      <Listing
        query={query}
        label={text('organisations.list')}
        columns={columns}
        rowKey={({ id }) => id}
        clear={search ? () => setSearch('') : undefined}
        empty={
          <Empty
            icon={<IconBuilding />}
            title={text('organisations.none')}
            text={text(may ? 'organisations.noneText' : 'organisations.noneTextReader')}
          >
            {may ? add : null}
          </Empty>
        }
      />
    </Page>
  )
}

function columnsOf(text: Say): readonly Column<Organisation>[] {
  return [
    {
      key: 'name',
      header: text('organisations.name'),
      narrow: 'heading',
      wide: true,
      cell: ({ id, name }) => (
        <PageLink to="/organisations/$id" params={{ id }} className={classes.name}>
          {name}
        </PageLink>
      ),
    },
    {
      key: 'code',
      header: text('organisations.code'),
      narrow: 'corner',
      cell: ({ code }) => <span className={classes.code}>{code}</span>,
    },
    { key: 'country', header: text('organisations.country'), still: true, cell: ({ country }) => country },
    {
      key: 'siren',
      header: text('organisations.siren'),
      still: true,
      cell: ({ siren }) => (siren ? spacedSiren(siren) : null),
    },
    {
      key: 'pending',
      header: text('organisations.pending'),
      still: true,
      cell: ({ counts }) => (counts.pending > 0 ? <Tag tone="notice">{counts.pending}</Tag> : counts.pending),
    },
    { key: 'managers', header: text('organisations.managers'), still: true, cell: ({ counts }) => counts.managers },
    { key: 'kits', header: text('organisations.kits'), still: true, cell: ({ counts }) => counts.kits },
    {
      key: 'certificates',
      header: text('organisations.certificates'),
      still: true,
      cell: ({ counts }) => counts.certificates,
    },
  ]
}
