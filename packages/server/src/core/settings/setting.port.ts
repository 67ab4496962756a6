/** Few words that the desk remembers about itself: its id, its public name, the key of its nonces. */
export interface SettingReader {
  get(key: string): Promise<string | undefined>
}

export interface SettingStore extends SettingReader {
  /** @throws DeskError keys_of_another_desk when there is one that this desk did not write */
  set(key: string, value: string): Promise<void>
  /** The same of what is but memory, whoever wrote what is there. */
  overwrite(key: string, value: string): Promise<void>
}
