import { Button, Group, Modal, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Person } from '@scel/contract/values'
import { IconKey, IconLink, IconUserOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Confirm, CredentialList } from '../../lib/parts/index.ts'
import classes from './actions.module.css'
import { disable, type Invited, renew } from './api.ts'
import { OneTimeLink } from './one-time-link.tsx'

/** What an administrator may do to a person: a new link, and taking the access away (not one's own). */
export function PersonActions({ person, self }: { person: Person; self: boolean }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [question, ask] = useState<'renew' | 'disable'>()
  const [invited, setInvited] = useState<Invited>()
  const [shown, setShown] = useState(false)
  const { id, name, state } = person
  const renewing = useMutation({
    mutationFn: () => renew(id),
    onSuccess: async (made) => {
      ask(undefined)
      setInvited(made)
      await queries.invalidateQueries({ queryKey: ['person'] })
    },
  })
  const disabling = useMutation({
    mutationFn: () => disable(id),
    onSuccess: async () => {
      ask(undefined)
      notifications.show({ message: text('people.disabled', { name }), color: 'petrol' })
      await queries.invalidateQueries({ queryKey: ['person'] })
    },
  })
  const close = () => {
    ask(undefined)
    renewing.reset()
    disabling.reset()
  }
  // What a link, or a second disabling, would be refused for: the desk keeps a disabled account disabled.
  if (state === 'disabled') return null
  return (
    <>
      <Group gap={4} className={classes.actions} role="group" aria-label={text('people.actionsFor', { name })}>
        <Tooltip label={text('people.renewTooltip')}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconLink size={16} aria-hidden />}
            onClick={() => ask('renew')}
          >
            {text('people.renew')}
          </Button>
        </Tooltip>
        <Tooltip label={text('people.credentialsTooltip')}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconKey size={16} aria-hidden />}
            onClick={() => setShown(true)}
          >
            {text('people.credentials')}
          </Button>
        </Tooltip>
        {self ? null : (
          <Tooltip label={text('people.disableTooltip')}>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              leftSection={<IconUserOff size={16} aria-hidden />}
              onClick={() => ask('disable')}
            >
              {text('people.disable')}
            </Button>
          </Tooltip>
        )}
      </Group>
      <Confirm
        needs="invite_people"
        opened={question === 'renew'}
        title={text('people.renewTitle', { name })}
        text={text('people.renewText')}
        confirm={text('people.renewConfirm')}
        tooltip={text('people.renewTooltip')}
        busy={renewing.isPending}
        error={renewing.error}
        onConfirm={() => renewing.mutate()}
        onClose={close}
      />
      <Confirm
        needs="disable_people"
        opened={question === 'disable'}
        title={text('people.disableTitle', { name })}
        text={text('people.disableText')}
        confirm={text('people.disableConfirm')}
        tooltip={text('people.disableTooltip')}
        danger
        busy={disabling.isPending}
        error={disabling.error}
        onConfirm={() => disabling.mutate()}
        onClose={close}
      />
      <Modal
        opened={shown}
        onClose={() => setShown(false)}
        size="xl"
        title={text('people.credentialsTitle', { name })}
        closeButtonProps={{ 'aria-label': text('do.close'), title: text('do.close') }}
      >
        {shown ? <CredentialList person={id} ends /> : null}
      </Modal>
      {/* The link is shown once: a click beside it must not lose it. */}
      <Modal
        opened={invited !== undefined}
        onClose={() => setInvited(undefined)}
        title={text('person.linkTitle', { name })}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': text('do.close'), title: text('do.close') }}
      >
        {invited ? (
          <>
            <OneTimeLink invitation={invited.invitation} />
            <Group justify="flex-end" mt="md">
              <Tooltip label={text('person.linkDoneTooltip')}>
                <Button onClick={() => setInvited(undefined)}>{text('person.linkDone')}</Button>
              </Tooltip>
            </Group>
          </>
        ) : null}
      </Modal>
    </>
  )
}
