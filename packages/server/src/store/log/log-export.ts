import { createReadStream, type ReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { refuse } from '@scel/contract/errors'
import { fromBase64, toBase64, utf8 } from '@scel/pki/bytes'
import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { LogEntry } from '../../core/log/entries.ts'
import { eventOfLeaf, type PersonalPath, personalOf, type Salts } from '../../core/log/leaf.ts'
import { leafHash } from '../../core/log/tree.ts'

// A log as text: JSON, an object a line, so that it can be written and read as it goes by. The format is in docs/log-format.md.

const FORMAT = 'scel-log-export/1'

/** The lines of an export, without their ends; whatever a log holds, they act on no terminal. */
export async function* exportedLines(entries: AsyncIterable<LogEntry>): AsyncGenerator<string> {
  yield written({ format: FORMAT })
  let count = 0
  for await (const entry of entries) {
    if (entry.kind === 'head') {
      const { size, root, at, note } = entry.head
      yield written({ head: { size, root: toBase64(root), at, note } })
      continue
    }
    const { place, leaf, event, salts } = entry.line
    const personal = Object.fromEntries(
      [...personalOf(event)].map(([path, value]) => [path, { salt: salts[path] ?? '', value }]),
    )
    yield written({ place, leaf, personal })
    count++
  }
  yield written({ end: count })
}

/** JSON, with what nobody sees (controls, turns of direction) as escapes, which mean the same. */
const written = (value: object): string =>
  JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (unseen) =>
    Array.from({ length: unseen.length }, (_, at) => `\\u${unseen.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  )

/**
 * Reads an export as it goes by.
 * @throws DeskError log_export_unreadable with the line of the file; the file system's error
 */
async function* readExport(input: ReadStream): AsyncGenerator<LogEntry> {
  let number = 0
  let count = 0
  let ended = false
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    const read = ended ? undefined : parsed(text, number)
    if (!read) return refuse('log_export_unreadable', { line: number })
    if ('head' in read) {
      const { root, note, ...head } = read.head
      yield { kind: 'head', head: { ...head, root: fromBase64(root), ...(note !== undefined && { note }) } }
    } else if ('leaf' in read) {
      const { place, leaf, personal } = read
      const values = Object.entries(personal)
      const salts: Salts = Object.fromEntries(values.map(([path, { salt }]) => [path as PersonalPath, salt]))
      const event = eventOfLeaf(leaf, Object.fromEntries(values.map(([path, { value }]) => [path, value])))
      if (!event) return refuse('log_export_unreadable', { line: number })
      const line = { event, salts, leaf, hash: await leafHash(utf8(leaf)) }
      yield { kind: 'line', line: place === undefined ? line : { ...line, place } }
      count++
    } else if ('end' in read) {
      if (read.end !== count) refuse('log_export_unreadable', { line: number })
      ended = true
    }
  }
  if (!ended) refuse('log_export_unreadable', { line: number })
}

/** @throws the file system's error */
export const openExport = (path: string): AsyncGenerator<LogEntry> => readExport(createReadStream(path, 'utf8'))

/** Whether a file is an embedded database; what is none is taken for an export. @throws the file system's error */
export async function isDatabaseFile(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
    return buffer.toString('latin1', 0, bytesRead) === MAGIC
  } finally {
    await file.close()
  }
}
const MAGIC = 'SQLite format 3\0'

type Parsed =
  | { readonly format: string }
  | { readonly head: { readonly size: number; readonly root: string; readonly at: string; readonly note?: string } }
  | { readonly place?: number; readonly leaf: string; readonly personal: Readonly<Record<string, Opened>> }
  | { readonly end: number }
interface Opened {
  readonly salt: string
  readonly value: string | number | boolean
}

function parsed(text: string, line: number): Parsed | undefined {
  try {
    const read: unknown = JSON.parse(text)
    const schema = line === 1 ? FIRST : OTHERS
    return schema.Check(read) ? (read as Parsed) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const exact = (fields: Record<string, TSchema>): TSchema => Type.Object(fields, { additionalProperties: false })
const Whole = Type.Integer({ minimum: 0 })
const FIRST = Compile(exact({ format: Type.Literal(FORMAT) }))
const OTHERS = Compile(
  Type.Union([
    exact({
      head: exact({
        ...{ size: Whole, root: Type.String({ pattern: '^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$' }), at: Type.String() },
        note: Type.Optional(Type.String()),
      }),
    }),
    exact({
      ...{ place: Type.Optional(Type.Integer()), leaf: Type.String() },
      personal: Type.Record(
        Type.String(),
        exact({
          salt: Type.String({ maxLength: 22 }),
          value: Type.Union([Type.String(), Type.Number(), Type.Boolean()]),
        }),
      ),
    }),
    exact({ end: Whole }),
  ]),
)
