import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { profilesQuery } from '../desk/index.ts'
import { useText, useTitle } from '../languages/index.ts'

interface ProfileSelectProps {
  readonly label: string
  /** A name that is none of those offered is shown all the same: it stands in the address, and the list is filtered by it. */
  readonly value: string
  readonly onChange: (name: string) => void
}

/** A filter by one of the profiles that the caller has to do with. */
export function ProfileSelect({ label, value, onChange }: ProfileSelectProps): ReactNode {
  const text = useText()
  const title = useTitle()
  const { data = [] } = useQuery(profilesQuery)
  const offered = data.map((profile) => ({ value: profile.name, label: title(profile.title) }))
  const stray = value !== '' && offered.every((one) => one.value !== value) ? [{ value, label: value }] : []
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[{ value: '', label: text('list.all') }, ...offered, ...stray]}
    />
  )
}
