import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { type Branch, Tree } from '../../ui/index.ts'
import { keyName, useDates, useText } from '../languages/index.ts'

/** One certificate of a chain. */
export interface Link {
  readonly name: string
  readonly fingerprint: string
  readonly key: string
  readonly notAfter: string
}

interface ChainProps {
  readonly label: string
  /** Leaf first, as a chain is sent; the authority is drawn on top. */
  readonly links: readonly Link[]
  /** Said of the leaf, besides what is said of each. */
  readonly note?: string
}

/** A chain drawn: each certificate hangs from the one that signed it. */
export function Chain({ label, links, note }: ChainProps): ReactNode {
  const text = useText()
  const dates = useDates()
  const branches = links.reduce<readonly Branch[]>((below, { name, fingerprint, key, notAfter }, place) => {
    const about = [keyName(text, key), text('certificate.until2', { date: dates.date(notAfter) })]
    if (place === 0 && note !== undefined) about.push(note)
    const content = (
      <>
        <Text fw={600} size="sm">
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {about.join(' · ')}
        </Text>
      </>
    )
    return [{ key: fingerprint, current: place === 0, branches: below, content }]
  }, [])
  return <Tree label={label} branches={branches} />
}
