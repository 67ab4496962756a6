import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './back-link.module.css'
import { PageLink } from './links.tsx'

type ListPage = '/requests' | '/certificates' | '/organisations' | '/people' | '/kits'

/** From one thing back to the list it came from. */
export function BackLink({ to, children }: { to: ListPage; children: string }): ReactNode {
  return (
    <PageLink to={to} size="sm" className={classes.back}>
      <IconArrowLeft size={16} aria-hidden />
      {children}
    </PageLink>
  )
}
