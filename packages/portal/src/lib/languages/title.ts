import { visible } from '@scel/contract/letters'
import type { Title } from '@scel/contract/values'
import { useCallback } from 'react'
import { useIntl } from 'react-intl'

export type TitleText = (title: Title) => string

/** What the desk calls something, in the language of the reader. */
export function useTitle(): TitleText {
  const { locale } = useIntl()
  return useCallback((title) => visible(locale.startsWith('fr') ? title.fr : title.en), [locale])
}
