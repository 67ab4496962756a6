import { NativeSelect, Text, Tooltip } from '@mantine/core'
import type { Person, PersonState, Role } from '@scel/contract/values'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useMay, useMe } from '../../lib/desk/index.ts'
import { type Text as Say, told, useText, When } from '../../lib/languages/index.ts'
import { ButtonLink, Filters, Listing, PageLink, SignsInWith } from '../../lib/parts/index.ts'
import { type Column, Empty, Page, Tag } from '../../ui/index.ts'
import { PersonActions } from './actions.tsx'
import { peopleQuery } from './api.ts'
import { LinkState } from './link-state.tsx'
import { PERSON_STATES, ROLES, STATE_TONES } from './model.ts'
import { RoleLines } from './role-lines.tsx'

export function PeoplePage(): ReactNode {
  const text = useText()
  const { person: self } = useMe()
  const [search, setSearch] = useState('')
  const [role, setRole] = useState<Role>()
  const [state, setState] = useState<PersonState>()
  const query = useInfiniteQuery(peopleQuery({ search, ...(role ? { role } : {}), ...(state ? { state } : {}) }))
  const may = useMay('invite_people')
  const columns = useMemo(() => columnsOf(text, self.id, may), [text, self.id, may])
  const filtered = search !== '' || role !== undefined || state !== undefined
  const clear = () => {
    setSearch('')
    setRole(undefined)
    setState(undefined)
  }
  const add = (
    <Tooltip label={text('people.newTooltip')}>
      <ButtonLink to="/people/new" search={{}} leftSection={<IconUserPlus size={18} aria-hidden />}>
        {text('people.new')}
      </ButtonLink>
    </Tooltip>
  )
  return (
    <Page title={text('people.title')} lead={text('people.lead')} actions={may ? add : null}>
      <Filters
        search={search}
        placeholder={text('people.searchPlaceholder')}
        onSearch={setSearch}
        active={filtered}
        onClear={clear}
      >
        <NativeSelect
          label={text('people.role')}
          value={role ?? ''}
          onChange={({ currentTarget }) => setRole((currentTarget.value || undefined) as Role | undefined)}
          data={[
            { value: '', label: text('list.all') },
            ...ROLES.map((value) => ({ value, label: text(`role.${value}`) })),
          ]}
        />
        <NativeSelect
          label={text('people.state')}
          value={state ?? ''}
          onChange={({ currentTarget }) => setState((currentTarget.value || undefined) as PersonState | undefined)}
          data={[
            { value: '', label: text('list.all') },
            ...PERSON_STATES.map((value) => ({ value, label: text(`people.state.${value}`) })),
          ]}
        />
      </Filters>
      <Listing
        query={query}
        label={text('people.list')}
        columns={columns}
        rowKey={({ id }) => id}
        clear={filtered ? clear : undefined}
        empty={
          <Empty icon={<IconUsers />} title={text('people.none')} text={text('people.noneText')}>
            {may ? add : null}
          </Empty>
        }
      />
    </Page>
  )
}

function columnsOf(text: Say, self: string, may: boolean): readonly Column<Person>[] {
  const columns: Column<Person>[] = [
    {
      key: 'name',
      header: text('people.name'),
      narrow: 'heading',
      wide: true,
      cell: ({ id, name, email }) => (
        <div>
          <Text size="sm" fw={600}>
            <PageLink to="/people/$id" params={{ id }}>
              {told(text, name)}
            </PageLink>
            {id === self ? (
              <Text span c="dimmed" fw={400}>
                {' '}
                ({text('people.you')})
              </Text>
            ) : null}
          </Text>
          <Text size="xs" c="dimmed">
            {email ?? text('people.noAddress')}
          </Text>
        </div>
      ),
    },
    {
      key: 'state',
      header: text('people.state'),
      narrow: 'corner',
      cell: (person) => (
        <div>
          <Tag tone={STATE_TONES[person.state]}>{text(`people.state.${person.state}`)}</Tag>
          <LinkState person={person} />
        </div>
      ),
    },
    {
      key: 'role',
      header: text('people.roles'),
      cell: (person) => <RoleLines person={person} />,
    },
    {
      key: 'signIn',
      header: text('people.signIn'),
      still: true,
      cell: ({ signIn }) => (signIn ? <SignsInWith by={signIn} /> : null),
    },
    {
      key: 'lastSignIn',
      header: text('people.lastSignIn'),
      still: true,
      cell: ({ lastSignInAt }) => (lastSignInAt ? <When at={lastSignInAt} as="ago" /> : null),
    },
  ]
  if (!may) return columns
  return [
    ...columns,
    {
      key: 'actions',
      header: text('do.actions'),
      silent: true,
      still: true,
      narrow: 'foot',
      cell: (person) => <PersonActions person={person} self={person.id === self} />,
    },
  ]
}
