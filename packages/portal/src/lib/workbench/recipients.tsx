import { Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCertificate, IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Tag } from '../../ui/index.ts'
import { useReach } from '../desk/index.ts'
import { useDates, useText } from '../languages/index.ts'
import { RefusalNote } from '../parts/index.ts'
import { directoryQuery } from './api.ts'
import { Choose } from './choose.tsx'
import { Lines } from './lines.tsx'
import { FailureNote } from './said.tsx'
import type { Recipient, Recipients } from './use-recipients.ts'

/** Who can open it: from the directory, or by certificate files. */
export function RecipientFields({ of: recipients, disabled }: { of: Recipients; disabled: boolean }): ReactNode {
  const text = useText()
  const dates = useDates()
  const findsOthers = useReach('read_recipients') !== 'own'
  const about = (cards: Recipient['cards']): string =>
    cards.length === 1
      ? text('certificate.until2', { date: dates.date(cards[0]!.notAfter) })
      : text('files.certificates', { count: cards.length })
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600} size="sm">
          {text('files.recipients')}
        </Text>
        <Text size="xs" c="dimmed">
          {text('files.recipientsHelp')}
        </Text>
      </div>
      {recipients.all.length > 0 ? (
        <Lines
          label={text('files.recipients')}
          lines={recipients.all.map(({ key, name, cards, from }) => ({
            key,
            name,
            about: [...saidBy(cards), about(cards)].join(' · '),
            tag: <Tag tone="neutral">{text(from === 'directory' ? 'files.fromDirectory' : 'files.fromFile')}</Tag>,
            action: {
              label: text('files.removeRecipient', { name }),
              icon: <IconX size={18} aria-hidden />,
              disabled,
              onClick: () => recipients.remove(key),
            },
          }))}
        />
      ) : null}
      {findsOthers ? <DirectorySearch of={recipients} disabled={disabled} /> : null}
      <FailureNote error={recipients.error} />
      <Choose
        label={text('files.addCertificate')}
        tooltip={text('files.addCertificateTooltip')}
        icon={<IconCertificate size={16} aria-hidden />}
        size="xs"
        accept=".cer,.crt,.pem,.der,.p7b,.p7c"
        disabled={disabled}
        onFiles={(files) => void recipients.addFiles(files)}
      />
    </Stack>
  )
}

/** What a certificate says of itself beside its name. */
const saidBy = ([card]: Recipient['cards']): readonly string[] =>
  card === undefined ? [] : card.emails.length > 0 ? card.emails : [card.subject]

function DirectorySearch({ of: recipients, disabled }: { of: Recipients; disabled: boolean }): ReactNode {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const { data, error, isFetching } = useQuery(directoryQuery(search))
  const found = search.length < 2 ? undefined : data
  return (
    <Stack gap="xs">
      <TextInput
        type="search"
        label={text('files.search')}
        placeholder={text('files.searchPlaceholder')}
        maxLength={100}
        leftSection={<IconSearch size={16} aria-hidden />}
        disabled={disabled}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <RefusalNote error={error} />
      {found && found.length > 0 ? (
        <Lines
          label={text('files.found')}
          lines={found.map((one) => ({
            key: one.key,
            name: one.name,
            about: [...one.addresses, ...one.organisations].join(' · '),
            action: {
              label: text('files.add', { name: one.name }),
              tooltip: text('files.addTooltip'),
              icon: <IconPlus size={18} aria-hidden />,
              disabled: disabled || recipients.all.some(({ key }) => key === one.key),
              onClick: () => void recipients.addListed(one),
            },
          }))}
        />
      ) : null}
      <Text size="sm" c="dimmed" role="status">
        {found?.length === 0 && !isFetching ? text('files.noneFound') : ''}
      </Text>
    </Stack>
  )
}
