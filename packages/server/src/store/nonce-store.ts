import type { NonceStore } from '../core/enrolment/nonce.port.ts'
import type { Bound } from './bound.ts'

export const nonceStore = (db: Bound): NonceStore => ({
  async spend(nonce, expiresAt) {
    const insert = db.insertInto('nonce').values({ nonce, expires_at: expiresAt })
    const { numInsertedOrUpdatedRows } = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  },
  async purge(before) {
    const { numDeletedRows } = await db.deleteFrom('nonce').where('expires_at', '<', before).executeTakeFirst()
    return Number(numDeletedRows)
  },
})
