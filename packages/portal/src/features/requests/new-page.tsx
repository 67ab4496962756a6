import { Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { listOrganisations } from '@scel/contract/routes'
import { judgeRequest, type RequestFile } from '@scel/files/request'
import { IconSend } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { call, profilesQuery, useMe, useReachesWhole } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { BackLink, FormActions, RefusalNote, useServicesKnown } from '../../lib/parts/index.ts'
import { Note, Page, Section } from '../../ui/index.ts'
import { handIn } from './api.ts'
import { Judged } from './judged.tsx'
import { GroundFields, MachineFields } from './new-fields.tsx'
import { chosenOf, emptyRequest, faultsOf, hostIn, newRequestOf, offeredFor, rulesOf } from './new-model.ts'
import { RequestContents } from './request-contents.tsx'
import { RequestFileField } from './request-file.tsx'

/** A request that was made elsewhere: what it says is shown and judged first, and only what it does not say is asked. */
export function NewRequestPage(): ReactNode {
  const text = useText()
  const { person } = useMe()
  const [file, setFile] = useState<RequestFile>()
  const [form, setForm] = useState(() => emptyRequest(person.organisation?.id ?? ''))
  const [checked, setChecked] = useState(false)
  const frame = useRef<HTMLFormElement>(null)
  const known = useQuery(profilesQuery)
  const organisations = useQuery({
    queryKey: ['organisation', 'choices'],
    queryFn: ({ signal }) => call(listOrganisations, { query: { size: 200 } }, signal),
  })
  const profiles = offeredFor(known.data ?? [])
  const profile = profiles.find(({ name }) => name === form.profile) ?? profiles[0]
  const shown = { ...form, profile: profile?.name ?? '', choices: chosenOf(profile?.offers, form.choices) }
  const organisation = organisations.data?.items.find(({ id }) => id === form.organisation)
  const host = file && hostIn(file)
  const findings = file && profile ? judgeRequest(file, rulesOf(profile, organisation)) : []
  const refused = findings.some(({ level }) => level === 'refused')
  const part = !useReachesWhole('ask_by_file', form.organisation)
  const faults = faultsOf(shown, host, part, useServicesKnown(form.organisation))
  const sending = useSending()

  const fields = {
    form: shown,
    faults: checked ? faults : {},
    onChange: (change: Partial<typeof form>) => {
      setForm((before) => ({ ...before, ...change }))
      sending.reset()
    },
  }
  return (
    <Page
      title={text('newRequest.title')}
      lead={text('newRequest.lead')}
      above={<BackLink to="/requests">{text('request.toList')}</BackLink>}
    >
      <form
        ref={frame}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setChecked(true)
          const [first] = Object.keys(faults)
          if (first !== undefined)
            frame.current?.querySelector<HTMLElement>(`[data-field="${first}"] :is(input, select)`)?.focus()
          else if (file && !refused) sending.mutate(newRequestOf(shown, file, host))
        }}
      >
        <Stack gap="lg" maw="44rem">
          <Section title={text('newRequest.file')}>
            <RequestFileField
              onRead={(read) => {
                setFile(read)
                sending.reset()
              }}
            />
          </Section>
          {file ? (
            <>
              <Section title={text('newRequest.says')}>
                <Text size="sm" c="dimmed" mb="md">
                  {text('newRequest.saysText')}
                </Text>
                <RequestContents file={file} />
              </Section>
              <Section title={text('newRequest.ground')}>
                <GroundFields {...fields} profiles={profiles} part={part} />
              </Section>
              <Section title={text('newRequest.judged')}>
                <Judged findings={findings} />
              </Section>
              <Section title={text('newRequest.asked')}>
                <MachineFields {...fields} host={host} />
              </Section>
              {refused ? (
                <Note tone="bad" {...(checked ? { role: 'alert' as const } : {})} title={text('newRequest.refused')}>
                  {text('newRequest.refusedText')}
                </Note>
              ) : null}
              <RefusalNote error={sending.error ?? known.error ?? organisations.error} />
              <FormActions
                needs="ask_by_file"
                back="/requests"
                tooltip={text('newRequest.sendTooltip')}
                icon={<IconSend size={18} aria-hidden />}
                loading={sending.isPending}
              >
                {text('newRequest.send')}
              </FormActions>
            </>
          ) : null}
        </Stack>
      </form>
    </Page>
  )
}

/** Sends it, and goes to where it waits. */
function useSending() {
  const text = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: handIn,
    onSuccess: async ({ request, replaced }) => {
      const said = text('newRequest.sent', { number: request.number })
      const also = replaced.length > 0 ? ` ${text('newRequest.replaced', { numbers: replaced.join(', ') })}` : ''
      notifications.show({ message: `${said}${also}`, color: 'petrol' })
      await queries.invalidateQueries({ queryKey: ['request'] })
      await navigate({ to: '/requests/$number', params: { number: String(request.number) } })
    },
  })
}
