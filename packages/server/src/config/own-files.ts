import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Files that come with the program.

const ROOT = new URL('../../', import.meta.url)

/** Where the portal is built. */
export const PORTAL_FOLDER: string = fileURLToPath(new URL('../portal/dist', ROOT))

/** The certificate profiles as they were written, unchecked. */
export async function readProfiles(): Promise<unknown[]> {
  const folder = fileURLToPath(new URL('profiles', ROOT))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown))
}

/** The version of this program. */
export async function ownVersion(): Promise<string> {
  const manifest = await readFile(new URL('package.json', ROOT), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
