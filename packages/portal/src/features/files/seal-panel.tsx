import { Checkbox, Stack } from '@mantine/core'
import { bundleName, sealedName } from '@scel/files/names'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useMe } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import {
  CMS_TYPE,
  derOf,
  KeyBox,
  ownQuery,
  RecipientFields,
  type SealFor,
  Start,
  sizeOf,
  targetFor,
  trustOfDesk,
  WorkFailure,
} from '../../lib/workbench/index.ts'
import type { Table } from './table.ts'

/** Seals what was chosen for those who were chosen. */
export function SealPanel({ workshop, files, ownKey: key, recipients, job, busy }: Table): ReactNode {
  const text = useText()
  const { items } = files
  const [myself, setMyself] = useState(true)
  const [mixed, setMixed] = useState(false)
  const own = useOwn(key)
  const listed = recipients.all.some(({ fingerprint }) => fingerprint === own?.fingerprint)
  const chosen: SealFor[] = [...recipients.all, ...(myself && own && !listed ? [own.certificate] : [])]
  const mixing = mixed || (job.error instanceof WorkFailure && job.error.failed.code === 'recipients_mixed')
  const missing = items.length === 0 ? 'files.needFiles' : chosen.length === 0 ? 'files.needRecipients' : undefined

  const start = async () => {
    const total = sizeOf(items)
    const target = await targetFor(sealedName(bundleName(items, text('files.bundle'))), CMS_TYPE, total)
    if (!workshop || !target) return
    await job.run(total, async (listening) => {
      const named = chosen.some(({ from }) => from === 'directory')
      const trust = named ? await trustOfDesk() : { anchors: [], intermediates: [], crls: [] }
      const order = { items, recipients: chosen.map(({ der, from }) => ({ der, from })), trust, mixed, target }
      return { is: 'sealed', kept: await workshop.ask('seal', order, listening) }
    })
  }

  return (
    <Stack gap="lg">
      <RecipientFields of={recipients} disabled={busy} />
      <Checkbox
        label={text('files.myself')}
        description={own ? text('files.myselfHelp', { name: own.name }) : text('files.myselfNone')}
        checked={myself && own !== undefined}
        disabled={busy || own === undefined}
        onChange={({ currentTarget }) => setMyself(currentTarget.checked)}
      />
      {key.file ? <KeyBox of={key} disabled={busy} /> : null}
      {mixing ? (
        <Checkbox
          label={text('files.mixed')}
          description={text('files.mixedHelp')}
          checked={mixed}
          disabled={busy}
          onChange={({ currentTarget }) => setMixed(currentTarget.checked)}
        />
      ) : null}
      <Start
        label={text('files.seal')}
        tooltip={text('files.sealTooltip')}
        icon={<IconLock size={20} aria-hidden />}
        disabled={busy}
        missing={missing && text(missing)}
        onStart={() => void start()}
      />
    </Stack>
  )
}

interface Own {
  readonly name: string
  readonly fingerprint: string
  readonly certificate: SealFor
}

/** The person's own certificate: that of the directory, which can be sealed for, or else that of an unlocked key that receives. */
function useOwn(key: Table['ownKey']): Own | undefined {
  const { person } = useMe()
  const { data } = useQuery(ownQuery(person.email))
  if (data) {
    const { pem, fingerprint } = data.certificate
    return { name: data.name, fingerprint, certificate: { der: derOf(pem), from: 'directory' } }
  }
  const holder = key.holders.find(({ receives }) => receives)
  if (!holder) return undefined
  const { name, fingerprint, der } = holder
  return { name, fingerprint, certificate: { der, from: 'person' } }
}
