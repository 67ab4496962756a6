import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { LANGUAGES } from '@scel/contract/errors'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import type { PersonFaults, PersonForm } from './model.ts'
import { RoleFields } from './role-fields.tsx'

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
      <RoleFields form={form} faults={faults} onChange={onChange} />
      <NativeSelect
        label={text('person.language')}
        value={form.language}
        onChange={({ currentTarget }) => onChange({ language: currentTarget.value as PersonForm['language'] })}
        data={LANGUAGES.map((value) => ({ value, label: text(`language.${value}`) }))}
      />
    </Stack>
  )
}
