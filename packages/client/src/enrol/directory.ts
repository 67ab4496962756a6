import { listRecipientsAsApplicant, type OutputOf, type QueryOf } from '@scel/contract/routes'
import type { Environment } from '@scel/contract/values'
import type { DeskClient } from './desk-client.ts'

/** The door of a desk for whom files can be sealed to, in one of its environments. */
export interface Directory {
  /** What the desk says; whoever asks checks it. @throws DeskRefusal, and the failures of the connection */
  find(query: Omit<QueryOf<typeof listRecipientsAsApplicant>, 'environment'>): Promise<Listed>
}

export type Listed = OutputOf<typeof listRecipientsAsApplicant>

export const directoryAt = (client: DeskClient, environment: Environment): Directory => ({
  find: (query) => client.signed(listRecipientsAsApplicant, { query: { environment, ...query } }),
})
