import type { SettingStore } from '../core/settings/setting.port.ts'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'

export const settingStore = (db: Bound, coded: CodedRows): SettingStore => ({
  async get(key) {
    const row = await db.selectFrom('setting').selectAll().where('key', '=', key).executeTakeFirst()
    return coded.genuine('setting', row)?.value
  },
  async set(key, value) {
    const row = coded.sealed('setting', { key, value })
    const insert = db.insertInto('setting').values(row)
    const { row_code } = row
    await insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value, row_code })).execute()
  },
})
