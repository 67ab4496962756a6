import { Stack, Text } from '@mantine/core'
import type { Grant, Person } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useDates, useText } from '../../lib/languages/index.ts'

/** What somebody is, one after the other: where, the end it has, or that it waits. */
export function RoleLines({ person }: { person: Person }): ReactNode {
  const text = useText()
  const { grants, state } = person
  if (grants.length === 0) {
    return state === 'disabled' ? null : (
      <Text size="sm" c="dimmed">
        {text('role.none')}
      </Text>
    )
  }
  return (
    <Stack gap={6}>
      {grants.map((grant) => (
        <RoleLine key={grant.id} grant={grant} />
      ))}
    </Stack>
  )
}

function RoleLine({ grant }: { grant: Grant }): ReactNode {
  const text = useText()
  const dates = useDates()
  const { role, organisation, service, until, awaiting } = grant
  const more = [
    ...(organisation ? [organisation.code] : []),
    ...(service ? [service.name] : []),
    ...(until ? [text('people.roleUntil', { at: dates.date(until) })] : []),
    ...(awaiting ? [text('people.roleWaits')] : []),
  ]
  return (
    <div>
      {text(`role.${role}`)}
      {more.length > 0 ? (
        <Text size="xs" c="dimmed" title={organisation?.name}>
          {more.join(' · ')}
        </Text>
      ) : null}
    </div>
  )
}
