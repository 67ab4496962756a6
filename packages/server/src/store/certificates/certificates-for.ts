import { type SqlBool, sql } from 'kysely'
import type { Bound } from '../bound.ts'
import { FAR } from '../queries/next-number.ts'

/** A certificate that was made out to somebody, with the number of the request that it was decided by. */
export interface DecidedCertificate {
  readonly certificate: string
  readonly request: number
}

/** Certificates made out to a person by requests of higher numbers than that: by rows without a code. A number that no request can have is none. */
export async function certificatesFor(db: Bound, person: string, above: number): Promise<DecidedCertificate[]> {
  const theirs = db.selectFrom('certificate').select(['id', 'request']).where('owner_id', '=', person)
  const found = theirs
    .where(sql<SqlBool>`owner_kind = 'person'`)
    .where('request', '>', above)
    .where('request', '<', FAR)
  return (await found.execute()).map(({ id, request }) => ({ certificate: id, request: request! }))
}
