import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { contentFor, contentName } from '@scel/files/names'
import { IconShieldCheck, IconShieldPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import {
  type Card,
  Choose,
  CONTENT_TYPE,
  eachOnce,
  FailureNote,
  Start,
  targetFor,
  trustOfDesk,
  type Workshop,
} from '../../lib/workbench/index.ts'
import type { Table } from './table.ts'

/** Judges the signatures of the signed file, or signature, that was chosen first, or else a time stamp. */
export function VerifyPanel({ workshop, files, job, busy }: Table): ReactNode {
  const text = useText()
  const [email, setEmail] = useState('')
  const [revocation, setRevocation] = useState(true)
  const others = useOthers(workshop)
  const signed =
    files.items.find(({ kind }) => kind === 'signature' || kind === 'signed') ??
    files.items.find(({ kind }) => kind === 'stamp')
  const isStamp = signed?.kind === 'stamp'
  const alone = signed !== undefined && signed.kind !== 'signed'
  const content = alone
    ? contentFor(
        signed.path,
        files.items.filter(({ id }) => id !== signed.id),
      )
    : undefined

  const start = async () => {
    if (!workshop || !signed) return
    const file = signed.inner ?? signed.file
    const total = file.size + (content?.file.size ?? 0)
    const target = await targetFor(contentName(signed.file.name), CONTENT_TYPE, alone ? 0 : total)
    if (!target) return
    const expected = email.trim()
    await job.run(total, async (listening) => {
      const trust = await trustOfDesk()
      const by = { trust, brought: others.cards.map(({ der }) => der), revocation }
      if (signed.kind === 'stamp' && content) {
        const order = { ...by, file, content: content.file }
        return { is: 'stamp', facts: await workshop.ask('verifyStamp', order, listening), name: content.path }
      }
      const order = {
        ...by,
        file,
        ...(content ? { content: content.file } : {}),
        ...(expected ? { email: expected } : {}),
        target,
      }
      return { is: 'verified', expected, verified: await workshop.ask('verify', order, listening) }
    })
  }

  return (
    <Stack gap="lg">
      {signed ? (
        <div>
          <Text size="sm" fw={600}>
            {signed.path}
          </Text>
          {content ? (
            <Text size="sm" c="dimmed">
              {text(isStamp ? 'files.stamped' : 'files.content', { name: content.path })}
            </Text>
          ) : null}
        </div>
      ) : null}
      {isStamp ? null : (
        <TextInput
          label={text('files.expected')}
          description={text('files.expectedHelp')}
          type="email"
          autoComplete="off"
          maxLength={254}
          disabled={busy}
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
      )}
      <Checkbox
        label={text('files.askRevocation')}
        description={text('files.askRevocationHelp')}
        checked={revocation}
        disabled={busy}
        onChange={({ currentTarget }) => setRevocation(currentTarget.checked)}
      />
      <Stack gap="xs">
        <div>
          <Text size="sm" fw={600}>
            {text('files.trusted')}
          </Text>
          <Text size="sm" c="dimmed">
            {text('files.trustedHere')}
          </Text>
          {others.cards.length > 0 ? (
            <Text size="sm">
              {text('files.trustedToo', { names: others.cards.map(({ name }) => name).join(', ') })}
            </Text>
          ) : null}
        </div>
        <FailureNote error={others.error} />
        <Choose
          label={text('files.trustOther')}
          tooltip={text('files.trustOtherTooltip')}
          icon={<IconShieldPlus size={16} aria-hidden />}
          size="xs"
          accept=".cer,.crt,.pem,.der,.p7b,.p7c"
          disabled={busy}
          onFiles={([file]) => file && void others.add(file)}
        />
      </Stack>
      <Start
        label={text('files.verify')}
        tooltip={text('files.verifyTooltip')}
        icon={<IconShieldCheck size={20} aria-hidden />}
        disabled={busy}
        missing={missingOf()}
        onStart={() => void start()}
      />
    </Stack>
  )

  function missingOf(): string | undefined {
    if (!signed) {
      const mail = files.items.find(({ kind }) => kind === 'mail')
      return mail ? text('files.need.mail', { name: mail.path }) : text('files.needSigned')
    }
    if (!alone || content) return undefined
    return text(isStamp ? 'files.need.stamp' : 'files.needContent', { name: signed.path })
  }
}

/** Authorities besides those of the desk, for this visit. */
function useOthers(workshop: Workshop | undefined) {
  const [cards, setCards] = useState<readonly Card[]>([])
  const [error, setError] = useState<unknown>()
  const add = async (file: File) => {
    try {
      const more = (await workshop?.ask('card', { file })) ?? []
      setCards((before) => eachOnce([...before, ...more], ({ fingerprint }) => fingerprint))
      setError(undefined)
    } catch (failure) {
      setError(failure)
    }
  }
  return { cards, error, add }
}
