import { Paper, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { LANGUAGES } from '@scel/contract/errors'
import { type ReactNode, useSyncExternalStore } from 'react'
import { chooseLanguage, languageNow, useText, watchLanguage } from '../languages/index.ts'
import classes from './door-frame.module.css'

const OWN_NAMES = { en: 'English', fr: 'Français' } as const

interface DoorFrameProps {
  readonly title: string
  readonly lead?: string
  readonly wide?: boolean
  readonly above?: ReactNode
  readonly children: ReactNode
}

/** The frame of pages for those who are not signed in yet: the seal, the languages, one card. */
export function DoorFrame({ title, lead, wide, above, children }: DoorFrameProps): ReactNode {
  const text = useText()
  useDocumentTitle(`${title} · Scel`)
  const language = useSyncExternalStore(watchLanguage, languageNow)
  return (
    <div className={classes.ground}>
      {above}
      <header className={classes.header}>
        <span className={classes.brand}>
          <img src="/seal.svg" alt="" width={34} height={34} />
          {text('app.name')}
        </span>
        <fieldset className={classes.languages} aria-label={text('language.label')}>
          {LANGUAGES.map((tag) => (
            <button
              key={tag}
              type="button"
              lang={tag}
              aria-pressed={tag === language}
              onClick={() => chooseLanguage(tag)}
            >
              {OWN_NAMES[tag]}
            </button>
          ))}
        </fieldset>
      </header>
      <main className={classes.main} data-wide={wide || undefined}>
        <Paper className={classes.card}>
          <Stack gap={6} mb="lg">
            <Title order={1}>{title}</Title>
            {lead ? (
              <Text c="dimmed" size="sm">
                {lead}
              </Text>
            ) : null}
          </Stack>
          {children}
        </Paper>
      </main>
    </div>
  )
}
