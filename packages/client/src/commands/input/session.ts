import type { Doors } from '../../enrol/doors.ts'
import { openDoors } from '../../enrol/open-doors.ts'
import type { Machine } from '../../machine/index.ts'
import type { Outside } from '../../outside.ts'
import { type Desks, openDesks } from '../../state/open-desks.ts'
import type { Paths } from '../../state/paths.ts'
import type { Voice } from '../../ui/voice.ts'
import { type Keys, openKeys } from './keys.ts'
import { openShell, type Shell } from './shell.ts'

/** What this user remembers of desks. */
export interface State {
  readonly paths: Paths
  readonly desks: Desks
}

/** What this computer is. */
export interface Computer {
  /** Finds it out. */
  machine(): Promise<Machine>
}

/** All that commands work with, together: each takes of it what it names. */
export type Session = Shell & State & Keys & Doors & Computer

export interface SessionParts extends Computer {
  readonly outside: Outside
  readonly voice: Voice
  readonly paths: Paths
}

export function openSession({ outside, voice, paths, machine }: SessionParts): Session {
  const shell = openShell(outside, voice)
  return {
    ...shell,
    ...{ paths, desks: openDesks(paths), machine },
    ...openKeys(shell, paths),
    ...openDoors({ language: voice.language, signal: outside.signal, now: shell.now }, paths),
  }
}
