import { useCallback, useEffect, useState } from 'react'
import type { Holder } from './protocol.ts'
import type { Workshop } from './workshop.ts'

/** The key file that the person chose, and what it held once it was unlocked. */
export interface Key {
  readonly file: File | undefined
  readonly holders: readonly Holder[]
  readonly weak: boolean
  readonly busy: boolean
  readonly error: unknown
  choose(file: File): void
  unlock(passphrase: string): Promise<void>
  forget(): void
}

const NOTHING = { file: undefined, holders: [], weak: false, busy: false, error: undefined } as const

type State = Pick<Key, 'file' | 'holders' | 'weak' | 'busy' | 'error'>

export function useKey(workshop: Workshop | undefined): Key {
  const [state, setState] = useState<State>(NOTHING)
  const { file } = state
  // What one worker knew another does not.
  useEffect(() => {
    if (workshop) return () => setState(NOTHING)
    return undefined
  }, [workshop])
  const choose = useCallback((chosen: File) => setState({ ...NOTHING, file: chosen }), [])
  const forget = () => {
    setState(NOTHING)
    void workshop?.ask('forget', {})
  }
  const unlock = async (passphrase: string) => {
    if (!workshop || !file) return
    setState({ ...NOTHING, file, busy: true })
    try {
      const { holders, weak } = await workshop.ask('unlock', { file, passphrase })
      setState({ ...NOTHING, file, holders, weak })
    } catch (error) {
      setState({ ...NOTHING, file, error })
    }
  }
  return { ...state, choose, unlock, forget }
}
