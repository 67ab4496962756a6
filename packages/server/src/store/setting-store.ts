import type { SettingStore } from '../core/settings/setting.port.ts'
import type { Bound } from './bound.ts'

export const settingStore = (db: Bound): SettingStore => ({
  async get(key) {
    const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
    return row?.value
  },
  async set(key, value) {
    const insert = db.insertInto('setting').values({ key, value })
    await insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
  },
})
