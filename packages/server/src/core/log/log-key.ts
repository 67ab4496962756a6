import type { Key } from '@scel/pki/crypto'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { SignerPool } from '../issuance/signer-pool.ts'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { type NoteKey, noteKeyOf, noteKeyText, readNoteKey, sameKey } from './note.ts'

/** The key that signs heads, and how others know it. */
export interface LogKey {
  /** What this database's heads are signed with. */
  readonly told: NoteKey
  /** Undefined where the key lies with another desk of the database. */
  readonly key: Key | undefined
  /** What lies beside this desk's keys, whatever the database tells. */
  readonly own: NoteKey | undefined
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly pool: SignerPool
  /** What the log is called: `pki.example.org/scel-log/0123456789abcdef`. */
  readonly origin: () => Promise<string>
}

/**
 * The key of the log, made when there is none. The first line that tells of it is in the log itself: so are those that follow it, one
 * signed under the one before.
 * @throws as `Signers` does
 */
export async function logKeyOf({ work, world, signers, pool, origin }: Needs): Promise<LogKey> {
  const said = await work.read(({ settings }) => settings.get(SETTING))
  if (said === undefined && !(await signers.has(KEY_ID))) await signers.generate(KEY_ID, 'ed25519', 'log')
  const key = (await signers.has(KEY_ID)) ? (await pool.kept(KEY_ID)).key : undefined
  if (said === undefined) {
    const made = await noteKeyOf(await origin(), key!.publicKey)
    await work.transaction(async (stores) => {
      if ((await stores.settings.get(SETTING)) !== undefined) return // another desk was first: its key counts
      const text = noteKeyText(made)
      await stores.settings.set(SETTING, text)
      const target = { kind: 'log', id: made.name } as const
      const at = nowOf(world)
      await record(stores, LOG, { environment: 'production', at, action: 'log.key_made', target, facts: { key: text } })
    })
  }
  const told = (await readNoteKey((await work.read(({ settings }) => settings.get(SETTING))) ?? ''))!
  const own = key && (await noteKeyOf(told.name, key.publicKey))
  return { told, key: own && sameKey(told, own) ? key : undefined, own }
}

const LOG: DeskActor = { kind: 'desk', name: 'log' }
const KEY_ID = 'log'
const SETTING = 'log-key'
