import { Code, List, Text } from '@mantine/core'
import type { DueCeremony } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { useDates, useText } from '../../lib/languages/index.ts'
import { Note } from '../../ui/index.ts'
import { ceremonyWords } from './model.ts'

/** What waits for the root, whose passphrase the desk does not have; nothing when nothing does. */
export function Ceremonies({ due }: { due: readonly DueCeremony[] }): ReactNode {
  const text = useText()
  const dates = useDates()
  if (due.length === 0) return null
  const lines = due.map((one) => ({ ...ceremonyWords(one, Date.now()), until: one.until }))
  return (
    <Note
      tone={lines.some(({ overdue }) => overdue) ? 'bad' : 'notice'}
      title={text('authorities.ceremony')}
      role="status"
    >
      <List size="sm" spacing={4}>
        {lines.map(({ words, overdue, until }) => (
          <List.Item key={`${words} ${until}`}>
            {text(words, { overdue: `${overdue}`, until: until === undefined ? '' : dates.date(until) })}
          </List.Item>
        ))}
      </List>
      <Text size="sm">{text('authorities.ceremonyHow')}</Text>
      <Code block tabIndex={0}>
        scel-desk ceremony --root-passphrase-file FILE
      </Code>
    </Note>
  )
}
