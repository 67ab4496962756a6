import { Badge, NavLink, ScrollArea, Tooltip } from '@mantine/core'
import { listRequests } from '@scel/contract/routes'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { call, useMe } from '../lib/desk/index.ts'
import { useText } from '../lib/languages/index.ts'
import { Tag } from '../ui/index.ts'
import { Brand } from './brand.tsx'
import { entriesFor } from './navigation.ts'
import classes from './sidebar.module.css'
import { UserMenu } from './user-menu.tsx'

/** Where one can go, how much waits there, whether the page is live, and who one is. */
export function Sidebar({ live, onNavigate }: { live: boolean; onNavigate: () => void }): ReactNode {
  const text = useText()
  const { rights, environment, awaiting } = useMe()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const pending = usePending()
  const waits: { readonly [to: string]: Waiting } = {
    '/requests': { count: pending, label: text('nav.pending', { count: pending }) },
    '/people': { count: awaiting.people, label: text('nav.toConfirm', { count: awaiting.people }) },
    '/kits': { count: awaiting.kits, label: text('nav.toConfirm', { count: awaiting.kits }) },
  }
  return (
    <div className={classes.side}>
      <div className={classes.top}>
        <Brand small={environment === 'test' ? text('environment.test') : text('app.production')} />
      </div>
      <ScrollArea className={classes.middle} type="auto">
        <nav aria-label={text('app.navigation')}>
          {entriesFor(rights).map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              className={classes.link}
              active={path === to || path.startsWith(`${to}/`)}
              aria-current={path === to ? 'page' : undefined}
              label={text(label)}
              leftSection={<Icon size={20} stroke={1.7} aria-hidden />}
              rightSection={<Count waiting={waits[to]} />}
              onClick={onNavigate}
            />
          ))}
        </nav>
      </ScrollArea>
      <div className={classes.bottom}>
        <Tooltip label={text(live ? 'app.liveExplained' : 'app.notLiveExplained')}>
          <span className={classes.live} role="status">
            <Tag tone={live ? 'good' : 'notice'}>{text(live ? 'app.live' : 'app.notLive')}</Tag>
          </span>
        </Tooltip>
        <UserMenu onNavigate={onNavigate} />
      </div>
    </div>
  )
}

interface Waiting {
  readonly count: number
  readonly label: string
}

function Count({ waiting }: { waiting: Waiting | undefined }): ReactNode {
  if (!waiting || waiting.count === 0) return null
  const { count, label } = waiting
  return (
    <Badge size="sm" variant="filled" className={classes.count} aria-label={label} title={label}>
      {count > 999 ? '999+' : count}
    </Badge>
  )
}

/** How many requests wait, whatever is filtered elsewhere. */
function usePending(): number {
  const { data } = useQuery({
    queryKey: ['request', 'pending'],
    queryFn: ({ signal }) => call(listRequests, { query: { state: 'pending', size: 1 } }, signal),
  })
  return data?.pending ?? 0
}
