import { refuse } from '@scel/contract/errors'
import type { SettingStore } from '../../core/settings/setting.port.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'

export function settingStore(db: Bound, coded: CodedRows): SettingStore {
  const overwrite = async (key: string, value: string): Promise<void> => {
    const row = coded.sealed('setting', { key, value })
    const insert = db.insertInto('setting').values(row)
    const { row_code } = row
    await insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value, row_code })).execute()
  }
  return {
    async get(key) {
      const row = await db.selectFrom('setting').selectAll().where('key', '=', key).executeTakeFirst()
      return coded.genuine('setting', row)?.value
    },
    async set(key, value) {
      const kept = await db.selectFrom('setting').selectAll().where('key', '=', key).executeTakeFirst()
      // What somebody else has written is not written over: on one database, two desks would take turns at it.
      if (kept && !coded.genuine('setting', kept)) refuse('keys_of_another_desk', {})
      await overwrite(key, value)
    },
    overwrite,
  }
}
