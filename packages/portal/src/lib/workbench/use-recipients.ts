import { useCallback, useState } from 'react'
import { wholePerson } from './api.ts'
import type { ListedPerson } from './listed-people.ts'
import type { Card, SealFor } from './protocol.ts'
import type { Workshop } from './workshop.ts'

/** Somebody of the directory, with a card for each certificate that they have there, or one certificate of a file. */
export interface Recipient extends Pick<SealFor, 'from'> {
  readonly key: string
  readonly name: string
  readonly cards: readonly Card[]
}

export interface Recipients {
  readonly all: readonly Recipient[]
  readonly error: unknown
  addListed(one: ListedPerson): Promise<void>
  addFiles(files: readonly File[]): Promise<void>
  remove(key: string): void
}

/** Whom to seal for, each once. */
export function useRecipients(workshop: Workshop | undefined): Recipients {
  const [all, setAll] = useState<readonly Recipient[]>([])
  const [error, setError] = useState<unknown>()
  const add = useCallback(async (found: () => Promise<readonly Recipient[]>) => {
    try {
      const more = await found()
      setAll((before) => eachOnce([...before, ...more], ({ key }) => key))
    } catch (failure) {
      setError((before: unknown) => before ?? failure) // of several files, one that was refused before
    }
  }, [])
  return {
    all,
    error,
    addListed: async (one) => {
      setError(undefined)
      await add(async () => {
        const { key, name, lines } = (await wholePerson(one)) ?? one
        const file = new File(
          lines.map(({ certificate }) => certificate.pem),
          name,
        )
        const cards = (await workshop?.ask('card', { file })) ?? []
        return [{ key, name, cards, from: 'directory' }]
      })
    },
    addFiles: useCallback(
      async (files) => {
        setError(undefined)
        for (const file of files)
          await add(async () => {
            const cards = (await workshop?.ask('receivers', { file })) ?? []
            return cards.map((card) => ({ key: card.fingerprint, name: card.name, cards: [card], from: 'person' }))
          })
      },
      [add, workshop],
    ),
    remove: (key) => setAll((before) => before.filter((one) => one.key !== key)),
  }
}

/** A file may hold one twice, and be added twice. */
export const eachOnce = <T>(all: readonly T[], keyOf: (one: T) => string): T[] =>
  all.filter((one, place) => all.findIndex((other) => keyOf(other) === keyOf(one)) === place)
