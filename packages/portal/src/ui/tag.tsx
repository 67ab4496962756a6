import type { ReactNode } from 'react'
import classes from './tag.module.css'

export type Tone = 'neutral' | 'accent' | 'good' | 'notice' | 'bad'

/** A state in one or two words: a dot and a soft ground, never colour alone. */
export function Tag({ tone, children, title }: { tone: Tone; children: ReactNode; title?: string }): ReactNode {
  return (
    <span className={classes.tag} data-tone={tone} title={title}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  )
}
