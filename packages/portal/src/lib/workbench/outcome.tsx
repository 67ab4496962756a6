import { Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { fileKind, HEAD } from '@scel/files/kinds'
import { IconArrowRight, IconDownload, IconLock, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Note, Section } from '../../ui/index.ts'
import { saveBlob } from '../files/index.ts'
import { useText } from '../languages/index.ts'
import { CMS_TYPE } from './media-types.ts'
import type { ResultFile } from './protocol.ts'
import { useWords } from './said.tsx'
import { useSizes } from './sizes.ts'
import type { Outcome } from './use-job.ts'
import { StampVerdict, Verdicts } from './verdicts.tsx'

interface OutcomeProps {
  readonly outcome: Outcome
  /** Takes what came out as the next thing to work on. */
  readonly onGoOn: (file: File) => void
  /** The same, to be sealed. */
  readonly onSeal: (file: File) => void
  readonly onAgain: () => void
}

/** What came of it, and the file to save. */
export function OutcomeSection({ outcome, onGoOn, onSeal, onAgain }: OutcomeProps): ReactNode {
  const text = useText()
  const kept = keptOf(outcome)
  const title =
    outcome.is === 'verified' || outcome.is === 'stamp' ? 'files.task.verify' : (`files.${outcome.is}` as const)
  return (
    <Section title={text(title)}>
      <Stack gap="lg">
        {outcome.is === 'verified' ? (
          <Verdicts facts={outcome.verified.facts} expected={outcome.expected} />
        ) : outcome.is === 'stamp' ? (
          <StampVerdict facts={outcome.facts} name={outcome.name} />
        ) : (
          <Good outcome={outcome} />
        )}
        {kept ? <Keep kept={kept} onGoOn={outcome.is === 'opened' ? onGoOn : undefined} /> : null}
        {outcome.is === 'signed' && kept?.file?.type === CMS_TYPE ? (
          <Tooltip label={text('files.sealTooTooltip')}>
            <Button
              variant="default"
              w="fit-content"
              leftSection={<IconLock size={18} aria-hidden />}
              onClick={() => kept.file && onSeal(kept.file)}
            >
              {text('files.sealToo')}
            </Button>
          </Tooltip>
        ) : null}
        <Tooltip label={text('files.againTooltip')}>
          <Button
            variant="subtle"
            color="gray"
            w="fit-content"
            leftSection={<IconRefresh size={18} aria-hidden />}
            onClick={onAgain}
          >
            {text('files.again')}
          </Button>
        </Tooltip>
      </Stack>
    </Section>
  )
}

function keptOf(outcome: Outcome): ResultFile | undefined {
  if (outcome.is === 'stamp') return undefined
  return outcome.is === 'verified' ? outcome.verified.kept : outcome.kept
}

function Good({ outcome }: { outcome: Exclude<Outcome, { is: 'verified' | 'stamp' }> }): ReactNode {
  const text = useText()
  if (outcome.is === 'opened' && !outcome.authenticated) {
    return (
      <Note tone="notice" role="status" title={text('files.openedUnprotected')}>
        <Text size="sm">{text('files.openedUnprotectedText')}</Text>
      </Note>
    )
  }
  return (
    <Note tone="good" role="status">
      <Text size="sm">{text(`files.${outcome.is}Text`)}</Text>
    </Note>
  )
}

function Keep({ kept, onGoOn }: { kept: ResultFile; onGoOn: OutcomeProps['onGoOn'] | undefined }): ReactNode {
  const text = useText()
  const sizes = useSizes()
  const { file, name, size, archive } = kept
  const inner = useQuery({
    queryKey: ['files', 'inner', name, size],
    queryFn: async () => fileKind(new Uint8Array(await file!.slice(0, HEAD).arrayBuffer())),
    enabled: onGoOn !== undefined && file !== undefined && !archive,
    gcTime: 0,
  })
  if (!file) {
    return (
      <Stack gap="sm">
        <Text size="sm">{text('files.savedAs', { name })}</Text>
        <InArchive archive={archive} />
      </Stack>
    )
  }
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Tooltip label={text('files.saveTooltip')}>
          <Button leftSection={<IconDownload size={20} aria-hidden />} onClick={() => saveBlob(name, file)}>
            {text('files.save', { name })}
          </Button>
        </Tooltip>
        <Text size="sm" c="dimmed">
          {sizes.bytes(size)}
        </Text>
      </Group>
      <InArchive archive={archive} />
      {onGoOn && inner.data === 'signed' ? (
        <Group gap="sm">
          <Text size="sm">{text('files.innerSigned')}</Text>
          <Tooltip label={text('files.goOnTooltip')}>
            <Button
              variant="default"
              size="xs"
              rightSection={<IconArrowRight size={16} aria-hidden />}
              onClick={() => onGoOn(file)}
            >
              {text('files.goOn')}
            </Button>
          </Tooltip>
        </Group>
      ) : null}
    </Stack>
  )
}

/** What sealing made of several files, or why nothing would make files of it again. */
function InArchive({ archive }: { archive: ResultFile['archive'] }): ReactNode {
  const text = useText()
  const words = useWords()
  if (!archive) return null
  if ('files' in archive) return <Text size="sm">{text('files.innerZip', { count: archive.files })}</Text>
  const { says, hint } = words(archive.refused)
  return (
    <Note tone="bad" role="alert" title={says}>
      <Text size="sm">{hint}</Text>
    </Note>
  )
}
