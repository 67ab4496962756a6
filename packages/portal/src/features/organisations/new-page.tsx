import { Group, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { isRefusal } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { BackLink, FormActions, RefusalNote } from '../../lib/parts/index.ts'
import { Page } from '../../ui/index.ts'
import { create } from './api.ts'
import { faultsOf, judgeSiren, type OrganisationForm, organisationOf } from './model.ts'
import classes from './names.module.css'

const EMPTY: OrganisationForm = { code: '', name: '', country: 'FR', siren: '', names: '' }

export function NewOrganisationPage(): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [form, setForm] = useState(EMPTY)
  const [checked, setChecked] = useState(false)
  const frame = useRef<HTMLFormElement>(null)
  const faults = faultsOf(form)
  const creating = useMutation({
    mutationFn: () => create(organisationOf(form)),
    onSuccess: async ({ id, name }) => {
      notifications.show({ message: text('organisation.created', { name }), color: 'petrol' })
      await queries.invalidateQueries({ queryKey: ['organisation'] })
      await navigate({ to: '/organisations/$id', params: { id } })
    },
  })
  const refused = isRefusal(creating.error) ? creating.error : undefined
  const taken = refused?.code === 'organisation_code_taken' ? refused.message : undefined
  const siren = judgeSiren(form.siren)
  const field = (name: keyof OrganisationForm) => ({
    value: form[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      const { value } = currentTarget
      setForm((before) => ({ ...before, [name]: value }))
      if (name === 'code' || name === 'names') creating.reset()
    },
  })

  return (
    <Page
      title={text('organisation.newTitle')}
      lead={text('organisation.newLead')}
      above={<BackLink to="/organisations">{text('organisation.toList')}</BackLink>}
    >
      <Paper p="lg" maw="36rem">
        <form
          ref={frame}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setChecked(true)
            const [first] = Object.keys(faults)
            if (first === undefined) creating.mutate()
            else frame.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
          }}
        >
          <Stack gap="md">
            <TextInput
              {...field('code')}
              name="code"
              label={text('organisations.code')}
              description={text('organisation.codeHelp')}
              required
              maxLength={32}
              autoComplete="off"
              error={checked && faults.code ? text('organisation.codeWrong') : taken}
            />
            <TextInput
              {...field('name')}
              name="name"
              label={text('organisations.name')}
              description={text('organisation.nameHelp')}
              required
              maxLength={64}
              autoComplete="off"
              error={checked && faults.name ? text('organisation.nameWrong') : undefined}
            />
            <Group gap="md" align="flex-start" grow preventGrowOverflow={false}>
              <TextInput
                {...field('country')}
                name="country"
                label={text('organisations.country')}
                description={text('organisation.countryHelp')}
                required
                maxLength={2}
                autoComplete="off"
                styles={{ input: { textTransform: 'uppercase' } }}
                error={checked && faults.country ? text('organisation.countryWrong') : undefined}
              />
              <div>
                <TextInput
                  {...field('siren')}
                  name="siren"
                  label={text('organisations.siren')}
                  description={text('organisation.sirenHelp')}
                  maxLength={11}
                  inputMode="numeric"
                  autoComplete="off"
                  error={
                    siren === 'wrong'
                      ? text('organisation.sirenWrong')
                      : checked && siren === 'short'
                        ? text('organisation.sirenShort')
                        : undefined
                  }
                />
                <Text size="xs" mt={4} role="status" c="light-dark(#1a633a, #86d9a6)">
                  {siren === 'good' ? text('organisation.sirenGood') : ''}
                </Text>
              </div>
            </Group>
            <Textarea
              {...field('names')}
              name="names"
              label={text('organisation.names')}
              description={text('organisation.namesHelpNew')}
              autosize
              minRows={2}
              maxRows={12}
              autoComplete="off"
              spellCheck={false}
              classNames={{ input: classes.typed }}
            />
            {taken ? null : <RefusalNote error={creating.error} />}
            <FormActions
              needs="make_organisations"
              back="/organisations"
              tooltip={text('organisation.createTooltip')}
              icon={<IconCheck size={18} aria-hidden />}
              loading={creating.isPending}
            >
              {text('organisation.create')}
            </FormActions>
          </Stack>
        </form>
      </Paper>
    </Page>
  )
}
