import { Stack, TextInput, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../../lib/languages/index.ts'
import type { FormFaults, Self } from './model.ts'

interface SelfFieldsProps {
  readonly self: Self
  readonly onChange: (change: Partial<Self>) => void
  readonly faults: Pick<FormFaults, 'name' | 'email'>
  /** Whether to say them already; the form looks for them before. */
  readonly checked: boolean
  /** The desk knows somebody else by this address: its sentence. */
  readonly taken: string | undefined
  readonly disabled: boolean
}

/** Who one is, asked where the link was made before anybody knew: the first administrator of a desk. */
export function SelfFields({ self, onChange, faults, checked, taken, disabled }: SelfFieldsProps): ReactNode {
  const text = useText()
  const address = useRef<HTMLInputElement>(null)
  // The answer comes while the button at the foot of the form has been looked at.
  useEffect(() => {
    if (taken) address.current?.focus()
  }, [taken])
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
        error={checked && faults.name ? text('person.nameWrong') : undefined}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <TextInput
        ref={address}
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
        error={checked && faults.email ? text('person.emailWrong') : taken}
        onChange={({ currentTarget }) => onChange({ email: currentTarget.value })}
      />
    </Stack>
  )
}
