import { type OpenPeers, type PeersOptions, postgresPeers } from '../postgres/peers.ts'
import type { Database } from './open-database.ts'

/** The other desks of a database; the embedded one has none. */
export const openPeers = (database: Database, told: NonNullable<PeersOptions['told']>): OpenPeers | undefined =>
  database.kind === 'postgres' ? postgresPeers(database.url, { told }) : undefined
