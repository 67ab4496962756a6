import { Button, Group, Stack, Text, Textarea, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Organisation } from '@scel/contract/values'
import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useIsTooWeakFor, useMay } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { PageLink, RefusalNote, TooWeak } from '../../lib/parts/index.ts'
import { Note, Section } from '../../ui/index.ts'
import { organisationQuery, setNames } from './api.ts'
import { suffixesOf } from './model.ts'
import classes from './names.module.css'

/** The names that the servers of an organisation may have: read by everybody who sees it, given by administrators. */
export function Names({ organisation }: { organisation: Organisation }): ReactNode {
  const text = useText()
  const [editing, edit] = useState(false)
  const { nameSuffixes, nameOverlaps = [] } = organisation
  const may = useMay('set_organisation_names')
  const change = (
    <Tooltip label={text('organisation.namesEditTooltip')}>
      <Button variant="default" size="xs" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => edit(true)}>
        {text('organisation.namesEdit')}
      </Button>
    </Tooltip>
  )
  return (
    <Section title={text('organisation.names')} aside={may && !editing ? change : null}>
      <Stack gap="md">
        {editing ? (
          <NamesForm organisation={organisation} onDone={() => edit(false)} />
        ) : nameSuffixes.length > 0 ? (
          <>
            <ul className={classes.names}>
              {nameSuffixes.map((suffix) => (
                <li key={suffix}>{suffix}</li>
              ))}
            </ul>
            <Text size="sm" c="dimmed">
              {text('organisation.namesLead')}
            </Text>
          </>
        ) : (
          <Text size="sm">{text(may ? 'organisation.namesNone' : 'organisation.namesNoneReader')}</Text>
        )}
        {nameOverlaps.length > 0 ? (
          <Note tone="notice" title={text('organisation.overlaps')}>
            <ul className={classes.overlaps}>
              {nameOverlaps.map(({ suffix, organisation: { id, name } }) => (
                <li key={`${id} ${suffix}`}>
                  <span className={classes.suffix}>{suffix}</span>{' '}
                  <PageLink to="/organisations/$id" params={{ id }} size="sm">
                    {name}
                  </PageLink>
                </li>
              ))}
            </ul>
          </Note>
        ) : null}
      </Stack>
    </Section>
  )
}

/** The button that opened the form is gone: what it opened has the focus. */
const takeFocus = (field: HTMLTextAreaElement | null): void => field?.focus()

function NamesForm({ organisation, onDone }: { organisation: Organisation; onDone: () => void }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const weak = useIsTooWeakFor('set_organisation_names')
  const [typed, type] = useState(organisation.nameSuffixes.join('\n'))
  const saving = useMutation({
    mutationFn: () => setNames(organisation.id, suffixesOf(typed)),
    onSuccess: async (saved) => {
      queries.setQueryData(organisationQuery(organisation.id).queryKey, saved)
      notifications.show({ message: text('organisation.namesSaved'), color: 'petrol' })
      onDone()
      await queries.invalidateQueries({ queryKey: ['organisation'] })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack gap="md">
        <Textarea
          aria-label={text('organisation.names')}
          description={text('organisation.namesHelp')}
          value={typed}
          onChange={({ currentTarget }) => {
            type(currentTarget.value)
            saving.reset()
          }}
          autosize
          minRows={3}
          maxRows={12}
          autoComplete="off"
          spellCheck={false}
          ref={takeFocus}
          classNames={{ input: classes.typed }}
        />
        <TooWeak needs="set_organisation_names" />
        <RefusalNote error={saving.error} />
        <Group justify="flex-end" gap="xs">
          <Tooltip label={text('do.cancelTooltip')}>
            <Button variant="default" onClick={onDone}>
              {text('do.cancel')}
            </Button>
          </Tooltip>
          <Tooltip label={text('organisation.namesSaveTooltip')}>
            <Button
              type="submit"
              loading={saving.isPending}
              disabled={weak}
              leftSection={<IconCheck size={18} aria-hidden />}
            >
              {text('organisation.namesSave')}
            </Button>
          </Tooltip>
        </Group>
      </Stack>
    </form>
  )
}
