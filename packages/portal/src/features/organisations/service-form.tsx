import { Button, Group, Stack, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Service } from '@scel/contract/values'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { isRefusal, useIsTooWeakFor } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { RefusalNote, TooWeak } from '../../lib/parts/index.ts'

interface ServiceFormProps {
  readonly organisation: string
  /** What it is called now; of a new one, nothing. */
  readonly name?: string
  readonly save: (name: string) => Promise<Service>
  readonly saved: (name: string) => string
  readonly onDone: () => void
}

/** The button that opened the form is gone: what it opened has the focus. */
const takeFocus = (field: HTMLInputElement | null): void => field?.focus()

/** What a service is called, new or anew. */
export function ServiceForm({ organisation, name = '', save, saved, onDone }: ServiceFormProps): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const weak = useIsTooWeakFor('keep_services')
  const [typed, type] = useState(name)
  const [checked, setChecked] = useState(false)
  const wanted = typed.trim()
  const wrong = wanted.length < 1 || wanted.length > 64
  const saving = useMutation({
    mutationFn: () => save(wanted),
    onSuccess: async (service) => {
      notifications.show({ message: saved(service.name), color: 'petrol' })
      onDone()
      await queries.invalidateQueries({ queryKey: ['organisation', 'services', organisation] })
    },
  })
  const refused = isRefusal(saving.error) ? saving.error : undefined
  const taken = refused?.code === 'service_name_taken' ? refused.message : undefined
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setChecked(true)
        if (!wrong) saving.mutate()
      }}
    >
      <Stack gap="md">
        <TextInput
          name="service"
          label={text('services.name')}
          description={text('services.nameHelp')}
          required
          maxLength={64}
          autoComplete="off"
          value={typed}
          error={checked && wrong ? text('services.nameWrong') : taken}
          onChange={({ currentTarget }) => {
            type(currentTarget.value)
            saving.reset()
          }}
          ref={takeFocus}
        />
        <TooWeak needs="keep_services" />
        {taken ? null : <RefusalNote error={saving.error} />}
        <Group justify="flex-end" gap="xs">
          <Tooltip label={text('do.cancelTooltip')}>
            <Button variant="default" onClick={onDone}>
              {text('do.cancel')}
            </Button>
          </Tooltip>
          <Tooltip label={text(name ? 'services.renameTooltip' : 'services.newTooltip')}>
            <Button
              type="submit"
              loading={saving.isPending}
              disabled={weak}
              leftSection={<IconCheck size={18} aria-hidden />}
            >
              {text(name ? 'services.renameDo' : 'services.add')}
            </Button>
          </Tooltip>
        </Group>
      </Stack>
    </form>
  )
}
