import type { AskSystem } from './ask-system.ts'
import { linuxMachine } from './linux.ts'
import type { Machine } from './machine.ts'
import { macosMachine } from './macos.ts'
import { windowsMachine } from './windows.ts'

export { type AskSystem, realSystem } from './ask-system.ts'
export { machineName } from './fingerprint.ts'
export type { Machine, MachineIdentity, NetworkCard } from './machine.ts'

/** Finds out what this computer is. Unix systems other than macOS are asked as Linux is. */
export function thisMachine(platform: NodeJS.Platform, ask: AskSystem): Promise<Machine> {
  if (platform === 'win32') return windowsMachine(ask)
  return platform === 'darwin' ? macosMachine(ask) : linuxMachine(ask)
}
