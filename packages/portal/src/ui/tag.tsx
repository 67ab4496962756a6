import type { ReactNode } from 'react'
import classes from './tag.module.css'

export type Tone = 'neutral' | 'accent' | 'good' | 'notice' | 'bad'

interface TagProps {
  readonly tone: Tone
  readonly children: ReactNode
  /** A word of a list rather than a state: without its dot. */
  readonly plain?: boolean
}

/** A state in one or two words: a dot and a soft ground, never colour alone. */
export function Tag({ tone, children, plain = false }: TagProps): ReactNode {
  return (
    <span className={classes.tag} data-tone={tone}>
      {plain ? null : <span className={classes.dot} aria-hidden="true" />}
      {children}
    </span>
  )
}
