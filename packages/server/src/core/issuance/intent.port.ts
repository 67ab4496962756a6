import type { Intent } from './intent.ts'

export interface IntentReader {
  find(id: string): Promise<Intent | undefined>
  /** Those not closed, oldest first, of every environment: recovery leaves none out. */
  open(): Promise<Intent[]>
}

export interface IntentStore extends IntentReader {
  insert(intent: Intent): Promise<void>
  /** Forgets it: what was signed is stored in the same unit. Answers false when it was not open any more. */
  close(id: string): Promise<boolean>
}
