import { Checkbox, Group, NativeSelect, Radio, Stack, Switch, TextInput } from '@mantine/core'
import { KEY_CHOICES, type KeyChoice, type Profile, type StoreType } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useText, useTitle } from '../../lib/languages/index.ts'
import { OrganisationSelect, ServiceSelect } from '../../lib/parts/index.ts'
import { Note, Section } from '../../ui/index.ts'
import type { KitFaults, KitForm } from './model.ts'

interface KitFieldsProps {
  readonly form: KitForm
  /** Those that it may be for. */
  readonly profiles: readonly Profile[]
  readonly faults: KitFaults
  readonly onChange: (change: Partial<KitForm>) => void
}

const STORES: readonly StoreType[] = ['machine', 'user']

/** What a kit lays down, in four groups. */
export function KitFields({ form, profiles, faults, onChange }: KitFieldsProps): ReactNode {
  const text = useText()
  const title = useTitle()
  const profile = profiles.find(({ name }) => name === form.profile)
  return (
    <>
      <Section title={text('kit.who')}>
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
            onChange={(service) => onChange({ service })}
            error={faults.service}
          />
          <TextInput
            wrapperProps={{ 'data-field': 'name' }}
            label={text('kit.name')}
            description={text('kit.nameHelp')}
            required
            maxLength={100}
            autoComplete="off"
            value={form.name}
            error={faults.name ? text('kit.nameWrong') : undefined}
            onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
          />
        </Stack>
      </Section>
      <Section title={text('kit.what')}>
        <Stack gap="lg">
          <Radio.Group
            data-field="profile"
            label={text('kits.profile')}
            value={form.profile}
            error={faults.profile ? text('kit.profileMissing') : undefined}
            onChange={(name) => onChange({ profile: name })}
          >
            <Stack gap="sm" mt={6}>
              {profiles.map((one) => (
                <Radio key={one.name} value={one.name} label={title(one.title)} description={title(one.description)} />
              ))}
            </Stack>
          </Radio.Group>
          <Radio.Group
            label={text('kit.store')}
            value={form.store}
            onChange={(store) => onChange({ store: store as StoreType })}
          >
            <Stack gap="sm" mt={6}>
              {STORES.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={text(`store.${value}`)}
                  description={text(`store.${value}Explained`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      </Section>
      <Section title={text('kits.keys')}>
        <Stack gap="md">
          <Checkbox.Group
            data-field="keys"
            label={text('kit.keys')}
            required
            value={[...form.keys]}
            error={faults.keys ? text('kit.keysMissing') : undefined}
            onChange={(keys) => onChange({ keys: keys as KeyChoice[] })}
          >
            <Group gap="md" mt={6}>
              {KEY_CHOICES.filter((choice) => profile?.keys.includes(choice) ?? true).map((value) => (
                <Checkbox key={value} value={value} label={text(`key.${value}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <NativeSelect
            label={text('kit.proposed')}
            description={text('kit.proposedHelp')}
            value={form.proposedKey}
            maw="18rem"
            onChange={({ currentTarget }) => onChange({ proposedKey: currentTarget.value as KeyChoice })}
            data={form.keys.map((value) => ({ value, label: text(`key.${value}`) }))}
          />
        </Stack>
      </Section>
      <Section title={text('kit.limits')}>
        <Stack gap="md">
          <Group gap="md" align="flex-start" grow preventGrowOverflow={false}>
            <TextInput
              wrapperProps={{ 'data-field': 'uses' }}
              label={text('kit.uses')}
              description={text('kit.usesHelp')}
              required
              inputMode="numeric"
              value={form.uses}
              error={faults.uses ? text('kit.usesWrong') : undefined}
              onChange={({ currentTarget }) => onChange({ uses: currentTarget.value })}
            />
            <TextInput
              wrapperProps={{ 'data-field': 'validityDays' }}
              label={text('kit.days')}
              description={text('kit.daysHelp')}
              required
              inputMode="numeric"
              value={form.validityDays}
              error={faults.validityDays ? text('kit.daysWrong') : undefined}
              onChange={({ currentTarget }) => onChange({ validityDays: currentTarget.value })}
            />
          </Group>
          {profile?.standingApproval ? (
            <Switch
              label={text('kit.standing')}
              description={text('kit.standingHelp')}
              checked={form.standingApproval}
              onChange={({ currentTarget }) => onChange({ standingApproval: currentTarget.checked })}
            />
          ) : null}
          {form.standingApproval ? (
            <Note tone="notice" title={text('kit.bearerTitle')}>
              {text('kits.bearer')}
            </Note>
          ) : null}
        </Stack>
      </Section>
    </>
  )
}
