import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refuse } from '@scel/contract/errors'
import { memberTwice } from './member-twice.ts'

// Files that come with the program, and those of the operator that stand beside them.

const ROOT = new URL('../../', import.meta.url)

/** Where the portal is built. */
export const PORTAL_FOLDER: string = fileURLToPath(new URL('../portal/dist', ROOT))

/** Where the profiles of certificates are that come with the program. */
const PROFILES_FOLDER: string = fileURLToPath(new URL('profiles', ROOT))

/**
 * The profiles of a folder as they were written, unchecked: one for each `*.json` in it.
 * @throws DeskError profile_invalid for a file that is no JSON, or says something twice; what `node:fs` throws when the folder does not read
 */
export async function readProfiles(folder: string = PROFILES_FOLDER): Promise<unknown[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map((name) => readProfile(folder, name)))
}

async function readProfile(folder: string, name: string): Promise<unknown> {
  const text = await readFile(join(folder, name), 'utf8')
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return refuse('profile_invalid', { profile: name, field: 'JSON' })
  }
  const twice = memberTwice(text)
  return twice === undefined ? raw : refuse('profile_invalid', { profile: name, field: twice.slice(0, 40) })
}

/** The version of this program. */
export async function ownVersion(): Promise<string> {
  const manifest = await readFile(new URL('package.json', ROOT), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
