/** Names of files on every platform; never a path. */
export const isKeyId = (text: string): boolean => /^[A-Za-z0-9_-]{1,100}$/.test(text)
export const KEY_ENDING = '.key'
/** As the hierarchy names them. */
export const isRootKeyId = (keyId: string): boolean => /^[a-z]+-root(?:-\d+)?$/.test(keyId)
