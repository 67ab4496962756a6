import { Box, Button, Group, Paper, Stack, Tooltip } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { isRefusal } from '../../lib/desk/index.ts'
import { languageNow, useText } from '../../lib/languages/index.ts'
import { BackLink, ButtonLink, FormActions, RefusalNote, rolesWords, useServicesKnown } from '../../lib/parts/index.ts'
import { Note, Page } from '../../ui/index.ts'
import { invite } from './api.ts'
import { faultsOf, type PersonForm, personOf } from './model.ts'
import { OneTimeLink } from './one-time-link.tsx'
import { PersonFields } from './person-fields.tsx'

const route = getRouteApi('/shell/people/new')

export function NewPersonPage(): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const { organisation = '' } = route.useSearch()
  const empty: PersonForm = {
    ...{ name: '', email: '', role: 'manager', organisation, service: '', until: '' },
    language: languageNow(),
  }
  const [form, setForm] = useState(empty)
  const [checked, setChecked] = useState(false)
  const frame = useRef<HTMLFormElement>(null)
  const faults = faultsOf(form, useServicesKnown(form.organisation))
  const inviting = useMutation({
    mutationFn: () => invite(personOf(form)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['person'] }),
  })
  const back = <BackLink to="/people">{text('people.title')}</BackLink>

  if (inviting.data) {
    const { person, invitation } = inviting.data
    return (
      <Page title={text('person.linkTitle', { name: person.name })} above={back}>
        <Paper p="lg" maw="40rem">
          <Stack gap="md">
            <Note tone="good" role="status">
              {person.name} · {rolesWords(text, person.grants)}
            </Note>
            <OneTimeLink invitation={invitation} />
          </Stack>
          <Group mt="lg" gap="xs">
            <Tooltip label={text('person.linkDoneTooltip')}>
              <ButtonLink to="/people">{text('person.linkDone')}</ButtonLink>
            </Tooltip>
            <Tooltip label={text('person.anotherTooltip')}>
              <Button
                variant="default"
                onClick={() => {
                  setForm({ ...empty, organisation: form.organisation })
                  setChecked(false)
                  inviting.reset()
                }}
              >
                {text('person.another')}
              </Button>
            </Tooltip>
          </Group>
        </Paper>
      </Page>
    )
  }

  const taken =
    isRefusal(inviting.error) && inviting.error.code === 'person_email_taken' ? inviting.error.message : undefined
  return (
    <Page title={text('person.newTitle')} lead={text('person.newLead')} above={back}>
      <Paper p="lg" maw="36rem">
        <form
          ref={frame}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setChecked(true)
            const [first] = Object.keys(faults)
            if (first === undefined) inviting.mutate()
            else frame.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
          }}
        >
          <PersonFields
            form={form}
            onChange={(change) => {
              setForm((before) => ({ ...before, ...change }))
              if (change.email !== undefined) inviting.reset()
            }}
            faults={checked ? faults : {}}
            taken={taken}
          />
          {taken ? null : <RefusalNote error={inviting.error} />}
          <Box mt="lg">
            <FormActions
              needs="invite_people"
              back="/people"
              tooltip={text('person.inviteTooltip')}
              icon={<IconUserPlus size={18} aria-hidden />}
              loading={inviting.isPending}
            >
              {text('person.invite')}
            </FormActions>
          </Box>
        </form>
      </Paper>
    </Page>
  )
}
