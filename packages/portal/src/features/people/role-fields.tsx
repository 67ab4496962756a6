import { Radio, Stack, TextInput } from '@mantine/core'
import type { Role } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { OrganisationSelect, ServiceSelect } from '../../lib/parts/index.ts'
import { type GrantFaults, type GrantForm, ROLES, today } from './model.ts'

interface RoleFieldsProps {
  readonly form: GrantForm
  readonly faults: GrantFaults
  readonly onChange: (change: Partial<GrantForm>) => void
}

/** A role, where it holds, and its last day. */
export function RoleFields({ form, faults, onChange }: RoleFieldsProps): ReactNode {
  const text = useText()
  return (
    <>
      <Radio.Group label={text('person.role')} value={form.role} onChange={(role) => onChange({ role: role as Role })}>
        <Stack gap="sm" mt={6}>
          {ROLES.map((role) => (
            <Radio key={role} value={role} label={text(`role.${role}`)} description={text(`person.role.${role}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {form.role === 'manager' ? (
        <>
          <OrganisationSelect
            as="field"
            value={form.organisation}
            onChange={(organisation) => onChange({ organisation, service: '' })}
            error={faults.organisation ? text('person.organisationMissing') : undefined}
          />
          <ServiceSelect
            as="field"
            organisation={form.organisation}
            value={form.service}
            onChange={(service) => onChange({ service })}
            error={faults.service}
          />
        </>
      ) : null}
      <TextInput
        name="until"
        type="date"
        label={text('person.until')}
        description={text('person.untilHelp')}
        min={today()}
        value={form.until}
        error={faults.until ? text('person.untilWrong') : undefined}
        onChange={({ currentTarget }) => onChange({ until: currentTarget.value })}
      />
    </>
  )
}
