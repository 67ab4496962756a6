import type { Outside } from '../../outside.ts'
import { stop } from '../../ui/cli-error.ts'
import type { Voice } from '../../ui/voice.ts'

/** Where a command runs, and how it speaks there. */
export interface Shell {
  readonly outside: Outside
  readonly voice: Voice
  now(): Date
  /** @throws interrupted after Ctrl-C */
  checkpoint(): void
}

export const openShell = (outside: Outside, voice: Voice): Shell => ({
  outside,
  voice,
  now: () => outside.now(),
  checkpoint() {
    if (outside.signal.aborted) stop('interrupted')
  },
})
