import type { Paths } from '../state/paths.ts'

/** Where an act happens: what is remembered there, what time it is, and whether it was called off. Nobody is spoken to. */
export interface Here {
  readonly paths: Paths
  now(): Date
  /** @throws interrupted once it was called off */
  checkpoint(): void
}
