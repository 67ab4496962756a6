import { Stack } from '@mantine/core'
import { IconPackage } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { profilesQuery } from '../../lib/desk/index.ts'
import { saveFile } from '../../lib/files/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { BackLink, FormActions, RefusalNote, useServicesKnown } from '../../lib/parts/index.ts'
import { Page } from '../../ui/index.ts'
import { type BuiltKit, build } from './api.ts'
import { Built } from './built.tsx'
import { KitFields } from './kit-fields.tsx'
import { emptyKit, faultsOf, kitOf, offeredFor, shownKit } from './model.ts'

const route = getRouteApi('/shell/kits/new')

export const saveKit = ({ file, fileName }: BuiltKit): void =>
  saveFile(fileName, `${JSON.stringify(file, undefined, 2)}\n`, 'application/json')

export function NewKitPage(): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const { organisation = '' } = route.useSearch()
  const [chosen, setChosen] = useState(() => emptyKit(organisation))
  const known = useQuery(profilesQuery)
  const profiles = offeredFor(known.data ?? [])
  const form = shownKit(chosen, profiles)
  const [checked, setChecked] = useState(false)
  const frame = useRef<HTMLFormElement>(null)
  const faults = faultsOf(form, useServicesKnown(form.organisation))
  const building = useMutation({
    mutationFn: () => build(kitOf(form)),
    onSuccess: async (built) => {
      saveKit(built)
      await queries.invalidateQueries({ queryKey: ['kit'] })
    },
  })
  const back = <BackLink to="/kits">{text('kit.toList')}</BackLink>

  if (building.data) {
    return (
      <Page title={text('kit.readyTitle', { name: building.data.kit.name })} above={back}>
        <Built built={building.data} onSave={saveKit} />
      </Page>
    )
  }
  return (
    <Page title={text('kit.newTitle')} lead={text('kit.newLead')} above={back}>
      <form
        ref={frame}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setChecked(true)
          const [first] = Object.keys(faults)
          if (first === undefined) building.mutate()
          else frame.current?.querySelector<HTMLElement>(`[data-field="${first}"] :is(input, select)`)?.focus()
        }}
      >
        <Stack gap="lg" maw="44rem">
          <KitFields
            form={form}
            profiles={profiles}
            faults={checked ? faults : {}}
            onChange={(change) => setChosen({ ...form, ...change })}
          />
          <RefusalNote error={building.error ?? known.error} />
          <FormActions
            needs="make_kits"
            back="/kits"
            tooltip={text('kit.buildTooltip')}
            icon={<IconPackage size={18} aria-hidden />}
            loading={building.isPending}
          >
            {text('kit.build')}
          </FormActions>
        </Stack>
      </form>
    </Page>
  )
}
