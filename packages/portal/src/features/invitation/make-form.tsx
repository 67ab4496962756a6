import { Button, Checkbox, Group, NativeSelect, PasswordInput, Stack, Text, Title, Tooltip } from '@mantine/core'
import type { KeyChoice } from '@scel/contract/values'
import { IconLock, IconShieldLock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { isRefusal } from '../../lib/desk/index.ts'
import { fileNameOf } from '../../lib/files/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { accept, type Invitation } from './api.ts'
import { Failure } from './failure.tsx'
import { DEVICES, type Device, deviceOf, faultsOf, type Self } from './model.ts'
import type { Made } from './ready.tsx'
import { SelfFields } from './self-fields.tsx'
import { StrengthMeter } from './strength-meter.tsx'

type Step = 'key' | 'request' | 'certificate' | 'file'

interface MakeFormProps {
  readonly token: string
  readonly invitation: Invitation
  readonly onMade: (made: Made) => void
}

/** Key, passphrase, certificate, file: all of it here except the public key, which the desk certifies. */
export function MakeForm({ token, invitation, onMade }: MakeFormProps): ReactNode {
  const text = useText()
  const [choice, setChoice] = useState<KeyChoice>(invitation.proposedKey)
  const [device, setDevice] = useState<Device>(() => deviceOf(navigator.userAgent))
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [understood, setUnderstood] = useState(false)
  const [checked, setChecked] = useState(false)
  const [step, setStep] = useState<Step>()
  // A key in hand outlives a lost answer: the desk gives the same certificate again for the same token and key.
  const hand = useRef<import('./key-file.ts').KeyInHand>(undefined)
  const [self, setSelf] = useState<Self | undefined>(invitation.unnamed ? { name: '', email: '' } : undefined)
  const faults = faultsOf({ self, passphrase, again, understood })
  const name = self?.name.trim() ?? invitation.name

  const making = useMutation({
    mutationFn: async () => {
      const { makeKey, lockFile } = await import('./key-file.ts')
      if (hand.current?.choice !== choice) hand.current = await makeKey(choice, name, setStep)
      setStep('certificate')
      const accepted = await accept(token, hand.current.csr, self && { name, email: self.email.trim() })
      setStep('file')
      const file = await lockFile(hand.current, accepted, { name, passphrase, device })
      return { file, signedIn: accepted.signedIn }
    },
    onSuccess: ({ file, signedIn }) => {
      const suffix = invitation.environment === 'test' ? '-test' : ''
      onMade({ file, signedIn, fileName: `scel-${fileNameOf(name)}${suffix}.p12` })
    },
    onSettled: () => setStep(undefined),
  })
  // Said at the field that it is about, instead of below.
  const taken = isRefusal(making.error) && making.error.code === 'person_email_taken' ? making.error.message : undefined

  const toggle = { 'aria-label': text('invitation.showPassphrase'), title: text('invitation.showPassphrase') }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setChecked(true)
        if (Object.keys(faults).length === 0) making.mutate()
        else event.currentTarget.querySelector<HTMLElement>('[data-fault="true"]')?.focus()
      }}
    >
      <Stack gap="md">
        {self ? (
          <SelfFields
            self={self}
            onChange={(change) => {
              setSelf({ ...self, ...change })
              if (change.email !== undefined) making.reset()
            }}
            taken={taken}
            faults={faults}
            checked={checked}
            disabled={making.isPending}
          />
        ) : null}
        <Title order={2}>{text('invitation.make')}</Title>
        <NativeSelect
          label={text('invitation.key')}
          description={text('invitation.keyHelp')}
          value={choice}
          disabled={making.isPending}
          onChange={({ currentTarget }) => setChoice(currentTarget.value as KeyChoice)}
          data={invitation.keys.map((value) => ({
            value,
            label:
              value === invitation.proposedKey
                ? text('invitation.keyProposed', { key: text(`key.${value}`) })
                : text(`key.${value}`),
          }))}
        />
        <NativeSelect
          label={text('invitation.device')}
          description={text('invitation.deviceHelp')}
          value={device}
          disabled={making.isPending}
          onChange={({ currentTarget }) => setDevice(currentTarget.value as Device)}
          data={DEVICES.map((value) => ({ value, label: text(`invitation.device.${value}`) }))}
        />
        <div>
          <PasswordInput
            label={text('invitation.passphrase')}
            description={text('invitation.passphraseHelp')}
            required
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
            visibilityToggleFocusable
            maxLength={200}
            value={passphrase}
            disabled={making.isPending}
            data-fault={faults.passphrase !== undefined}
            error={checked && faults.passphrase ? text('invitation.tooWeak') : undefined}
            onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
          />
          <StrengthMeter passphrase={passphrase} />
        </div>
        <PasswordInput
          label={text('invitation.again')}
          required
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
          visibilityToggleFocusable
          maxLength={200}
          value={again}
          disabled={making.isPending}
          data-fault={faults.again !== undefined}
          error={
            (checked || (again !== '' && again.length >= passphrase.length)) && faults.again
              ? text('invitation.different')
              : undefined
          }
          onChange={({ currentTarget }) => setAgain(currentTarget.value)}
        />
        <Checkbox
          label={text('invitation.understood')}
          checked={understood}
          disabled={making.isPending}
          data-fault={faults.understood !== undefined}
          error={checked && faults.understood ? text('invitation.understoodMissing') : undefined}
          onChange={({ currentTarget }) => setUnderstood(currentTarget.checked)}
        />
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconShieldLock size={20} aria-hidden style={{ flex: 'none' }} />
          <Text size="sm" c="dimmed">
            {text('invitation.stays')}
          </Text>
        </Group>
        {taken ? null : <Failure error={making.error} kept={hand.current !== undefined} />}
        <Tooltip label={text('invitation.acceptTooltip')}>
          <Button type="submit" size="md" loading={making.isPending} leftSection={<IconLock size={20} aria-hidden />}>
            {text('invitation.accept')}
          </Button>
        </Tooltip>
        <Text size="sm" c="dimmed" role="status" ta="center">
          {step ? text(`invitation.step.${step}`) : ''}
        </Text>
      </Stack>
    </form>
  )
}
