import {
  Menu,
  SegmentedControl,
  Text,
  Tooltip,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core'
import { LANGUAGES } from '@scel/contract/errors'
import { signOut } from '@scel/contract/routes'
import { IconDevices, IconLogout, IconSelector, IconSettings } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useSyncExternalStore } from 'react'
import { call, needsSignIn, useMe } from '../lib/desk/index.ts'
import { chooseLanguage, languageNow, useText, watchLanguage } from '../lib/languages/index.ts'
import { RefusalNote, rolesWords } from '../lib/parts/index.ts'
import classes from './user-menu.module.css'

const SCHEMES = ['auto', 'light', 'dark'] as const

/** Who one is, and what is one's own: language, colours, sessions, preferences, the way out. */
export function UserMenu({ onNavigate }: { onNavigate: () => void }): ReactNode {
  const text = useText()
  const { person } = useMe()
  const language = useSyncExternalStore(watchLanguage, languageNow)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leaving = useMutation({
    mutationFn: () =>
      call(signOut, {}).catch((error: unknown) => (needsSignIn(error) ? undefined : Promise.reject(error))),
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: { signedOut: true } })
      queries.clear()
    },
  })
  return (
    <>
      <RefusalNote error={leaving.error} />
      <Menu position="top-start" width={248} shadow="md" withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className={classes.me} title={text('user.menuTooltip')}>
            <VisuallyHidden>{text('user.menu')} </VisuallyHidden>
            <span className={classes.initials} aria-hidden="true">
              {initials(person.name)}
            </span>
            <span className={classes.words}>
              <span className={classes.name}>{person.name}</span>
              <span className={classes.role}>{rolesWords(text, person.grants)}</span>
            </span>
            <IconSelector size={16} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.choice}>
            <Text size="xs" c="dimmed" mb={4}>
              {text('language.label')}
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={text('language.label')}
              value={language}
              onChange={(value) => chooseLanguage(value as typeof language)}
              data={LANGUAGES.map((value) => ({ value, label: text(`language.${value}`) }))}
            />
          </div>
          <div className={classes.choice}>
            <Text size="xs" c="dimmed" mb={4}>
              {text('theme.label')}
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={text('theme.label')}
              value={colorScheme}
              onChange={(value) => setColorScheme(value as typeof colorScheme)}
              data={SCHEMES.map((value) => ({ value, label: value === 'auto' ? 'Auto' : text(`theme.${value}`) }))}
            />
          </div>
          <Menu.Divider />
          <Tooltip label={text('sessions.lead')} position="right">
            <Menu.Item
              component={Link}
              to="/sessions"
              leftSection={<IconDevices size={18} aria-hidden />}
              onClick={onNavigate}
            >
              {text('user.sessions')}
            </Menu.Item>
          </Tooltip>
          <Tooltip label={text('user.preferencesTooltip')} position="right">
            <Menu.Item
              component={Link}
              to="/preferences"
              leftSection={<IconSettings size={18} aria-hidden />}
              onClick={onNavigate}
            >
              {text('user.preferences')}
            </Menu.Item>
          </Tooltip>
          <Menu.Divider />
          <Tooltip label={text('user.signOutTooltip')} position="right">
            <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => leaving.mutate()}>
              {text('user.signOut')}
            </Menu.Item>
          </Tooltip>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .filter((_, position, all) => position === 0 || position === all.length - 1)
    .join('')
    .toUpperCase()
