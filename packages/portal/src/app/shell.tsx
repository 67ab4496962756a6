import { AppShell, Burger, Drawer, Group, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useIsWeak, useMe } from '../lib/desk/index.ts'
import { useText } from '../lib/languages/index.ts'
import { Stripe } from '../ui/index.ts'
import { Brand } from './brand.tsx'
import { useLive } from './live.ts'
import { SessionEnded } from './session-ended.tsx'
import classes from './shell.module.css'
import { Sidebar } from './sidebar.tsx'

/** The frame: navigation beside the page, or in a drawer on a phone. */
export function Shell(): ReactNode {
  const text = useText()
  const { environment } = useMe()
  const weak = useIsWeak()
  const live = useLive()
  const [opened, { open, close }] = useDisclosure(false)
  const main = useHeadingFocus()
  const sidebar = <Sidebar live={live} onNavigate={close} />
  return (
    <>
      <a className={classes.skip} href="#content">
        {text('app.skip')}
      </a>
      {environment === 'test' ? <Stripe strong={text('app.test')}>{text('app.testExplained')}</Stripe> : null}
      {weak ? <Stripe strong={text('weak.stripe')}>{text('weak.stripeText')}</Stripe> : null}
      <AppShell
        mode="static"
        mod={{ test: environment === 'test' || weak }}
        header={{ height: 56, collapsed: false }}
        navbar={{ width: 248, breakpoint: 'md', collapsed: { mobile: true } }}
        classNames={{ root: classes.root, main: classes.main, navbar: classes.navbar, header: classes.header }}
      >
        <AppShell.Header hiddenFrom="md">
          <Group h="100%" px="md" justify="space-between" wrap="nowrap">
            <Brand />
            <Tooltip label={text('app.openMenu')}>
              <Burger opened={opened} onClick={open} size="sm" aria-label={text('app.openMenu')} />
            </Tooltip>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar visibleFrom="md">
          <div className={classes.sticky}>{sidebar}</div>
        </AppShell.Navbar>
        <AppShell.Main id="content" ref={main}>
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <Drawer
        opened={opened}
        onClose={close}
        size={288}
        padding={0}
        withCloseButton={false}
        title={text('app.navigation')}
        classNames={{ header: classes.hidden, body: classes.drawer, content: classes.drawerContent }}
      >
        {sidebar}
      </Drawer>
      <SessionEnded />
    </>
  )
}

/** After a change of page the heading is where reading goes on (WCAG 2.2, 2.4.3); not on the first page. */
function useHeadingFocus() {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current && path !== before.current) {
      main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
    }
    before.current = path
  }, [path])
  return main
}
