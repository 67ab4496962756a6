import { Group, NativeSelect, Text, Tooltip, VisuallyHidden } from '@mantine/core'
import { ORIGIN_KINDS, REQUEST_STATES, type RequestSummary } from '@scel/contract/values'
import { IconFilePlus, IconInbox, IconVersions } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useMay, useOnlyOrganisation, useReach } from '../../lib/desk/index.ts'
import { type Text as Say, type TitleText, told, useText, useTitle, When } from '../../lib/languages/index.ts'
import {
  ButtonLink,
  Filters,
  Listing,
  OrganisationSelect,
  PageLink,
  ProfileSelect,
  ServiceSelect,
} from '../../lib/parts/index.ts'
import { type Column, Empty, Page, Tag } from '../../ui/index.ts'
import { requestsQuery } from './api.ts'
import classes from './list-page.module.css'
import { highest, newerThan, parseRequestSearch, type RequestSearch } from './model.ts'
import { StateTag } from './state-tag.tsx'

const route = getRouteApi('/shell/requests')

export function RequestsPage(): ReactNode {
  const text = useText()
  const title = useTitle()
  const reach = useReach('read_requests')
  const everywhere = reach === 'environment'
  const only = useOnlyOrganisation('read_requests')
  const asks = useMay('ask_by_file')
  const filters = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(requestsQuery(filters))
  const filtered = Object.keys(filters).length > 0
  const set = (change: { [K in keyof RequestSearch]?: string }) =>
    navigate({ search: (before) => parseRequestSearch({ ...before, ...change }), replace: true })
  const clear = () => void navigate({ search: {}, replace: true })
  const isNew = useNewcomers(
    query.data?.pages.flatMap(({ items }) => items),
    JSON.stringify(filters),
  )
  const columns = useMemo(() => columnsOf(text, title, isNew.has), [text, title, isNew.has])

  return (
    <Page
      title={text('requests.title')}
      lead={text(reach === 'own' ? 'requests.leadOwn' : 'requests.lead')}
      actions={
        asks ? (
          <Tooltip label={text('requests.fromFileTooltip')}>
            <ButtonLink to="/requests/new" leftSection={<IconFilePlus size={18} aria-hidden />}>
              {text('requests.fromFile')}
            </ButtonLink>
          </Tooltip>
        ) : null
      }
    >
      <Filters
        search={filters.search ?? ''}
        placeholder={text('requests.searchPlaceholder')}
        onSearch={(search) => void set({ search })}
        active={filtered}
        onClear={clear}
      >
        <NativeSelect
          label={text('requests.state')}
          value={filters.state ?? ''}
          onChange={({ currentTarget }) => void set({ state: currentTarget.value })}
          data={[
            { value: '', label: text('list.all') },
            ...REQUEST_STATES.map((value) => ({ value, label: text(`requests.state.${value}`) })),
          ]}
        />
        {everywhere && (
          <>
            <ProfileSelect
              label={text('requests.profile')}
              value={filters.profile ?? ''}
              onChange={(profile) => void set({ profile })}
            />
            <NativeSelect
              label={text('requests.origin')}
              value={filters.origin ?? ''}
              onChange={({ currentTarget }) => void set({ origin: currentTarget.value })}
              data={[
                { value: '', label: text('requests.origin.decided') },
                ...ORIGIN_KINDS.map((value) => ({ value, label: text(`requests.origin.${value}`) })),
              ]}
            />
            <OrganisationSelect
              as="filter"
              value={filters.organisation ?? ''}
              onChange={(organisation) => void set({ organisation, service: '' })}
            />
          </>
        )}
        <ServiceSelect
          as="filter"
          organisation={filters.organisation ?? only ?? ''}
          value={filters.service ?? ''}
          onChange={(service) => void set({ service })}
        />
      </Filters>
      <VisuallyHidden role="status">
        {isNew.count > 0 ? text('requests.arrived', { count: isNew.count }) : ''}
      </VisuallyHidden>
      <Listing
        query={query}
        label={text('requests.list')}
        columns={columns}
        rowKey={({ number }) => String(number)}
        fresh={({ number }) => isNew.has(number)}
        clear={filtered ? clear : undefined}
        empty={
          <Empty
            icon={<IconInbox />}
            title={text('requests.none')}
            text={text(reach === 'own' ? 'requests.noneOwnText' : 'requests.noneText')}
          >
            {reach === 'own' ? null : (
              <Tooltip label={text('requests.toKitsTooltip')}>
                <ButtonLink to="/kits" variant="light" mt="sm">
                  {text('requests.toKits')}
                </ButtonLink>
              </Tooltip>
            )}
          </Empty>
        }
      />
    </Page>
  )
}

function columnsOf(text: Say, title: TitleText, isNew: (number: number) => boolean): readonly Column<RequestSummary>[] {
  return [
    {
      key: 'number',
      header: text('requests.number'),
      still: true,
      cell: ({ number }) => number,
    },
    {
      key: 'commonName',
      header: text('requests.commonName'),
      narrow: 'heading',
      wide: true,
      cell: (request) => <Machine request={request} isNew={isNew(request.number)} />,
    },
    {
      key: 'state',
      header: text('requests.state'),
      narrow: 'corner',
      still: true,
      cell: ({ state }) => <StateTag state={state} />,
    },
    {
      key: 'organisation',
      header: text('requests.organisation'),
      cell: ({ organisation, service, profile }) => (
        <div>
          {organisation ? <span title={organisation.name}>{organisation.code}</span> : null}
          {service ? <Text size="xs">{service.name}</Text> : null}
          <Text size="xs" c="dimmed">
            {title(profile.title)}
          </Text>
        </div>
      ),
    },
    {
      key: 'by',
      header: text('requests.by'),
      cell: ({ requestedBy }) => (
        <span className={classes.by} title={requestedBy}>
          {requestedBy === undefined ? text('request.actor.desk') : told(text, requestedBy)}
        </span>
      ),
    },
    {
      key: 'submitted',
      header: text('requests.submitted'),
      still: true,
      cell: ({ submittedAt }) => <When at={submittedAt} as="ago" />,
    },
  ]
}

function Machine({ request, isNew }: { request: RequestSummary; isNew: boolean }): ReactNode {
  const text = useText()
  const { number, commonName, hostName, description, conflicts } = request
  return (
    <div>
      <Group gap={8}>
        <PageLink to="/requests/$number" params={{ number: String(number) }} className={classes.name}>
          <VisuallyHidden>{text('request.title', { number })} </VisuallyHidden>
          {hostName || commonName}
        </PageLink>
        {isNew ? <Tag tone="accent">{text('requests.new')}</Tag> : null}
      </Group>
      {hostName && hostName !== commonName ? (
        <Text className={classes.cn} title={commonName}>
          {commonName}
        </Text>
      ) : null}
      {description ? (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {description}
        </Text>
      ) : null}
      {conflicts > 0 ? (
        <Text size="xs" className={classes.conflict}>
          <IconVersions size={14} aria-hidden /> {text('requests.conflicts', { count: conflicts })}
        </Text>
      ) : null}
    </div>
  )
}

/** Remembers what was there when the list was opened (per filter), and tells what came since. */
function useNewcomers(requests: readonly RequestSummary[] | undefined, filter: string) {
  const marks = useRef(new Map<string, number>())
  const numbers = useMemo(() => requests?.map(({ number }) => number), [requests])
  useEffect(() => {
    if (numbers && !marks.current.has(filter)) marks.current.set(filter, highest(numbers))
  }, [numbers, filter])
  return useMemo(() => {
    const fresh = new Set(newerThan(marks.current.get(filter), numbers ?? []))
    return { count: fresh.size, has: (number: number) => fresh.has(number) }
  }, [numbers, filter])
}
