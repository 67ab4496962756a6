import { Text } from '@mantine/core'
import type { Person } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useDates, useText } from '../../lib/languages/index.ts'
import { SecondAdministrator } from '../../lib/parts/index.ts'
import { confirmLink, refuseLink } from './api.ts'
import { linkOf } from './model.ts'

/** Until when the person's one-time link may be used, when there is one; or that it waits for a second administrator. */
export function LinkState({ person }: { person: Person }): ReactNode {
  const text = useText()
  const dates = useDates()
  const state = linkOf(person, Date.now())
  if (state === 'none' || !person.invitation) return null
  const { awaiting } = person.invitation
  if (awaiting) {
    const { id, name } = person
    const answers = {
      confirm: (mark: string) => confirmLink(id, mark),
      refuse: (mark: string) => refuseLink(id, mark),
    }
    const what = awaiting.adds === undefined ? 'link' : 'device'
    return <SecondAdministrator what={what} name={name} awaiting={awaiting} {...answers} />
  }
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {state === 'open'
        ? text('people.linkUntil', { at: dates.moment(person.invitation.expiresAt) })
        : text('people.linkExpired')}
    </Text>
  )
}
