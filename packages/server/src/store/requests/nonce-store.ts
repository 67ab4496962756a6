import type { NonceStore } from '../../core/applicants/nonce.port.ts'
import type { Bound } from '../bound.ts'
import { prepared } from '../opening/prepared.ts'
import type { Tables } from '../tables.ts'

export const nonceStore = (db: Bound): NonceStore => ({
  async spend(nonce, expiresAt) {
    return (await insertNonce(db, { nonce, expires_at: expiresAt })).numAffectedRows === 1n
  },
  async isSpent(nonce) {
    return (await findNonce(db, { nonce })).rows.length > 0
  },
  async purge(before) {
    const { numDeletedRows } = await db.deleteFrom('nonce').where('expires_at', '<', before).executeTakeFirst()
    return Number(numDeletedRows)
  },
})

const insertNonce = prepared((db, row: Tables['nonce']) =>
  db
    .insertInto('nonce')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
)

const findNonce = prepared((db, { nonce }: { readonly nonce: string }) =>
  db.selectFrom('nonce').select('nonce').where('nonce', '=', nonce),
)
