import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBase64Url, toBase64Url } from '@scel/pki/bytes'
import { exportPrivateKey, importPrivateKey, type KeyPair } from '@scel/pki/crypto'
import type { Mark } from '../src/core/high-water/mark.port.ts'
import type { Work } from '../src/core/work.ts'

// What a desk that began once has beside its database: its keys and its mark. Kept for whoever works on a copy of that database, who knows
// it by its first authority: in the folder that a run of all tests shares, or else in one of this process.

export interface Beside {
  /** By id. */
  readonly keys: ReadonlyMap<string, KeyPair>
  readonly mark: Mark | undefined
}

export async function keepBeside(work: Work, { keys, mark }: Beside): Promise<void> {
  const first = await firstOf(work)
  if (first === undefined) throw new Error('nothing has begun there')
  const written: Record<string, string> = {}
  for (const [id, { privateKey }] of keys) written[id] = toBase64Url(await exportPrivateKey(privateKey))
  const file = fileOf(first)
  writeFileSync(`${file}.new`, JSON.stringify({ keys: written, mark }))
  renameSync(`${file}.new`, file)
}

/** @returns undefined for a database that is no such copy */
export async function keptBeside(work: Work): Promise<Beside | undefined> {
  const first = await firstOf(work)
  if (first === undefined || !existsSync(fileOf(first))) return undefined
  let kept = read.get(first)
  if (!kept) {
    kept = reading(fileOf(first))
    read.set(first, kept)
  }
  return kept
}

const read = new Map<string, Promise<Beside>>()

async function reading(file: string): Promise<Beside> {
  const { keys, mark } = JSON.parse(readFileSync(file, 'utf8')) as { keys: Record<string, string>; mark?: Mark }
  const pairs = new Map<string, KeyPair>()
  for (const [id, bytes] of Object.entries(keys)) {
    const privateKey = await importPrivateKey(fromBase64Url(bytes))
    pairs.set(id, { privateKey, publicKey: privateKey.publicKey })
  }
  return { keys: pairs, mark }
}

const firstOf = (work: Work): Promise<string | undefined> =>
  work.read(async (stores) => (await stores.authorities.all()).map(({ id }) => id).sort()[0])

const fileOf = (first: string): string => join(folder(), `${first}.json`)

let own: string | undefined

function folder(): string {
  const share = process.env.SCEL_TESTS_SHARE
  if (share) {
    mkdirSync(join(share, 'begun'), { recursive: true })
    return join(share, 'begun')
  }
  if (own === undefined) {
    own = mkdtempSync(join(tmpdir(), 'scel-begun-'))
    process.once('exit', () => rmSync(own!, { recursive: true, force: true }))
  }
  return own
}
