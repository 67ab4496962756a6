import { stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Outside } from '../outside.ts'
import { makePrivateFolder, namesIn, readIfPresent } from '../state/files.ts'

export interface NssDatabase {
  readonly folder: string
  /** Makes the database when it is not there; absent for databases that only their program may make. */
  readonly create?: (make: () => Promise<unknown>) => Promise<void>
}

/**
 * The databases of this user's browsers: Chromium's, which is made when there is none yet, and every Firefox profile
 * that there is, native, snap and flatpak.
 */
export async function nssDatabases({ env, home }: Pick<Outside, 'env' | 'home'>): Promise<NssDatabase[]> {
  const data = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local', 'share')
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config')
  const classic = join(home, '.pki', 'nssdb')
  const chromium = [classic, join(data, 'pki', 'nssdb'), join(home, 'snap', 'chromium', 'current', '.pki', 'nssdb')]
  const firefox = [
    join(home, '.mozilla', 'firefox'),
    join(config, 'mozilla', 'firefox'), // Firefox 147 and later
    join(home, 'snap', 'firefox', 'common', '.mozilla', 'firefox'),
    join(home, '.var', 'app', 'org.mozilla.firefox', '.mozilla', 'firefox'),
    join(home, '.var', 'app', 'org.mozilla.firefox', 'config', 'mozilla', 'firefox'),
  ]
  const present = await keep(chromium, isDatabase)
  const profiles = await keep([...new Set((await Promise.all(firefox.map(profilesIn))).flat())], isDatabase)
  // Chromium takes ~/.pki/nssdb whenever it is there, older versions know no other.
  const first = present.some((folder) => folder === classic || folder === chromium[1]) ? [] : [creatable(classic)]
  return [...first, ...[...present, ...profiles].map((folder) => ({ folder }))]
}

const creatable = (folder: string): NssDatabase => ({
  folder,
  async create(make) {
    if (await isDatabase(folder)) return
    await makePrivateFolder(folder)
    await make()
  },
})

/** Profile folders below a Firefox folder, and those that its profiles.ini puts elsewhere. */
async function profilesIn(root: string): Promise<string[]> {
  const inside = (await namesIn(root).catch(() => [])).map((name) => join(root, name))
  const ini =
    (await readIfPresent(join(root, 'profiles.ini'), 1024 * 1024).catch(() => undefined))?.toString('utf8') ?? ''
  const elsewhere = [...ini.matchAll(/^Path=(.+)$/gm)].map(([, path = '']) => path.trim()).filter(isAbsolute)
  return [...inside, ...elsewhere]
}

async function keep(folders: readonly string[], test: (folder: string) => Promise<boolean>): Promise<string[]> {
  const kept: string[] = []
  for (const folder of folders) if (await test(folder)) kept.push(folder)
  return kept
}

const isDatabase = (folder: string): Promise<boolean> =>
  stat(join(folder, 'cert9.db')).then(
    (found) => found.isFile(),
    () => false,
  )
