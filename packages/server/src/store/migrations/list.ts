import { log } from './0001-log.ts'
import { desk } from './0002-desk.ts'
import { organisationsAndPeople } from './0003-organisations-and-people.ts'
import { credentials } from './0004-credentials.ts'
import { kits } from './0005-kits.ts'
import { requests } from './0006-requests.ts'
import { authorities } from './0007-authorities.ts'
import { certificates } from './0008-certificates.ts'
import { keysAndNames } from './0009-keys-and-names.ts'
import { deliveries } from './0010-deliveries.ts'
import { searchWords } from './0011-search-words.ts'
import type { Migration } from './migration.ts'

/** Every migration in its order, first to last. The version of a database is the number of those it has had. */
export const MIGRATIONS: readonly Migration[] = [
  log,
  desk,
  organisationsAndPeople,
  credentials,
  kits,
  requests,
  authorities,
  certificates,
  keysAndNames,
  deliveries,
  searchWords,
]
