import type { Instant } from '../world.ts'

/** The clock of the host that the database is on. It may be as wrong as any. */
export interface ServerClock {
  /** What it says at this moment, within a unit too; undefined where the database is the desk's own, and has no other clock. */
  now(): Promise<Instant | undefined>
}
