import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { ACTION_GROUPS } from './model.ts'

interface ActionSelectProps {
  /** An action, all of a group (`request.`), or nothing. */
  readonly value: string
  readonly onChange: (action: string) => void
}

/** Which events to show: in words, under what they are about. */
export function ActionSelect({ value, onChange }: ActionSelectProps): ReactNode {
  const text = useText()
  return (
    <NativeSelect
      label={text('audit.action')}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        { value: '', label: text('audit.everything') },
        ...ACTION_GROUPS.map(([group, actions]) => ({
          group: text(`audit.group.${group}`),
          items: [
            ...(actions.length > 1
              ? [{ value: `${group}.`, label: text('audit.allOf', { what: text(`audit.group.${group}`) }) }]
              : []),
            ...actions.map((action) => ({
              value: action,
              label: text(`audit.action.${action}`, { outcome: 'done' }),
            })),
          ],
        })),
      ]}
    />
  )
}
