import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Service } from './service.ts'

/** In the scope of a service there is that one, in the scope of an organisation all of its own. */
export interface ServiceReader {
  /** Closed ones too. */
  find(scope: Scope, id: string): Promise<Service | undefined>
  /** Case does not matter. */
  findByName(scope: Scope, organisation: string, name: string): Promise<Service | undefined>
  /** Open ones first, each by name; at most `MOST_SERVICES`. */
  of(scope: Scope, organisation: string): Promise<Service[]>
}

export interface ServiceStore extends ServiceReader {
  insert(service: Service): Promise<void>
  rename(scope: Scope, id: string, name: string): Promise<void>
  /** The first time is kept. */
  close(scope: Scope, id: string, at: Instant): Promise<void>
}

/** Of one organisation, closed ones included: they are shown in one list. */
export const MOST_SERVICES = 200
