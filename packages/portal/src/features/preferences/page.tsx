import { Radio, Stack, Text, useMantineColorScheme } from '@mantine/core'
import { LANGUAGES } from '@scel/contract/errors'
import type { Grant } from '@scel/contract/values'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useMe } from '../../lib/desk/index.ts'
import { chooseLanguage, languageNow, useDates, useText, When, watchLanguage } from '../../lib/languages/index.ts'
import { roleWords, SignsInWith } from '../../lib/parts/index.ts'
import { Facts, Page, Section } from '../../ui/index.ts'

const SCHEMES = ['auto', 'light', 'dark'] as const

export function PreferencesPage(): ReactNode {
  const text = useText()
  const language = useSyncExternalStore(watchLanguage, languageNow)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Page title={text('preferences.title')} lead={text('preferences.lead')}>
      <Section title={text('preferences.language')}>
        <Text size="sm" c="dimmed" mb="sm">
          {text('preferences.languageText')}
        </Text>
        <Radio.Group
          aria-label={text('preferences.language')}
          value={language}
          onChange={(value) => chooseLanguage(value as typeof language)}
        >
          <Stack gap="sm">
            {LANGUAGES.map((value) => (
              <Radio key={value} value={value} label={text(`language.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
      </Section>
      <Section title={text('preferences.scheme')}>
        <Text size="sm" c="dimmed" mb="sm">
          {text('preferences.schemeText')}
        </Text>
        <Radio.Group
          aria-label={text('preferences.scheme')}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
        >
          <Stack gap="sm">
            {SCHEMES.map((value) => (
              <Radio key={value} value={value} label={text(`theme.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
      </Section>
      <Account />
    </Page>
  )
}

function Roles({ grants }: { grants: readonly Grant[] }): ReactNode {
  const text = useText()
  const dates = useDates()
  if (grants.length === 0) return text('role.none')
  return grants
    .filter(({ awaiting }) => !awaiting)
    .map((grant) => (
      <div key={grant.id}>
        {roleWords(text, grant)}
        {grant.until ? ` (${text('people.roleUntil', { at: dates.date(grant.until) })})` : null}
      </div>
    ))
}

function Account(): ReactNode {
  const text = useText()
  const { person, environment, session } = useMe()
  const { organisation, signIn } = person
  return (
    <Section title={text('preferences.account')}>
      <Facts
        facts={[
          { name: text('preferences.name'), value: person.name },
          { name: text('preferences.email'), value: person.email },
          { name: text('preferences.role'), value: <Roles grants={person.grants} /> },
          {
            name: text('preferences.organisation'),
            value: organisation ? `${organisation.code} · ${organisation.name}` : null,
          },
          { name: text('preferences.environment'), value: text(`environment.${environment}`) },
          {
            name: text('preferences.signIn'),
            value: signIn ? <SignsInWith by={signIn} /> : null,
          },
          { name: text('preferences.session'), value: <When at={session.expiresAt} /> },
        ]}
      />
    </Section>
  )
}
