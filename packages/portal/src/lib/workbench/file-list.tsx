import { Stack, Text } from '@mantine/core'
import { becomesZip, bundleName } from '@scel/files/names'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Tag, type Tone } from '../../ui/index.ts'
import { useText } from '../languages/index.ts'
import { Lines } from './lines.tsx'
import { FailureNote } from './said.tsx'
import { useSizes } from './sizes.ts'
import type { Chosen, ChosenFiles } from './use-chosen.ts'

const TONES: Readonly<Record<Chosen['kind'], Tone>> = {
  sealed: 'accent',
  signed: 'good',
  signature: 'good',
  stamp: 'notice',
  mail: 'notice',
  key: 'notice',
  certificate: 'notice',
  plain: 'neutral',
}

interface FileListProps {
  readonly files: ChosenFiles
  /** Whether they are worked on as they are, several as one archive, or for what is inside each. */
  readonly as: 'given' | 'unwrapped'
  readonly disabled: boolean
}

/** What was chosen, each with what it is. A folder of thousands is not drawn whole. */
export function FileList({ files, as, disabled }: FileListProps): ReactNode {
  const text = useText()
  const sizes = useSizes()
  const { items } = files
  const total = items.reduce((sum, { file }) => sum + file.size, 0)
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text('files.none')}
      </Text>
    )
  }
  const together = becomesZip(items) && as === 'given'
  return (
    <Stack gap="xs">
      <Lines
        label={text('files.list')}
        lines={items.slice(0, SHOWN).map(({ id, path, file, kind }) => ({
          key: id,
          name: path,
          about: sizes.bytes(file.size),
          tag: <Tag tone={TONES[kind]}>{text(`files.kind.${kind}`)}</Tag>,
          action: {
            label: text('files.remove', { name: path }),
            icon: <IconX size={18} aria-hidden />,
            disabled,
            onClick: () => files.remove(id),
          },
        }))}
      />
      {as === 'unwrapped' ? <FailureNote error={items.find(({ fault }) => fault)?.fault} /> : null}
      {items.length > SHOWN ? <Text size="sm">…</Text> : null}
      {together ? (
        <Text size="sm" c="dimmed" role="status">
          {text('files.several', {
            count: items.length,
            size: sizes.bytes(total),
            name: bundleName(items, text('files.bundle')),
          })}
        </Text>
      ) : null}
    </Stack>
  )
}

const SHOWN = 20
