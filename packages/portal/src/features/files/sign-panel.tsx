import { Checkbox, NativeSelect, Radio, Stack } from '@mantine/core'
import { becomesZip, bundleName, signedName } from '@scel/files/names'
import { IconSignature } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useMe } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { CMS_TYPE, KeyBox, SIGNATURE_TYPE, Start, sizeOf, stampsOfDesk, targetFor } from '../../lib/workbench/index.ts'
import type { Table } from './table.ts'

/** Signs what was chosen: with the content, or apart from it. */
export function SignPanel({ workshop, files, ownKey: key, job, busy }: Table): ReactNode {
  const text = useText()
  const { items } = files
  const [apart, setApart] = useState(true)
  const [wanted, setWanted] = useState<string>()
  const [stamped, setStamped] = useState(false)
  const { environment } = useMe()
  const several = becomesZip(items)
  const detached = apart && !several
  const signers = key.holders.filter(({ signs }) => signs)
  const signer = signers.find(({ fingerprint }) => fingerprint === wanted) ?? signers[0]

  const start = async () => {
    const total = sizeOf(items)
    const name = signedName(bundleName(items, text('files.bundle')), detached)
    const type = detached ? SIGNATURE_TYPE : CMS_TYPE
    // A signature alone is small whatever it signs.
    const target = await targetFor(name, type, detached ? 0 : total)
    if (!workshop || !target || !signer) return
    const order = { items, detached, signer: signer.fingerprint, target }
    await job.run(total, async (listening) => {
      const stamp = stamped ? { stamp: await stampsOfDesk(environment) } : {}
      return { is: 'signed', kept: await workshop.ask('sign', { ...order, ...stamp }, listening) }
    })
  }

  return (
    <Stack gap="lg">
      <KeyBox of={key} disabled={busy} />
      {signers.length > 1 ? (
        <NativeSelect
          label={text('files.signer')}
          value={signer?.fingerprint ?? ''}
          disabled={busy}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          data={signers.map(({ fingerprint, name, emails: [email] }) => ({
            value: fingerprint,
            label: email ? `${name} · ${email}` : name,
          }))}
        />
      ) : null}
      <Radio.Group
        label={text('files.form')}
        value={detached ? 'detached' : 'attached'}
        onChange={(form) => setApart(form === 'detached')}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="detached"
            label={text('files.form.detached')}
            description={text(several ? 'files.detachedOne' : 'files.form.detachedHelp')}
            disabled={busy || several}
          />
          <Radio
            value="attached"
            label={text('files.form.attached')}
            description={text('files.form.attachedHelp')}
            disabled={busy}
          />
        </Stack>
      </Radio.Group>
      <Checkbox
        label={text('files.stamp')}
        description={text('files.stampHelp')}
        checked={stamped}
        disabled={busy}
        onChange={({ currentTarget }) => setStamped(currentTarget.checked)}
      />
      <Start
        label={text('files.sign')}
        tooltip={text('files.signTooltip')}
        icon={<IconSignature size={20} aria-hidden />}
        disabled={busy}
        missing={missingOf()}
        onStart={() => void start()}
      />
    </Stack>
  )

  function missingOf(): string | undefined {
    if (items.length === 0) return text('files.needFiles')
    if (key.holders.length === 0) return text('files.needKey')
    return signer ? undefined : text('files.cannotSign')
  }
}
