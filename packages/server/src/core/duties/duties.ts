import type { Stores, Work } from '../work.ts'
import { type DutyName, LEASE } from './duty.ts'

/**
 * Which desk of a database does a duty: whoever has its lease, until they let it go or are not heard of. That keeps two from doing the same work at once; it
 * does not make sure of it, for a process may sleep between two steps. So every duty, done twice, does no more than once.
 */
export interface Duties {
  /** Takes the lease of a duty, or keeps it. @returns false while another desk has it */
  take(name: DutyName): Promise<boolean>
  letGo(name: DutyName): Promise<void>
  /** At the end of a desk: the others need not wait for its leases to end. */
  letGoAll(): Promise<void>
}

interface Needs {
  readonly work: Work
  /** Tells this desk from others, also after it was started again: it goes on with what it had. */
  readonly holder: string
  /** Milliseconds. */
  readonly lasts?: number
}

export function createDuties({ work, holder, lasts = LEASE }: Needs): Duties {
  const inUnit = <T>(run: (stores: Pick<Stores, 'duties'>) => Promise<T>): Promise<T> => work.transaction(run)
  return {
    take: (name) => inUnit(({ duties }) => duties.take(name, holder, lasts)),
    letGo: (name) => inUnit(({ duties }) => duties.letGo(name, holder)),
    letGoAll: () => inUnit(({ duties }) => duties.letGoAll(holder)),
  }
}
