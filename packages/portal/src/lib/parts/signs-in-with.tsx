import { Text } from '@mantine/core'
import type { Person } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useDates, useText } from '../languages/index.ts'
import { PageLink } from './links.tsx'

/** What somebody signs in with, and until when, or that they do not any more; a certificate leads to its page. */
export function SignsInWith({ by }: { by: NonNullable<Person['signIn']> }): ReactNode {
  const text = useText()
  const dates = useDates()
  const { kind, certificate, until, ended } = by
  const name = text(`people.signIn.${kind}`)
  const end = certificate === undefined ? text('people.ended') : text('people.revoked')
  return (
    <div>
      {certificate === undefined ? (
        <Text size="sm">{name}</Text>
      ) : (
        <PageLink to="/certificates/$id" params={{ id: certificate }} size="sm">
          {name}
        </PageLink>
      )}
      <Text size="xs" c="dimmed">
        {ended ? end : until ? text('people.roleUntil', { at: dates.date(until) }) : null}
      </Text>
    </div>
  )
}
