import { NativeSelect } from '@mantine/core'
import { listServices } from '@scel/contract/routes'
import type { Service } from '@scel/contract/values'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '../desk/index.ts'
import { useText } from '../languages/index.ts'
import { RefusalNote } from './refusal-note.tsx'

/** The services of an organisation that the caller sees, open ones first. */
export const servicesQuery = (organisation: string) =>
  queryOptions({
    queryKey: ['organisation', 'services', organisation],
    queryFn: async ({ signal }): Promise<Service[]> =>
      (await call(listServices, { params: { id: organisation } }, signal)).items,
  })

/** Whether a form knows of all services of an organisation: until then nobody is to choose the whole of it by saying nothing. */
export const useServicesKnown = (organisation: string): boolean =>
  useQuery({ ...servicesQuery(organisation), enabled: organisation !== '' }).data !== undefined || organisation === ''

interface ServiceSelectProps {
  /** Id; none is chosen where it is empty. */
  readonly organisation: string
  readonly value: string
  readonly onChange: (id: string) => void
  /** A filter shows closed ones too. In a form, no choice means the organisation as a whole. */
  readonly as: 'filter' | 'field'
  /** Said where the organisation as a whole is not the caller's to choose: one of its services then is. */
  readonly required?: boolean
  readonly error?: ReactNode
}

/** One of the services of an organisation; nothing where it has none. */
export function ServiceSelect({
  organisation,
  value,
  onChange,
  as,
  required = false,
  error,
}: ServiceSelectProps): ReactNode {
  const text = useText()
  const query = useQuery({ ...servicesQuery(organisation), enabled: organisation !== '' })
  const data = query.data ?? []
  const offered = as === 'filter' ? data : data.filter(({ state }) => state === 'open')
  if (as === 'field' && organisation !== '' && query.data === undefined) {
    return (
      <div data-field="service">
        {query.error ? (
          <RefusalNote error={query.error} title={text('serviceSelect.unknown')} again={() => void query.refetch()} />
        ) : (
          <NativeSelect
            label={text('serviceSelect.label')}
            description={text('serviceSelect.help')}
            data={[text('app.loading')]}
            aria-busy
            error={error ? text('serviceSelect.waits') : undefined}
          />
        )}
      </div>
    )
  }
  if (organisation === '' || offered.length === 0) return null
  const label = ({ name, state }: Service): string =>
    state === 'closed' ? text('serviceSelect.closed', { name }) : name
  return (
    <div data-field="service">
      <NativeSelect
        label={text('serviceSelect.label')}
        description={as === 'field' ? text('serviceSelect.help') : undefined}
        required={required}
        value={value}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        data={[
          as === 'filter'
            ? { value: '', label: text('serviceSelect.all') }
            : required
              ? { value: '', label: text('serviceSelect.choose'), disabled: true }
              : { value: '', label: text('serviceSelect.whole') },
          ...offered.map((one) => ({ value: one.id, label: label(one) })),
        ]}
      />
    </div>
  )
}
