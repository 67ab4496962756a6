import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Note } from '../../ui/index.ts'
import { useWeakness } from '../desk/index.ts'
import { useText } from '../languages/index.ts'
import { PageLink } from './links.tsx'

/** Why nothing can be decided here now, and how it can; nothing where it can. */
export function TooWeak(): ReactNode {
  const text = useText()
  if (useWeakness() === undefined) return null
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
