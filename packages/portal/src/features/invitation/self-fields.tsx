import { Stack, TextInput, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import type { FormFaults, Self } from './model.ts'

interface SelfFieldsProps {
  readonly self: Self
  readonly onChange: (change: Partial<Self>) => void
  readonly faults: Pick<FormFaults, 'name' | 'email'>
  readonly disabled: boolean
}

/** Who one is, asked where the link was made before anybody knew: the first administrator of a desk. */
export function SelfFields({ self, onChange, faults, disabled }: SelfFieldsProps): ReactNode {
  const text = useText()
  return (
    <Stack gap="md" mb="md">
      <Title order={2}>{text('invitation.for')}</Title>
      <TextInput
        name="name"
        label={text('invitation.name')}
        description={text('person.nameHelp')}
        required
        maxLength={64}
        autoComplete="name"
        value={self.name}
        disabled={disabled}
        data-fault={faults.name !== undefined}
        error={faults.name ? text('person.nameWrong') : undefined}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <TextInput
        name="email"
        type="email"
        label={text('invitation.email')}
        description={text('invitation.emailHelp')}
        required
        maxLength={254}
        autoComplete="email"
        value={self.email}
        disabled={disabled}
        data-fault={faults.email !== undefined}
        error={faults.email ? text('person.emailWrong') : undefined}
        onChange={({ currentTarget }) => onChange({ email: currentTarget.value })}
      />
    </Stack>
  )
}
