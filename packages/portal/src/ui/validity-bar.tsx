import type { ReactNode } from 'react'
import classes from './validity-bar.module.css'

interface ValidityBarProps {
  /** 0 … 1 of the time between the ends that has passed. */
  readonly passed: number
  readonly tone: 'good' | 'notice' | 'bad' | 'neutral'
  readonly from: ReactNode
  readonly until: ReactNode
  /** In words, what the drawing shows. */
  readonly label: string
  readonly now: string
}

/** A validity period as a bar, with today on it. */
export function ValidityBar({ passed, tone, from, until, label, now }: ValidityBarProps): ReactNode {
  const percent = `${Math.round(Math.min(1, Math.max(0, passed)) * 1000) / 10}%`
  const inside = passed > 0 && passed < 1
  return (
    <div>
      <div className={classes.bar} role="img" aria-label={label} data-tone={tone}>
        <div className={classes.passed} style={{ inlineSize: percent }} />
        {inside ? <div className={classes.now} style={{ insetInlineStart: percent }} title={now} /> : null}
      </div>
      <div className={classes.ends}>
        <span>{from}</span>
        <span>{until}</span>
      </div>
    </div>
  )
}
