import { NativeSelect, Progress, Stack, Text, Tooltip } from '@mantine/core'
import type { Kit, KitState } from '@scel/contract/values'
import { IconPackage, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useMay } from '../../lib/desk/index.ts'
import { type Text as Say, type TitleText, told, useText, useTitle, When } from '../../lib/languages/index.ts'
import { ButtonLink, EndStanding, Filters, Listing, RejectAll, SecondAdministrator } from '../../lib/parts/index.ts'
import { type Column, Empty, Page, Tag } from '../../ui/index.ts'
import { confirmStanding, kitsQuery, refuseStanding } from './api.ts'
import { BlockedKeys } from './blocked-keys.tsx'
import { KIT_STATES, STATE_TONES } from './model.ts'
import { Withdraw } from './withdraw.tsx'

export function KitsPage(): ReactNode {
  const text = useText()
  const title = useTitle()
  const [search, setSearch] = useState('')
  const [state, setState] = useState<KitState>()
  const query = useInfiniteQuery(kitsQuery({ search, ...(state ? { state } : {}) }))
  const [makes, withdraws, decides] = [useMay('make_kits'), useMay('withdraw_kits'), useMay('decide_requests')]
  const columns = useMemo(() => columnsOf(text, title, withdraws, decides), [text, title, withdraws, decides])
  const filtered = search !== '' || state !== undefined
  const clear = () => {
    setSearch('')
    setState(undefined)
  }
  const add = (
    <Tooltip label={text('kits.newTooltip')}>
      <ButtonLink to="/kits/new" search={{}} leftSection={<IconPlus size={18} aria-hidden />}>
        {text('kits.new')}
      </ButtonLink>
    </Tooltip>
  )
  return (
    <Page title={text('kits.title')} lead={text('kits.lead')} actions={makes ? add : null}>
      <Filters
        search={search}
        placeholder={text('kits.searchPlaceholder')}
        onSearch={setSearch}
        active={filtered}
        onClear={clear}
      >
        <NativeSelect
          label={text('kits.state')}
          value={state ?? ''}
          onChange={({ currentTarget }) => setState((currentTarget.value || undefined) as KitState | undefined)}
          data={[
            { value: '', label: text('list.all') },
            ...KIT_STATES.map((value) => ({ value, label: text(`kits.state.${value}`) })),
          ]}
        />
      </Filters>
      <Listing
        query={query}
        label={text('kits.list')}
        columns={columns}
        rowKey={({ id }) => id}
        clear={filtered ? clear : undefined}
        empty={
          <Empty
            icon={<IconPackage />}
            title={text('kits.none')}
            text={text(makes ? 'kits.noneText' : 'kits.noneTextReader')}
          >
            {makes ? add : null}
          </Empty>
        }
      />
      <BlockedKeys />
    </Page>
  )
}

function columnsOf(text: Say, title: TitleText, withdraws: boolean, decides: boolean): readonly Column<Kit>[] {
  const columns: Column<Kit>[] = [
    {
      key: 'name',
      header: text('kits.name'),
      narrow: 'heading',
      wide: true,
      cell: ({ id, name, standingApproval, createdBy, awaiting, confirmedBy, state }) => (
        <div>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {text('kits.by')} · {told(text, createdBy)}
          </Text>
          {standingApproval ? (
            <span title={text('kits.bearer')}>
              <Tag tone={awaiting ? 'notice' : 'accent'}>{text('kits.standing')}</Tag>
            </span>
          ) : null}
          {confirmedBy !== undefined ? (
            <Text size="xs" c="dimmed" mt={4}>
              {text('second.confirmedBy', { by: told(text, confirmedBy) })}
            </Text>
          ) : null}
          {awaiting && state === 'active' ? (
            <SecondAdministrator
              what="kit"
              name={name}
              awaiting={awaiting}
              confirm={(mark) => confirmStanding(id, mark)}
              refuse={(mark) => refuseStanding(id, mark)}
            />
          ) : null}
        </div>
      ),
    },
    {
      key: 'state',
      header: text('kits.state'),
      narrow: 'corner',
      still: true,
      cell: ({ state }) => <Tag tone={STATE_TONES[state]}>{text(`kits.state.${state}`)}</Tag>,
    },
    {
      key: 'organisation',
      header: text('kits.organisation'),
      still: true,
      cell: ({ organisation, service }) => (
        <div>
          <span title={organisation.name}>{organisation.code}</span>
          {service ? (
            <Text size="xs" c="dimmed">
              {service.name}
            </Text>
          ) : null}
        </div>
      ),
    },
    {
      key: 'profile',
      header: text('kits.profile'),
      wordy: true,
      cell: ({ profile, store, keys }) => (
        <div>
          {title(profile.title)}
          <Text size="xs" c="dimmed">
            {text(`store.${store}`)}
          </Text>
          <Text size="xs" c="dimmed">
            {keys.map((key) => text(`key.${key}`)).join(', ')}
          </Text>
        </div>
      ),
    },
    {
      key: 'uses',
      header: text('kits.uses'),
      still: true,
      cell: ({ uses, pending }) => (
        <div>
          {text('kits.usesText', { made: uses.made, allowed: uses.allowed })}
          <Progress aria-hidden size={4} mt={4} maw={96} value={(uses.made / uses.allowed) * 100} />
          {pending > 0 ? <Small>{text('kits.pending', { count: pending })}</Small> : null}
          {uses.refused > 0 ? <Small>{text('kits.refused', { count: uses.refused })}</Small> : null}
        </div>
      ),
    },
    {
      key: 'expires',
      header: text('kits.expires'),
      still: true,
      cell: ({ expiresAt }) => <When at={expiresAt} as="date" />,
    },
  ]
  if (!decides) return columns
  return [
    ...columns,
    {
      key: 'actions',
      header: text('do.actions'),
      silent: true,
      still: true,
      narrow: 'foot',
      cell: (kit) => <KitActs kit={kit} withdraws={withdraws} />,
    },
  ]
}

const Small = ({ children }: { children: ReactNode }): ReactNode => (
  <Text size="xs" c="dimmed">
    {children}
  </Text>
)

/** What is done about a kit: withdrawn by an administrator, brought to heel by whoever decides its requests. */
function KitActs({ kit, withdraws }: { kit: Kit; withdraws: boolean }): ReactNode {
  const { id, name, state, may, pending } = kit
  return (
    <Stack gap={4} align="flex-start">
      {state === 'active' && may.endStanding ? <EndStanding id={id} name={name} /> : null}
      {may.rejectRequests ? <RejectAll id={id} name={name} pending={pending} /> : null}
      {state === 'active' && withdraws ? <Withdraw id={id} name={name} pending={pending} /> : null}
    </Stack>
  )
}
