import { Text } from '@mantine/core'
import type { ChainLink } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { type Dates, keyName, type Text as Say, useDates, useText } from '../../lib/languages/index.ts'
import { type Branch, Tree } from '../../ui/index.ts'

/** The chain, the root on top: each certificate hangs from the one that signed it. */
export function ChainTree({ chain }: { chain: readonly ChainLink[] }): ReactNode {
  const text = useText()
  const dates = useDates()
  return <Tree label={text('certificate.chainDrawn')} branches={branchesOf(chain, text, dates)} />
}

/** `chain` is leaf first; the tree grows from the root. */
function branchesOf(chain: readonly ChainLink[], text: Say, dates: Dates): readonly Branch[] {
  return chain.reduce<readonly Branch[]>(
    (below, link, position) => [
      {
        key: link.fingerprint,
        current: position === 0,
        branches: below,
        content: (
          <>
            <Text fw={600} size="sm">
              {link.name}
            </Text>
            <Text size="xs" c="dimmed">
              {keyName(text, link.key)} · {text('certificate.until2', { date: dates.date(link.notAfter) })}
              {position === 0 ? ` · ${text('certificate.this')}` : ''}
            </Text>
          </>
        ),
      },
    ],
    [],
  )
}
