/** Few words that the desk remembers about itself: its id, its public name, the key of its nonces. */
export interface SettingStore {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}
