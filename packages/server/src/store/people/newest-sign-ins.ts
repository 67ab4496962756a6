import { namedKinds } from '../../core/credential-kinds.ts'
import type { PersonEntry } from '../../core/people/person.ts'
import { isInstant } from '../../core/world.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { anyOf } from '../queries/any-of.ts'
import { present } from '../queries/optional.ts'

/** By person, the newest that lasts of what they sign in with; where they cannot, the last that they did. */
export async function newestSignIns(
  db: Bound,
  coded: CodedRows,
  people: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<PersonEntry['signIn']>>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('credential')
    .leftJoin('certificate', 'certificate.id', 'credential.certificate')
    .selectAll('credential')
    .select(['certificate.not_after', 'certificate.revoked_at'])
    .where(anyOf('credential.person', people))
    .where('credential.kind', 'in', namedKinds())
    .orderBy('credential.created_at')
    .orderBy('credential.id')
    .execute()
  const genuine = coded.allGenuine('credential', rows)
  const inOrder = [...genuine.filter(({ ended_at }) => ended_at !== null), ...genuine.filter((row) => !row.ended_at)]
  const newest = new Map(inOrder.map((row) => [row.person, row]))
  return new Map(
    [...newest].map(([person, row]) => {
      const { id: credential, kind, certificate, environment, expires_at, ended_at } = row
      const { until, ended, odd } = datesOf(row)
      if (odd && certificate !== null) coded.altered({ table: 'certificate', id: certificate, environment })
      return [
        person,
        { credential, kind, ...present({ certificate, until: until ?? expires_at, ended: ended ?? ended_at }) },
      ]
    }),
  )
}

/**
 * What the row of a certificate, which has no code, says of its time. A date that is none is left away; with that of a
 * revocation, until when it would have been good too: nobody signs in with one.
 */
function datesOf({ not_after, revoked_at }: Dates): { until: string | null; ended: string | null; odd: boolean } {
  const at = (instant: string | null): string | null => (isInstant(instant) ? instant : null)
  const ended = at(revoked_at)
  const until = ended === revoked_at ? at(not_after) : null
  return { until, ended, odd: ended !== revoked_at || at(not_after) !== not_after }
}
interface Dates {
  readonly not_after: string | null
  readonly revoked_at: string | null
}
