// Where Node may keep what it compiled of scel, so that the next start need not do it again. Whoever can write there can
// have their code run by this user, so it is a folder that is this user's alone, or none. Plain JavaScript as scel.mjs is.

import { mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/**
 * The folder, or undefined where there is none to be had: scel then starts without, only slower.
 * @param {{ env: Record<string, string | undefined>, platform: string, home: () => string, user: number | undefined,
 *   create: boolean }} asked `user` is the one whose rights this process has; undefined on Windows, where the folder of
 *   local data is its user's alone. Without `create` only a folder that exists is answered.
 * @returns {string | undefined}
 */
export function compileCache({ env, platform, home, user, create }) {
  if (env.NODE_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return undefined // Node has been told
  try {
    const caches = cachesOf(env, platform, home)
    if (caches === undefined) return undefined
    const folder = join(caches, 'scel', 'compiled')
    if (create) {
      // Nothing is made in the home of another, as when sudo keeps HOME.
      if (user !== undefined && !belongsTo(nearest(folder), user)) return undefined
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    }
    const real = realpathSync(folder)
    return user === undefined || belongsTo(real, user) ? real : undefined
  } catch {
    return undefined
  }
}

/** The user's folder for what can be made again. */
function cachesOf(env, platform, home) {
  if (platform === 'win32') return env.LOCALAPPDATA
  if (platform === 'darwin') return join(home(), 'Library', 'Caches')
  const named = env.XDG_CACHE_HOME
  return named && isAbsolute(named) ? named : join(home(), '.cache') // a relative one is to be ignored (XDG)
}

/** The deepest folder on the way that exists, by its real path. */
function nearest(folder) {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return realpathSync(at)
    } catch (error) {
      if (error.code !== 'ENOENT' || dirname(at) === at) throw error
    }
  }
}

/** Whether a folder is the user's, and nobody but they and root can write to it or put another in its place. */
function belongsTo(folder, user) {
  if (statSync(folder).uid !== user) return false
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid } = statSync(at)
    if (uid !== user && uid !== 0) return false
    const sticky = at !== folder && (mode & 0o1000) !== 0 // as /tmp: others cannot move what is not theirs
    if ((mode & 0o022) !== 0 && !sticky) return false
    if (dirname(at) === at) return true
  }
}
