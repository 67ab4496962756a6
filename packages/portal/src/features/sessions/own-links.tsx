import { Button, CopyButton, Group, Modal, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconCopy, IconDeviceLaptop, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useDates, useText } from '../../lib/languages/index.ts'
import { Confirm } from '../../lib/parts/index.ts'
import { Note } from '../../ui/index.ts'
import { addComputer, makeLink } from './api.ts'

type OwnLink = Awaited<ReturnType<typeof makeLink>>

/** Two links for oneself: one that adds a computer, one to look on another device. */
export function OwnLinks(): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [adding, { open: askAdd, close: closeAdd }] = useDisclosure(false)
  const [looking, { open: askLook, close: closeLook }] = useDisclosure(false)
  const [name, setName] = useState('')
  const [made, setMade] = useState<{ readonly what: 'device' | 'look'; readonly link: OwnLink }>()
  const again = () => queries.invalidateQueries({ queryKey: ['session'] })
  const device = useMutation({
    mutationFn: () => addComputer(name.trim()),
    onSuccess: async (link) => {
      closeAdd()
      setMade({ what: 'device', link })
      await again()
    },
  })
  const look = useMutation({
    mutationFn: makeLink,
    onSuccess: async (link) => {
      closeLook()
      setMade({ what: 'look', link })
      await again()
    },
  })
  return (
    <>
      <Group gap="xs">
        <Tooltip label={text('credentials.lookTooltip')}>
          <Button variant="default" leftSection={<IconDeviceMobile size={18} aria-hidden />} onClick={askLook}>
            {text('credentials.look')}
          </Button>
        </Tooltip>
        <Tooltip label={text('credentials.addTooltip')}>
          <Button leftSection={<IconDeviceLaptop size={18} aria-hidden />} onClick={askAdd}>
            {text('credentials.add')}
          </Button>
        </Tooltip>
      </Group>
      <Confirm
        needs="keep_credentials"
        opened={adding}
        title={text('credentials.addTitle')}
        text={text('credentials.addText')}
        confirm={text('credentials.addConfirm')}
        tooltip={text('credentials.addTooltip')}
        busy={device.isPending}
        error={device.error}
        onConfirm={() => {
          if (name.trim()) device.mutate()
        }}
        onClose={() => {
          closeAdd()
          device.reset()
        }}
      >
        <TextInput
          label={text('credentials.addName')}
          description={text('credentials.addNameHelp')}
          required
          maxLength={60}
          value={name}
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
      </Confirm>
      <Confirm
        needs="keep_credentials"
        opened={looking}
        title={text('credentials.lookTitle')}
        text={text('credentials.lookText')}
        confirm={text('credentials.lookConfirm')}
        tooltip={text('credentials.lookTooltip')}
        busy={look.isPending}
        error={look.error}
        onConfirm={() => look.mutate()}
        onClose={() => {
          closeLook()
          look.reset()
        }}
      />
      {/* The link is shown once: a click beside it must not lose it. */}
      <Modal
        opened={made !== undefined}
        onClose={() => setMade(undefined)}
        title={text(made?.what === 'look' ? 'credentials.lookTitle' : 'credentials.addTitle')}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': text('do.close'), title: text('do.close') }}
      >
        {made ? <Shown {...made} /> : null}
      </Modal>
    </>
  )
}

function Shown({ what, link }: { what: 'device' | 'look'; link: OwnLink }): ReactNode {
  const text = useText()
  const dates = useDates()
  return (
    <Stack gap="sm">
      {link.awaiting ? <Note tone="notice">{text('second.linkWaits')}</Note> : null}
      <Text size="sm">{text(what === 'look' ? 'credentials.lookCarry' : 'credentials.addCarry')}</Text>
      <TextInput
        label={text('credentials.link')}
        value={link.link}
        readOnly
        onFocus={({ currentTarget }) => currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      />
      <CopyButton value={link.link} timeout={4000}>
        {({ copied, copy }) => (
          <Tooltip label={text('credentials.copyTooltip')}>
            <Button
              variant="light"
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            >
              <span aria-live="polite">{text(copied ? 'do.copied' : 'credentials.copy')}</span>
            </Button>
          </Tooltip>
        )}
      </CopyButton>
      <Text size="sm" c="dimmed">
        {link.awaiting ? text('second.linkLife') : text('person.linkUntil', { at: dates.moment(link.expiresAt) })}
      </Text>
    </Stack>
  )
}
