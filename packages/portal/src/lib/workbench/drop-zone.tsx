import { Group, Text } from '@mantine/core'
import { IconFileUpload, IconFolder, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../languages/index.ts'
import { Choose } from './choose.tsx'
import classes from './drop-zone.module.css'
import { itemOf, itemsOf } from './dropped.ts'
import type { Item } from './protocol.ts'

interface DropZoneProps {
  readonly disabled: boolean
  /** What is to be dropped. @default whatever the pages for files take */
  readonly words?: string
  /** On the button that chooses files. */
  readonly choose?: string
  /** Whether whole folders are taken, too. @default true */
  readonly folders?: boolean
  readonly onItems: (items: readonly Item[]) => void
}

/** Where files come in. They may be dropped anywhere: a file that misses the field must not replace the page. */
export function DropZone({ disabled, words, choose, folders = true, onItems }: DropZoneProps): ReactNode {
  const text = useText()
  const over = useDrop(disabled ? undefined : onItems)
  const take = (files: readonly File[]) => onItems(files.map(itemOf))
  return (
    <div className={classes.zone} data-over={over || undefined}>
      <IconUpload size={32} stroke={1.4} aria-hidden className={classes.icon} />
      <Text size="sm" maw="28rem">
        {words ?? text('files.drop')}
      </Text>
      <Group gap="xs" justify="center">
        <Choose
          label={choose ?? text('files.choose')}
          tooltip={text('files.chooseTooltip')}
          icon={<IconFileUpload size={18} aria-hidden />}
          disabled={disabled}
          onFiles={take}
        />
        {folders ? (
          <Choose
            folder
            label={text('files.chooseFolder')}
            tooltip={text('files.chooseFolderTooltip')}
            icon={<IconFolder size={18} aria-hidden />}
            disabled={disabled}
            onFiles={take}
          />
        ) : null}
      </Group>
    </div>
  )
}

/** Follows drops on the whole window; whether something is held over it. */
function useDrop(onItems: DropZoneProps['onItems'] | undefined): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hold = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(onItems !== undefined)
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(false)
      if (onItems) void itemsOf(event.dataTransfer).then(onItems)
    }
    addEventListener('dragover', hold)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', hold)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [onItems])
  return over
}
