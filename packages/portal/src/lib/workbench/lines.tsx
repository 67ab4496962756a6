import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { visible } from '@scel/contract/letters'
import type { ReactNode } from 'react'
import classes from './lines.module.css'

export interface LineAction {
  readonly label: string
  readonly tooltip?: string
  readonly icon: ReactNode
  readonly disabled?: boolean
  readonly onClick: () => void
}

export interface Line {
  readonly key: string | number
  readonly name: string
  readonly about: ReactNode
  readonly tag?: ReactNode
  readonly action: LineAction
}

/** A short list of things with one action each: files, recipients. */
export function Lines({ label, lines }: { label: string; lines: readonly Line[] }): ReactNode {
  return (
    <ul className={classes.lines} aria-label={label}>
      {lines.map(({ key, name, about, tag, action }) => (
        <li key={key}>
          <div className={classes.words}>
            <Text span size="sm" fw={600}>
              {visible(name)}
            </Text>
            <Text span size="xs" c="dimmed">
              {about}
            </Text>
          </div>
          {tag ? <span className={classes.tag}>{tag}</span> : null}
          <Tooltip label={action.tooltip ?? action.label}>
            <ActionIcon aria-label={action.label} disabled={action.disabled ?? false} onClick={action.onClick}>
              {action.icon}
            </ActionIcon>
          </Tooltip>
        </li>
      ))}
    </ul>
  )
}
