import type { MachineFacts } from '@scel/contract/values'

/** What was found out about this computer. */
export interface Machine {
  /** What is told to the desk, so that the manager recognises the machine. */
  readonly facts: MachineFacts
  readonly identity: MachineIdentity
}

/** What the fingerprint is made of: things that a reboot, a network or an update does not change. */
export interface MachineIdentity {
  /** Identifier that the operating system or the firmware gave this computer. */
  readonly system?: string
  readonly processor?: string
  readonly cards: readonly NetworkCard[]
}

export interface NetworkCard {
  readonly name: string
  /** The address that the card was made with, lower-case with colons; not the one it may show on a network. */
  readonly permanentAddress: string
  /** Whether it is a part of this computer: not virtual, not tethered, not a dock. */
  readonly builtIn: boolean
}
