import { posix, win32 } from 'node:path'
import type { Outside } from '../outside.ts'

/** Where everything lies. No other module joins these names. */
export interface Paths {
  /** What scel keeps for this user. */
  readonly state: string
  /** The key that signs this user's calls to desks. */
  readonly applicantKey: string
  /** One record per desk and environment. */
  readonly desks: string
  deskRecord(desk: string): string
  /** Held by the one run that changes what lies in `desks`. */
  readonly desksTurn: string
  /** Certificates of the user store and of the machine store. */
  readonly userStore: string
  readonly machineStore: string
  /** What is known of keys in tokens, of the user and of the machine. */
  readonly userTokens: string
  readonly machineTokens: string
}

/** The folders that `--dir` and `--machine-dir` (or `SCEL_DIR` and `SCEL_MACHINE_DIR`) replace. */
export interface Folders {
  readonly state: string
  readonly machine: string
}

type Place = Pick<Outside, 'env' | 'platform' | 'home'>

/**
 * The platform's own places: XDG base directories on Linux, Library/Application Support on macOS, %APPDATA% and
 * %ProgramData% on Windows.
 */
export function defaultFolders({ env, platform, home }: Place): Folders {
  if (platform === 'win32') {
    return {
      state: win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Scel'),
      machine: win32.join(env.ProgramData || 'C:\\ProgramData', 'Scel'),
    }
  }
  if (platform === 'darwin') {
    const support = posix.join('Library', 'Application Support', 'Scel')
    return { state: posix.join(home, support), machine: posix.join('/', support) }
  }
  // "If an implementation encounters a relative path in any of these variables it should … ignore it" (XDG)
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : posix.join(home, '.config')
  return { state: posix.join(config, 'scel'), machine: '/etc/scel' }
}

export function makePaths(place: Place, asked: Partial<Folders>): Paths {
  const { join } = place.platform === 'win32' ? win32 : posix
  const folders = defaultFolders(place)
  const state = asked.state ?? (place.env.SCEL_DIR || folders.state)
  const machine = asked.machine ?? (place.env.SCEL_MACHINE_DIR || folders.machine)
  return Object.freeze({
    state,
    applicantKey: join(state, 'applicant.key'),
    desks: join(state, 'desks'),
    desksTurn: join(state, 'desks', '.turn'),
    deskRecord: (desk: string) => join(state, 'desks', `${desk}.json`),
    userStore: join(state, 'certificates'),
    machineStore: join(machine, 'certificates'),
    userTokens: join(state, 'tokens'),
    machineTokens: join(machine, 'tokens'),
  })
}
