import { Text } from '@mantine/core'
import type { Person } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useDates, useText } from '../../lib/languages/index.ts'
import { linkOf } from './model.ts'

/** Until when the person's one-time link may be used, when there is one. */
export function LinkState({ person }: { person: Person }): ReactNode {
  const text = useText()
  const dates = useDates()
  const state = linkOf(person, Date.now())
  if (state === 'none' || !person.invitation) return null
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {state === 'open'
        ? text('people.linkUntil', { at: dates.moment(person.invitation.expiresAt) })
        : text('people.linkExpired')}
    </Text>
  )
}
