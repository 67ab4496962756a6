import { Checkbox, Stack } from '@mantine/core'
import { bundleName, sealedName } from '@scel/files/names'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
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
  const added = recipients.all.map(({ cards, from }): SealFor => ({ ders: cards.map(({ der }) => der), from }))
  const chosen = myself && own ? [...added, own.to] : added
  const mixing = mixed || (job.error instanceof WorkFailure && job.error.failed.code === 'recipients_mixed')
  const missing = items.length === 0 ? 'files.needFiles' : chosen.length === 0 ? 'files.needRecipients' : undefined

  const start = async () => {
    const total = sizeOf(items)
    const target = await targetFor(sealedName(bundleName(items, text('files.bundle'))), CMS_TYPE, total)
    if (!workshop || !target) return
    await job.run(total, async (listening) => {
      const named = chosen.some(({ from }) => from === 'directory')
      const trust = named ? await trustOfDesk() : { anchors: [], intermediates: [], crls: [] }
      const order = { items, recipients: chosen, trust, mixed, target }
      return { is: 'sealed', kept: await workshop.ask('seal', order, listening) }
    })
  }

  return (
    <Stack gap="lg">
      <RecipientFields of={recipients} disabled={busy} />
      <Checkbox
        label={text('files.myself')}
        description={
          own ? text('files.myselfHelp', { name: own.name, count: own.to.ders.length }) : text('files.myselfNone')
        }
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
  readonly to: SealFor
}

/** The person's own certificates: those of the directory, which can be sealed for, or else that of an unlocked key that receives. */
function useOwn(key: Table['ownKey']): Own | undefined {
  const { data } = useQuery(ownQuery)
  if (data) {
    const ders = data.lines.map(({ certificate }) => derOf(certificate.pem))
    return { name: data.name, to: { ders, from: 'directory' } }
  }
  const holder = key.holders.find(({ receives }) => receives)
  if (!holder) return undefined
  const { name, der } = holder
  return { name, to: { ders: [der], from: 'person' } }
}
