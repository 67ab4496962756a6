import { Group, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import type { Profile } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useText, useTitle } from '../../lib/languages/index.ts'
import { OrganisationSelect, ServiceSelect } from '../../lib/parts/index.ts'
import { ChoiceFields } from './choices.tsx'
import { ARCHITECTURES, type NewRequestFaults, type NewRequestForm } from './new-model.ts'

interface FieldsProps {
  readonly form: NewRequestForm
  readonly faults: NewRequestFaults
  readonly onChange: (change: Partial<NewRequestForm>) => void
}

/**
 * Whose it is to be, and by which profile: what it is judged by.
 * @param part whether one of the organisation's services is to be named
 */
export function GroundFields({
  form,
  faults,
  onChange,
  profiles,
  part,
}: FieldsProps & { profiles: readonly Profile[]; part: boolean }): ReactNode {
  const text = useText()
  const title = useTitle()
  return (
    <Stack gap="md">
      <div data-field="organisation">
        <OrganisationSelect
          as="field"
          value={form.organisation}
          onChange={(organisation) => onChange({ organisation, service: '' })}
          error={faults.organisation ? text('kit.organisationMissing') : undefined}
        />
      </div>
      <ServiceSelect
        as="field"
        organisation={form.organisation}
        value={form.service}
        required={part}
        onChange={(service) => onChange({ service })}
        error={faults.service ? text('serviceSelect.missing') : undefined}
      />
      <Radio.Group
        data-field="profile"
        label={text('requests.profile')}
        value={form.profile}
        error={faults.profile ? text('kit.profileMissing') : undefined}
        onChange={(profile) => onChange({ profile })}
      >
        <Stack gap="sm" mt={6}>
          {profiles.map((one) => (
            <Radio key={one.name} value={one.name} label={title(one.title)} description={title(one.description)} />
          ))}
        </Stack>
      </Radio.Group>
      <ChoiceFields
        offers={profiles.find(({ name }) => name === form.profile)?.offers}
        choices={form.choices}
        onChange={(choices) => onChange({ choices })}
      />
    </Stack>
  )
}

/** What the file does not say of its machine. @param host that it says, which is not asked again */
export function MachineFields({ form, faults, onChange, host }: FieldsProps & { host: string | undefined }): ReactNode {
  const text = useText()
  const field = (
    name: 'hostName' | 'macAddresses' | 'processorId' | 'operatingSystem' | 'operatingSystemVersion' | 'telephone',
  ) => ({
    wrapperProps: { 'data-field': name },
    value: form[name],
    autoComplete: 'off',
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => onChange({ [name]: currentTarget.value }),
  })
  return (
    <Stack gap="md">
      {host === undefined ? (
        <TextInput
          {...field('hostName')}
          label={text('newRequest.hostName')}
          required
          maxLength={253}
          error={faults.hostName ? text('newRequest.hostNameWrong') : undefined}
        />
      ) : null}
      <TextInput
        {...field('macAddresses')}
        label={text('request.mac')}
        description={text('newRequest.macHelp')}
        maxLength={400}
        error={faults.macAddresses ? text('newRequest.macWrong') : undefined}
      />
      <TextInput {...field('processorId')} label={text('request.processorId')} maxLength={200} />
      <Group gap="md" align="flex-start" grow preventGrowOverflow={false}>
        <TextInput {...field('operatingSystem')} label={text('request.system')} maxLength={200} />
        <TextInput {...field('operatingSystemVersion')} label={text('newRequest.version')} maxLength={200} />
        <NativeSelect
          label={text('request.architecture')}
          value={form.architecture}
          onChange={({ currentTarget }) =>
            onChange({ architecture: ARCHITECTURES.find((one) => one === currentTarget.value) ?? '' })
          }
          data={ARCHITECTURES.map((value) => ({ value, label: text(`newRequest.bits.${value || 'unknown'}`) }))}
        />
      </Group>
      <TextInput
        {...field('telephone')}
        label={text('request.telephone')}
        maxLength={40}
        inputMode="tel"
        error={faults.telephone ? text('newRequest.telephoneWrong') : undefined}
      />
      <Textarea
        label={text('request.description')}
        description={text('newRequest.descriptionHelp')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        value={form.description}
        onChange={({ currentTarget }) => onChange({ description: currentTarget.value })}
      />
    </Stack>
  )
}
