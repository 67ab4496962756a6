import { Box, Button, Group, Stack, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Person } from '@scel/contract/values'
import { IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useIsTooWeakFor } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { RefusalNote, roleWords, TooWeak, useServicesKnown } from '../../lib/parts/index.ts'
import { give } from './api.ts'
import { type GrantForm, grantFaultsOf, grantOf } from './model.ts'
import { RoleFields } from './role-fields.tsx'

const EMPTY: GrantForm = { role: 'manager', organisation: '', service: '', until: '' }

/** One more role for somebody: what, where, and until when. */
export function GiveGrant({ person }: { person: Person }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const weak = useIsTooWeakFor('give_grants')
  const [form, setForm] = useState(EMPTY)
  const [checked, setChecked] = useState(false)
  const faults = grantFaultsOf(form, useServicesKnown(form.organisation))
  const giving = useMutation({
    mutationFn: () => give(person.id, grantOf(form)),
    onSuccess: async ({ grants }) => {
      const given = grants.find((one) => person.grants.every(({ id }) => id !== one.id))
      const words = { name: person.name, role: given ? roleWords(text, given) : '' }
      notifications.show({
        message: text(given?.awaiting ? 'person.roleAsked' : 'person.roleGiven', words),
        color: 'petrol',
      })
      setForm(EMPTY)
      setChecked(false)
      await queries.invalidateQueries({ queryKey: ['person'] })
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setChecked(true)
        if (Object.keys(faults).length === 0) giving.mutate()
      }}
    >
      <Stack gap="md" maw="32rem">
        <RoleFields
          form={form}
          faults={checked ? faults : {}}
          onChange={(change) => {
            setForm((before) => ({ ...before, ...change }))
            giving.reset()
          }}
        />
        <TooWeak needs="give_grants" />
        <RefusalNote error={giving.error} />
        <Box>
          <Group>
            <Tooltip label={text('person.giveTooltip')}>
              <Button
                type="submit"
                loading={giving.isPending}
                disabled={weak}
                leftSection={<IconUserPlus size={18} aria-hidden />}
              >
                {text('person.giveDo')}
              </Button>
            </Tooltip>
          </Group>
        </Box>
      </Stack>
    </form>
  )
}
