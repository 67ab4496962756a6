import type { Recipient as Listed } from '@scel/contract/values'
import { useCallback, useState } from 'react'
import type { Card, SealFor } from './protocol.ts'
import type { Workshop } from './workshop.ts'

export interface Chosen extends Card, Pick<SealFor, 'from'> {}

export interface Recipients {
  readonly all: readonly Chosen[]
  readonly error: unknown
  addListed(one: Listed): Promise<void>
  addFiles(files: readonly File[]): Promise<void>
  remove(fingerprint: string): void
}

/** Whom to seal for, each once. */
export function useRecipients(workshop: Workshop | undefined): Recipients {
  const [all, setAll] = useState<readonly Chosen[]>([])
  const [error, setError] = useState<unknown>()
  const add = useCallback(
    async (file: File, from: Chosen['from']) => {
      try {
        const cards = (await workshop?.ask('receivers', { file })) ?? []
        setAll((before) => eachOnce([...before, ...cards.map((card) => ({ ...card, from }))]))
      } catch (failure) {
        setError((before: unknown) => before ?? failure) // of several files, one that was refused before
      }
    },
    [workshop],
  )
  return {
    all,
    error,
    addListed: async (one) => {
      setError(undefined)
      await add(new File([one.certificate.pem], one.name), 'directory')
    },
    addFiles: useCallback(
      async (files) => {
        setError(undefined)
        for (const file of files) await add(file, 'person')
      },
      [add],
    ),
    remove: (fingerprint) => setAll((before) => before.filter((one) => one.fingerprint !== fingerprint)),
  }
}

/** A file may hold one twice, and be added twice. */
export const eachOnce = <T extends Card>(all: readonly T[]): T[] =>
  all.filter(({ fingerprint }, place) => all.findIndex((one) => one.fingerprint === fingerprint) === place)
