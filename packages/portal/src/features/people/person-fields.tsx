import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core'
import { LANGUAGES } from '@scel/contract/errors'
import type { Role } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { OrganisationSelect } from '../../lib/parts/index.ts'
import { type PersonFaults, type PersonForm, ROLES } from './model.ts'

interface PersonFieldsProps {
  readonly form: PersonForm
  readonly onChange: (change: Partial<PersonForm>) => void
  readonly faults: PersonFaults
  /** The desk's sentence when the e-mail is someone else's already. */
  readonly taken: string | undefined
}

/** Who is invited, and as what. */
export function PersonFields({ form, onChange, faults, taken }: PersonFieldsProps): ReactNode {
  const text = useText()
  return (
    <Stack gap="md" mb="md">
      <TextInput
        name="name"
        label={text('person.name')}
        description={text('person.nameHelp')}
        required
        maxLength={64}
        autoComplete="off"
        value={form.name}
        error={faults.name ? text('person.nameWrong') : undefined}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <TextInput
        name="email"
        type="email"
        label={text('person.email')}
        required
        maxLength={254}
        autoComplete="off"
        value={form.email}
        error={faults.email ? text('person.emailWrong') : taken}
        onChange={({ currentTarget }) => onChange({ email: currentTarget.value })}
      />
      <Radio.Group label={text('person.role')} value={form.role} onChange={(role) => onChange({ role: role as Role })}>
        <Stack gap="sm" mt={6}>
          {ROLES.map((role) => (
            <Radio key={role} value={role} label={text(`role.${role}`)} description={text(`person.role.${role}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {form.role === 'manager' ? (
        <OrganisationSelect
          as="field"
          value={form.organisation}
          onChange={(organisation) => onChange({ organisation })}
          error={faults.organisation ? text('person.organisationMissing') : undefined}
        />
      ) : null}
      <NativeSelect
        label={text('person.language')}
        value={form.language}
        onChange={({ currentTarget }) => onChange({ language: currentTarget.value as PersonForm['language'] })}
        data={LANGUAGES.map((value) => ({ value, label: text(`language.${value}`) }))}
      />
    </Stack>
  )
}
