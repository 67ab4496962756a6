import type { Fact } from './fact.ts'

/** Who hears of what happens: in the unit in which it does, so that what is to be told is stored with it, or neither is. */
export interface FactStore {
  announce(fact: Fact): Promise<void>
}
