import { Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Grant, Person } from '@scel/contract/values'
import { IconUserMinus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { told, useDates, useText } from '../../lib/languages/index.ts'
import { Confirm, roleWords, SecondAdministrator } from '../../lib/parts/index.ts'
import { confirmRole, endRole, refuseRole } from './api.ts'
import classes from './grants.module.css'

/** What a person is, where and until when, and who said so; each may be taken away by who may. */
export function Grants({ person, ends }: { person: Person; ends: boolean }): ReactNode {
  const text = useText()
  if (person.grants.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text('person.rolesNone')}
      </Text>
    )
  }
  return (
    <Stack component="ul" gap={0} className={classes.list} aria-label={text('person.roles')}>
      {person.grants.map((grant) => (
        <li key={grant.id} className={classes.grant}>
          <One person={person} grant={grant} ends={ends} />
        </li>
      ))}
    </Stack>
  )
}

function One({ person, grant, ends }: { person: Person; grant: Grant; ends: boolean }): ReactNode {
  const text = useText()
  const dates = useDates()
  const { id, name } = person
  const { organisation, service, until, by, awaiting } = grant
  const answers = {
    confirm: (mark: string) => confirmRole(id, grant.id, mark),
    refuse: (mark: string) => refuseRole(id, grant.id, mark),
  }
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <div className={classes.what}>
        <Text size="sm" fw={600}>
          {text(`role.${grant.role}`)}
        </Text>
        <Text size="sm">
          {organisation ? `${organisation.code} · ${organisation.name}` : text('person.everywhere')}
        </Text>
        {service ? <Text size="sm">{text('service.called', { name: service.name })}</Text> : null}
        <Text size="xs" c="dimmed">
          {until
            ? text('person.roleSpan', { from: dates.date(grant.from), until: dates.moment(until), by })
            : text('person.roleSince', { from: dates.date(grant.from), by })}
        </Text>
        {awaiting ? <SecondAdministrator what="grant" name={name} awaiting={awaiting} {...answers} /> : null}
      </div>
      {/* Whoever may refuse it need not end it. */}
      {ends && !awaiting?.mayConfirm ? <End person={person} grant={grant} /> : null}
    </Group>
  )
}

function End({ person, grant }: { person: Person; grant: Grant }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [asked, ask] = useState(false)
  const words = { name: told(text, person.name), role: roleWords(text, grant) }
  const ending = useMutation({
    mutationFn: () => endRole(person.id, grant.id),
    onSuccess: async () => {
      ask(false)
      notifications.show({ message: text('person.roleEnded', words), color: 'petrol' })
      await Promise.all(['person', 'me'].map((kind) => queries.invalidateQueries({ queryKey: [kind] })))
    },
  })
  return (
    <>
      <Tooltip label={text('person.endTooltip')}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          leftSection={<IconUserMinus size={16} aria-hidden />}
          aria-label={text('person.endOf', words)}
          onClick={() => ask(true)}
        >
          {text('person.end')}
        </Button>
      </Tooltip>
      <Confirm
        needs="end_grants"
        opened={asked}
        title={text('person.endTitle', words)}
        text={text('person.endText', words)}
        confirm={text('person.end')}
        tooltip={text('person.endTooltip')}
        danger
        busy={ending.isPending}
        error={ending.error}
        onConfirm={() => ending.mutate()}
        onClose={() => {
          ask(false)
          ending.reset()
        }}
      />
    </>
  )
}
