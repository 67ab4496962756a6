import type { KitFile } from '@scel/contract/kit'
import { stop } from '../ui/cli-error.ts'
import { type NamedRecord, readDeskRecords } from './desk-record.ts'
import type { Paths } from './paths.ts'

/**
 * That a kit says of a known desk what is known of it. Whoever writes a kit writes what they like into it: with the root of
 * somebody else it would replace what the desk's certificates are checked against, and at the address of somebody else, under the
 * desk's id, it would have calls signed that they can pass on to the desk. `name` is the kit's `deskName`, of which two desks may have
 * the same, because somebody sought for it.
 * @throws desk_known_otherwise, record_malformed
 */
export async function requireAsKnown(paths: Paths, name: string, kit: KitFile): Promise<void> {
  for (const known of await readDeskRecords(paths)) {
    if (known.name !== name && known.record.desk.id !== kit.desk.id) continue
    if (!agrees(known, kit)) stop('desk_known_otherwise', { desk: kit.desk.name, file: paths.deskRecord(known.name) })
  }
}

function agrees({ record }: NamedRecord, { desk, roots, rules }: KitFile): boolean {
  const pairs: [string, string][] = [
    [record.desk.id, desk.id],
    [record.roots.desk, roots.desk],
    [record.roots.tls, roots.tls],
    // A desk has a root for each environment.
    ...(record.environment === rules.environment
      ? [[record.roots.environment, roots.environment] as [string, string]]
      : []),
  ]
  return pairs.every(([one, other]) => one.trim() === other.trim())
}
