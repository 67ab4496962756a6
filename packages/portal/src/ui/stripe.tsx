import type { ReactNode } from 'react'
import classes from './stripe.module.css'

/** A striking band across the page, for what nobody must overlook. */
export function Stripe({ strong, children }: { strong: string; children: string }): ReactNode {
  return (
    <aside className={classes.stripe}>
      <strong>{strong}</strong>
      {children}
    </aside>
  )
}
