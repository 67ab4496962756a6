import { NativeSelect } from '@mantine/core'
import { listOrganisations } from '@scel/contract/routes'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '../desk/index.ts'
import { useText } from '../languages/index.ts'

interface OrganisationSelectProps {
  readonly value: string
  readonly onChange: (id: string) => void
  /** As a filter, no choice means all of them; in a form, that one is to be chosen. */
  readonly as: 'filter' | 'field'
  readonly error?: ReactNode
}

/** One of the organisations that the caller may see (the first 200 by the desk's order). */
export function OrganisationSelect({ value, onChange, as, error }: OrganisationSelectProps): ReactNode {
  const text = useText()
  const { data } = useQuery({
    queryKey: ['organisation', 'choices'],
    queryFn: ({ signal }) => call(listOrganisations, { query: { size: 200 } }, signal),
  })
  return (
    <NativeSelect
      label={text('organisationSelect.label')}
      required={as === 'field'}
      value={value}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        as === 'filter'
          ? { value: '', label: text('organisationSelect.all') }
          : { value: '', label: text('organisationSelect.choose'), disabled: true },
        ...(data?.items ?? []).map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` })),
      ]}
    />
  )
}
