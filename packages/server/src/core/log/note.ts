import { defaultSignature } from '@scel/pki/algorithms'
import { concat, equal, fromBase64, fromHex, toBase64, toHex, utf8 } from '@scel/pki/bytes'
import { digest, type Key, sign, verify } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'

// Heads as others read them: checkpoints (https://c2sp.org/tlog-checkpoint) in signed notes (https://c2sp.org/signed-note) under Ed25519.

/** Of a key that signs heads, what others need: `name+id+key` in their text, as they write it. */
export interface NoteKey {
  /** The log's too: the first line of its heads. */
  readonly name: string
  /** 4 octets, hex. */
  readonly id: string
  /** 32 octets. */
  readonly publicKey: Uint8Array
}

/** @param spki of an Ed25519 key */
export async function noteKeyOf(name: string, spki: Uint8Array): Promise<NoteKey> {
  const publicKey = spki.subarray(SPKI.length)
  return { name, id: await idOf(name, publicKey), publicKey }
}

const idOf = async (name: string, publicKey: Uint8Array): Promise<string> =>
  toHex((await digest('SHA-256', concat(utf8(`${name}\n`), ED25519, publicKey))).subarray(0, 4))

export const noteKeyText = ({ name, id, publicKey }: NoteKey): string =>
  `${name}+${id}+${toBase64(concat(ED25519, publicKey))}`

/** @returns undefined for what is no key of this kind, or whose id is another's */
export async function readNoteKey(text: string): Promise<NoteKey | undefined> {
  const [, name = '', id = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text.trim()) ?? []
  const bytes = octetsOf(key)
  if (bytes?.length !== 33 || bytes[0] !== ED25519[0]) return undefined
  const publicKey = bytes.subarray(1)
  return (await idOf(name, publicKey)) === id ? { name, id, publicKey } : undefined
}

/** What a head says. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** The signed head of a tree. @throws what the key's keeper throws */
export async function signCheckpoint(
  head: Omit<Checkpoint, 'origin'>,
  key: Key,
  { name, id }: NoteKey,
): Promise<string> {
  const text = `${name}\n${head.size}\n${toBase64(head.root)}\n`
  const signature = await sign(key, utf8(text), ROW)
  return `${text}\n${DASH} ${name} ${toBase64(concat(fromHex(id), signature))}\n`
}

/** A checkpoint that was read, and not believed yet. */
export interface ReadNote extends Checkpoint {
  /** What is signed. */
  readonly text: string
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly signature: Uint8Array }[]
}

/** @returns undefined for what is no checkpoint in its only form */
export function readCheckpoint(note: string): ReadNote | undefined {
  const blank = note.lastIndexOf('\n\n')
  // Control characters have no place in a note, and a line of thousands neither.
  if (blank < 0 || note.length > LONGEST || /[^\P{Cc}\n]/u.test(note) || !note.endsWith('\n')) return undefined
  const text = note.slice(0, blank + 1)
  const [origin = '', size = '', rootText = '', ...more] = text.slice(0, -1).split('\n')
  const root = octetsOf(rootText)
  if (origin === '' || !/^(?:0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return undefined
  if (root?.length !== 32 || more.includes('')) return undefined
  const signatures: { name: string; id: string; signature: Uint8Array }[] = []
  for (const line of note.slice(blank + 2, -1).split('\n')) {
    const [, name, signed] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? []
    const bytes = signed === undefined ? undefined : octetsOf(signed)
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined
    signatures.push({ name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) })
  }
  return { origin, size: Number(size), root, text, signatures }
}

/**
 * Which of some keys signed a note. A signature that a known key should have made and did not spoils all others.
 * @returns undefined when none did
 */
export async function signerOf(note: ReadNote, keys: readonly NoteKey[]): Promise<NoteKey | undefined> {
  let found: NoteKey | undefined
  for (const { name, id, signature } of note.signatures) {
    const key = keys.find((one) => one.name === name && one.id === id)
    if (!key) continue
    if (name !== note.origin || !(await isSigned(note, key, signature))) return undefined
    found ??= key
  }
  return found
}

async function isSigned({ text }: ReadNote, { publicKey }: NoteKey, signature: Uint8Array): Promise<boolean> {
  try {
    return await verify(ROW, concat(SPKI, publicKey), utf8(text), signature)
  } catch (error) {
    if (isPkiError(error)) return false // no point of the curve
    throw error
  }
}

export const sameKey = (one: NoteKey, other: NoteKey): boolean =>
  one.name === other.name && one.id === other.id && equal(one.publicKey, other.publicKey)

/** Standard base64 in its only form. */
function octetsOf(text: string): Uint8Array | undefined {
  try {
    const bytes = fromBase64(text)
    return toBase64(bytes) === text ? bytes : undefined
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

const DASH = '\u2014'
/** The type of signature among those of notes. */
const ED25519 = Uint8Array.of(1)
/** RFC 8410 §4: what comes before the 32 octets of a public key. */
const SPKI = fromHex('302a300506032b6570032100')
const ROW = defaultSignature('ed25519')
/** Characters; sixteen signatures have room in them. */
const LONGEST = 100_000
