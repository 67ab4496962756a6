import { Text } from '@mantine/core'
import type { Right, Strength } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { Note } from '../../ui/index.ts'
import { useIsTooWeakFor } from '../desk/index.ts'
import { useText } from '../languages/index.ts'
import { PageLink } from './links.tsx'

/**
 * Why something cannot be done now, and how it can; nothing where it can.
 * @param needs the right that it uses, or how strong a session it takes
 */
export function TooWeak({ needs }: { needs: Right | Strength }): ReactNode {
  const text = useText()
  if (!useIsTooWeakFor(needs)) return null
  return (
    <Note tone="locked" title={text('weak.title')}>
      <Text size="sm" component="span">
        {text('weak.text')}{' '}
        <PageLink to="/sign-in" search={{}} size="sm" underline="always" title={text('weak.signInTooltip')}>
          {text('weak.signIn')}
        </PageLink>
      </Text>
    </Note>
  )
}

/** The same in a row of a list, in which the stripe over the page says how it can be done. */
export function TooWeakLine({ needs }: { needs: Right | Strength }): ReactNode {
  const text = useText()
  if (!useIsTooWeakFor(needs)) return null
  return (
    <Text size="xs" c="dimmed">
      {text('weak.title')}
    </Text>
  )
}
