import { log } from './0001-log.ts'
import { organisationsAndPeople } from './0002-organisations-and-people.ts'
import { requests } from './0003-requests.ts'
import { certificates } from './0004-certificates.ts'
import { recipients } from './0005-recipients.ts'
import { names } from './0006-names.ts'
import { rowCodes } from './0007-row-codes.ts'
import { seenAndConfirmed } from './0008-seen-and-confirmed.ts'
import { floods } from './0009-floods.ts'
import { searchWords } from './0011-search-words.ts'
import { keys } from './0012-keys.ts'
import { submissions } from './0013-submissions.ts'
import { marksStay } from './0014-marks-stay.ts'
import { profiles } from './0015-profiles.ts'
import { logLeaves } from './0017-log-leaves.ts'
import { owners } from './0019-owners.ts'
import { logGuards } from './0020-log-guards.ts'
import { readUnder } from './0021-read-under.ts'
import { logNumbers } from './0022-log-numbers.ts'
import { origins } from './0023-origins.ts'
import { dutiesAndDeliveries } from './0024-duties-and-deliveries.ts'
import { guardsByName } from './0025-guards-by-name.ts'
import { deliveryAnswers } from './0026-delivery-answers.ts'
import { listCodes } from './0027-list-codes.ts'
import { ownNumbers } from './0028-own-numbers.ts'
import { requestsOfAnybody } from './0029-requests-of-anybody.ts'
import { credentials } from './0031-credentials.ts'
import { grants } from './0033-grants.ts'
import { services } from './0034-services.ts'
import { certificatesThatEnd } from './0035-certificates-that-end.ts'
import { madeWithAnything } from './0036-made-with.ts'
import { inventories } from './0037-inventories.ts'
import { makersOfLinks } from './0039-makers-of-links.ts'
import { keysOfServices } from './0040-keys-of-services.ts'
import { linksMadeWith } from './0041-links-made-with.ts'
import type { Migration } from './migration.ts'

/** Every migration in its order, first to last. The version of a database is the number of those it has had. */
export const MIGRATIONS: readonly Migration[] = [
  log,
  organisationsAndPeople,
  requests,
  certificates,
  recipients,
  names,
  rowCodes,
  seenAndConfirmed,
  floods,
  searchWords,
  keys,
  submissions,
  marksStay,
  logLeaves,
  profiles,
  owners,
  logGuards,
  readUnder,
  logNumbers,
  origins,
  dutiesAndDeliveries,
  guardsByName,
  deliveryAnswers,
  listCodes,
  ownNumbers,
  certificatesThatEnd,
  credentials,
  grants,
  requestsOfAnybody,
  services,
  madeWithAnything,
  makersOfLinks,
  inventories,
  keysOfServices,
  linksMadeWith,
]

/** The first version whose rows carry codes. */
export const CODES_SINCE: number = MIGRATIONS.indexOf(rowCodes) + 1
