import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { IntlProvider } from 'react-intl'
import { languageNow, watchLanguage } from './language.ts'

type Catalogue = Readonly<Record<string, string>>

const CATALOGUES = {
  en: async (): Promise<Catalogue> => (await import('../messages/en/index.ts')).EN,
  fr: async (): Promise<Catalogue> => (await import('../messages/fr/index.ts')).FR,
} as const

/** Gives its children the words of the chosen language, once they are there. */
export function Speech({ children }: { children: ReactNode }): ReactNode {
  const language = useSyncExternalStore(watchLanguage, languageNow)
  const [spoken, setSpoken] = useState<{ language: string; messages: Catalogue }>()
  const queries = useQueryClient()

  useEffect(() => {
    let stale = false
    void CATALOGUES[language]().then((messages) => {
      if (stale) return
      document.documentElement.lang = language
      setSpoken((before) => {
        // Sentences that the desk wrote (findings, refusals) are in the language they were asked in.
        if (before && before.language !== language) void queries.invalidateQueries()
        return { language, messages }
      })
    })
    return () => {
      stale = true
    }
  }, [language, queries])

  if (!spoken) return null
  return (
    <IntlProvider locale={spoken.language} messages={spoken.messages} defaultLocale="en">
      {children}
    </IntlProvider>
  )
}
