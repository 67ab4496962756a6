import type { ReactNode } from 'react'
import classes from './stripe.module.css'

interface StripeProps {
  readonly strong: string
  /** `bad` says that something is wrong, in as many words as it takes. @default 'notice' */
  readonly tone?: 'notice' | 'bad'
  readonly children: string
}

/** A striking band across the page, for what nobody must overlook. */
export function Stripe({ strong, tone = 'notice', children }: StripeProps): ReactNode {
  return (
    <aside className={classes.stripe} data-tone={tone} aria-label={strong}>
      <strong>{strong}</strong>
      {children}
    </aside>
  )
}
