import { changeKnownDesk, type DeskRecord, forgetDesk, readDeskRecord } from '../state/desk-record.ts'
import type { Here } from './here.ts'

/**
 * Nothing is known any more of a request that nobody took, nor of a desk that was only met for it. An earlier run may have sent
 * something that nobody knows the fate of: its key then still lies in the store.
 * @param without what its record is without the request
 * @param hasKeys whether a store still has a key of this desk
 */
export async function dropUntaken(
  { paths }: Pick<Here, 'paths'>,
  name: string,
  without: (present: DeskRecord) => DeskRecord,
  hasKeys: () => Promise<boolean>,
): Promise<void> {
  const record = await readDeskRecord(paths, name)
  if (!record) return
  await changeKnownDesk(paths, { name, record }, without)
  await forgetDesk(paths, name, async ({ enrolledAt, requests, asked = {} }) => {
    if (enrolledAt !== undefined || requests.length > 0) return false
    // Of a request made elsewhere, too, nobody may know the fate.
    if (Object.values(asked).some(({ elsewhere }) => elsewhere)) return false
    return !(await hasKeys())
  })
}
