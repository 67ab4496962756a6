import type { Intent } from './intent.ts'

export interface IntentStore {
  insert(intent: Intent): Promise<void>
  find(id: string): Promise<Intent | undefined>
  /** Those not closed, oldest first, of every environment: recovery leaves none out. */
  open(): Promise<Intent[]>
  /** Forgets it: the certificate stands in its own table by now, stored in the same unit. */
  close(id: string): Promise<void>
}
