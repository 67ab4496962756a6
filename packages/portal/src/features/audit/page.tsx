import { Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import type { AuditEvent } from '@scel/contract/values'
import { IconClipboardList } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { type Text as Say, useText, When } from '../../lib/languages/index.ts'
import { Filters, Listing } from '../../lib/parts/index.ts'
import { type Column, Empty, Page, Tag } from '../../ui/index.ts'
import { auditQuery } from './api.ts'
import classes from './page.module.css'

export function AuditPage(): ReactNode {
  const text = useText()
  const [search, setSearch] = useState('')
  const [typed, setTyped] = useState('')
  const [action, setAction] = useState('')
  const later = useDebouncedCallback(setAction, 250)
  const query = useInfiniteQuery(auditQuery({ search, action }))
  const columns = useMemo(() => columnsOf(text), [text])
  const clear = () => {
    setSearch('')
    setAction('')
    setTyped('')
  }
  const filtered = search !== '' || action !== ''
  return (
    <Page title={text('audit.title')} lead={text('audit.lead')}>
      <Filters
        search={search}
        placeholder={text('audit.searchPlaceholder')}
        onSearch={setSearch}
        active={filtered}
        onClear={clear}
      >
        <TextInput
          label={text('audit.action')}
          placeholder={text('audit.actionPlaceholder')}
          maxLength={60}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value)
            later(currentTarget.value.trim())
          }}
        />
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

function columnsOf(text: Say): readonly Column<AuditEvent>[] {
  return [
    { key: 'number', header: text('audit.number'), still: true, cell: ({ number }) => number },
    { key: 'at', header: text('audit.at'), still: true, cell: ({ at }) => <When at={at} /> },
    {
      key: 'action',
      header: text('audit.action'),
      narrow: 'heading',
      cell: ({ action }) => <code className={classes.action}>{action}</code>,
    },
    {
      key: 'outcome',
      header: text('audit.outcome'),
      narrow: 'corner',
      still: true,
      cell: ({ outcome }) => <Tag tone={outcome === 'done' ? 'good' : 'bad'}>{text(`audit.outcome.${outcome}`)}</Tag>,
    },
    {
      key: 'actor',
      header: text('audit.actor'),
      cell: ({ actor }) => (
        <div className={classes.who}>
          {actorIn(text, actor)}
          {actor.from ? (
            <Text size="xs" c="dimmed">
              {text('audit.from', { from: actor.from })}
            </Text>
          ) : null}
        </div>
      ),
    },
    {
      key: 'target',
      header: text('audit.target'),
      cell: ({ target }) => (
        <div className={classes.who}>
          {target.name || target.id}
          <Text size="xs" c="dimmed">
            {target.name ? `${target.kind} ${target.id}` : target.kind}
          </Text>
        </div>
      ),
    },
    {
      key: 'facts',
      header: text('audit.facts'),
      cell: ({ facts }) => (Object.keys(facts).length ? <FactLines facts={facts} /> : null),
    },
  ]
}

/** Machines are named by the thumbprint of their key: its beginning tells them apart well enough to the eye. */
function actorIn(text: Say, { kind, name }: AuditEvent['actor']): string {
  if (kind === 'applicant')
    return text('audit.actor.applicant', { name: /^[0-9a-f]{64}$/.test(name) ? `${name.slice(0, 12)}…` : name })
  return kind === 'desk' ? text('audit.actor.desk', { name }) : name
}

function FactLines({ facts }: { facts: AuditEvent['facts'] }): ReactNode {
  return (
    <ul className={classes.facts}>
      {Object.entries(facts).map(([name, value]) => (
        <li key={name}>
          <span>{name}</span> <FactValue value={String(value)} />
        </li>
      ))}
    </ul>
  )
}

/** Long hexadecimal (serial numbers, fingerprints) is cut to what tells it apart; the title has the whole. */
function FactValue({ value }: { value: string }): ReactNode {
  if (!/^[0-9a-f]{20,}$/.test(value)) return value
  return <code title={value}>{value.slice(0, 16)}…</code>
}
