import type { DutyName } from './duty.ts'

/** Who has which duty, by the clock of the database alone: those of desks differ. */
export interface DutyStore {
  /**
   * Takes the lease, or keeps it: of nobody, of the same holder, one taken longer ago than it lasts, or one of a time to come, which
   * was taken before that clock was set back.
   * @param lasts milliseconds
   * @returns whether it is this holder's now
   */
  take(name: DutyName, holder: string, lasts: number): Promise<boolean>
  letGo(name: DutyName, holder: string): Promise<void>
  letGoAll(holder: string): Promise<void>
}
