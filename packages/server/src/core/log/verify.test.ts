import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeskErrorCode, isDeskError } from '@scel/contract/errors'
import { toBase64Url, utf8 } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import type { LogEntry } from './entries.ts'
import { type LoggedEvent, leafOf, newSalts } from './leaf.ts'
import type { LogLine } from './line.ts'
import { type NoteKey, noteKeyOf, noteKeyText, readCheckpoint, signCheckpoint } from './note.ts'
import { GrowingTree, leafHash } from './tree.ts'
import { type Verified, type VerifyLogOptions, verifyLog } from './verify.ts'

type Line = LogLine & { readonly place?: number }
const AT = '2026-11-22T10:00:00.000Z'

async function lineOf(number: number, more: Partial<LoggedEvent> = {}): Promise<LogLine> {
  const event: LoggedEvent = {
    ...{ number, environment: 'production', at: AT, action: 'request.rejected', outcome: 'done' },
    ...{ actor: { kind: 'person', id: 'ada', name: 'Ada' }, target: { kind: 'request', id: `${number}` }, facts: {} },
    ...more,
  }
  const salts = newSalts(event, (length) => crypto.getRandomValues(new Uint8Array(length)))
  const leaf = await leafOf(event, salts)
  return { event, salts, leaf, hash: await leafHash(utf8(leaf)) }
}

interface Signing {
  readonly told: NoteKey
  readonly privateKey: Parameters<typeof signCheckpoint>[1]
}
async function newKey(name = 'pki.example.org/scel-log/1'): Promise<Signing> {
  const { privateKey, publicKey } = await generateKeyPair('ed25519')
  return { told: await noteKeyOf(name, publicKey), privateKey }
}
const keyLine = ({ told }: Signing, number: number): Promise<LogLine> =>
  lineOf(number, {
    ...{ action: 'log.key_made', actor: { kind: 'desk', name: 'log' }, target: { kind: 'log', id: told.name } },
    facts: { key: noteKeyText(told) },
  })

/** A log of these lines with a signed head after every few. */
async function logOf(lines: readonly LogLine[], { told, privateKey }: Signing, every = 5): Promise<LogEntry[]> {
  const tree = new GrowingTree()
  const entries: LogEntry[] = []
  for (const [place, line] of lines.entries()) {
    await tree.add(line.hash)
    entries.push({ kind: 'line', line: { ...line, place } })
    if (tree.size % every !== 0 && tree.size !== lines.length) continue
    const head = { size: tree.size, root: await tree.root(), at: AT }
    entries.push({ kind: 'head', head: { ...head, note: await signCheckpoint(head, privateKey, told) } })
  }
  return entries
}

async function sample(count = 23) {
  const key = await newKey()
  const lines = [await keyLine(key, 1)]
  for (let number = 2; number <= count; number++) lines.push(await lineOf(number))
  return { key, lines, entries: await logOf(lines, key) }
}

const verify = async (entries: readonly LogEntry[], known?: VerifyLogOptions): Promise<Verified> =>
  verifyLog(
    (async function* () {
      yield* entries
    })(),
    known,
  )

async function fault(
  entries: readonly LogEntry[],
  known?: VerifyLogOptions,
): Promise<[DeskErrorCode, object] | undefined> {
  try {
    await verify(entries, known)
    return undefined
  } catch (error) {
    if (isDeskError(error)) return [error.code, error.facts]
    throw error
  }
}

/** The log with its lines changed, and places given anew where they moved. */
const changed = (entries: readonly LogEntry[], change: (lines: Line[]) => readonly Line[]): LogEntry[] => {
  const lines = change(entries.flatMap((entry) => (entry.kind === 'line' ? [entry.line] : [])))
  const left = [...lines]
  const out: LogEntry[] = []
  for (const entry of entries) {
    if (entry.kind === 'line') continue
    while (left.length > 0 && left[0]!.place! < entry.head.size) out.push({ kind: 'line', line: left.shift()! })
    out.push(entry)
  }
  return [...out, ...left.map((line) => ({ kind: 'line', line }) as const)]
}
const again = (lines: readonly LogLine[]): Line[] => lines.map((line, place) => ({ ...line, place }))
const headAt = (entries: readonly LogEntry[], size: number) => {
  const found = entries.find((entry) => entry.kind === 'head' && entry.head.size === size)
  return readCheckpoint((found as Extract<LogEntry, { kind: 'head' }>).head.note!)!
}

test('a whole log is recomputed', async () => {
  const { entries, key } = await sample()
  const whole = await verify(entries)
  assert.deepEqual([whole.lines, whole.erased, whole.unproven, whole.head.size], [23, 0, 0, 23])
  assert.equal(whole.key, noteKeyText(key.told))
})

test('what was erased is counted, and no more may be gone than lines of the desk tell', async () => {
  const { lines, key } = await sample()
  const told = (number: number, fields: number) =>
    lineOf(number, {
      ...{ action: 'log.erased', actor: { kind: 'desk', name: 'log' }, target: { kind: 'person', id: 'ada' } },
      facts: { lines: fields, fields },
    })
  const emptied = (entries: readonly LogEntry[], places: readonly number[]) =>
    changed(entries, (all) =>
      all.map((line) =>
        places.includes(line.place!)
          ? { ...line, salts: {}, event: { ...line.event, actor: { kind: 'person', id: 'ada' } } }
          : line,
      ),
    )
  const telling = await logOf([...lines, await told(24, 2), await told(25, 1)], key)
  assert.equal((await verify(emptied(telling, [7, 8, 20]))).erased, 3)
  assert.equal((await verify(emptied(telling, [7]))).erased, 1)
  const untold = await fault(emptied(telling, [7, 8, 20, 21]))
  assert.deepEqual(untold, ['log_erased_untold', { found: 4, told: 3 }])
  assert.deepEqual(await fault(emptied(await logOf(lines, key), [7])), ['log_erased_untold', { found: 1, told: 0 }])
  // Told in a line that has no place yet.
  const waiting: LogEntry = { kind: 'line', line: await told(26, 1) }
  assert.equal((await verify([...emptied(telling, [7, 8, 20, 21]), waiting])).erased, 4)
})

test('the first line that was altered is named: what is shown, its hash, or line and proof together', async () => {
  const { entries, key } = await sample()
  const at = (place: number, change: (line: Line) => Line) =>
    changed(entries, (lines) => lines.map((line) => (line.place === place ? change(line) : line)))
  const eve = (line: Line): Line => ({ ...line, event: { ...line.event, actor: { ...line.event.actor, name: 'Eve' } } })
  assert.deepEqual(await fault(at(7, eve)), ['log_line_altered', { number: 8, place: 7, what: 'shown' }])
  const hash = new Uint8Array(32)
  assert.deepEqual(await fault(at(7, (line) => ({ ...line, hash }))), [
    'log_line_altered',
    { number: 8, place: 7, what: 'hash' },
  ])
  const other = { ...(await lineOf(8, { action: 'request.approved' })), place: 7 }
  assert.deepEqual(await fault(at(7, () => other)), ['log_head_differs', { first: 5, last: 9, size: 10 }])
  const tree = await logOf([await keyLine(key, 1), other], await newKey())
  assert.equal((await fault(tree))?.[0], 'log_head_forged', 'a head under another key')
})

test('a line that was removed, put in or exchanged is named, also where all others moved up', async () => {
  const { entries, lines } = await sample()
  assert.deepEqual(await fault(changed(entries, (all) => all.filter(({ place }) => place !== 7))), [
    'log_line_removed',
    { place: 7, after: 7 },
  ])
  assert.deepEqual(await fault(changed(entries, (all) => again(all.filter(({ place }) => place !== 7)))), [
    'log_head_differs',
    { first: 5, last: 9, size: 10 },
  ])
  const planted = await lineOf(99)
  const inserted = again([...lines.slice(0, 7), planted, ...lines.slice(7)])
  assert.equal((await fault(changed(entries, () => inserted)))?.[0], 'log_lines_reordered')
  const fitting = await lineOf(8)
  const squeezed = again([...lines.slice(0, 7), fitting, ...lines.slice(7)])
  assert.deepEqual(await fault(changed(entries, () => squeezed)), ['log_head_differs', { first: 5, last: 9, size: 10 }])
  assert.deepEqual(await fault([...entries, { kind: 'line', line: await lineOf(3) }]), [
    'log_line_inserted',
    { number: 3 },
  ])
  assert.deepEqual(await fault([...entries, { kind: 'line', line: { ...planted, place: 23 } }]), [
    'log_line_inserted',
    { number: 99 },
  ])
  const swapped = [...lines]
  ;[swapped[6], swapped[8]] = [swapped[8]!, swapped[6]!]
  assert.deepEqual(await fault(changed(entries, () => again(swapped))), [
    'log_lines_reordered',
    { number: 8, before: 9 },
  ])
  const apart = [...lines]
  ;[apart[4], apart[12]] = [apart[12]!, apart[4]!]
  assert.deepEqual(await fault(changed(entries, () => again(apart))), [
    'log_head_differs',
    { first: 0, last: 4, size: 5 },
  ])
})

test('a log that was written anew with all its heads is found by an older head, or by its key', async () => {
  const { entries, key, lines } = await sample()
  const [old, thief] = [headAt(entries, 15), await newKey()]
  assert.equal(await fault(entries, { head: old, keys: [key.told] }), undefined)
  const forged = [
    await keyLine(thief, 1),
    ...(await Promise.all(lines.slice(1).map(({ event }) => lineOf(event.number)))),
  ]
  const anew = await logOf(forged, thief)
  assert.equal(await fault(anew), undefined, 'it is whole in itself')
  assert.deepEqual(await fault(anew, { head: old }), ['log_rewritten', { size: 15, found: 15 }])
  assert.deepEqual(await fault(anew, { keys: [key.told] }), ['log_head_forged', { size: 5, at: AT }])
  // From some line on, with the key of the desk itself.
  const later = await logOf([...lines.slice(0, 12), ...forged.slice(12)], key)
  assert.equal(await fault(later), undefined)
  assert.deepEqual(await fault(later, { head: old }), ['log_rewritten', { size: 15, found: 15 }])
  assert.equal(await fault(later, { head: headAt(entries, 10) }), undefined, 'what that head stands over is as it was')
})

test('a log that was cut is told by a head from before, and one that was restored says so', async () => {
  const { entries, key, lines } = await sample()
  const head = headAt(entries, 23)
  const short = await logOf(lines.slice(0, 10), key)
  assert.equal(await fault(short), undefined)
  assert.deepEqual(await fault(short, { head }), ['log_shorter', { size: 23, found: 10 }])
  const accepted = await lineOf(40, { action: 'desk.restore_accepted', facts: { size: 23, root: 'x' } })
  const restored = await logOf([...lines.slice(0, 10), accepted], key)
  assert.deepEqual(await fault(restored, { head }), ['log_restored', { size: 23, number: 40, at: AT }])
  const on = await Promise.all(Array.from({ length: 20 }, (_, index) => lineOf(50 + index)))
  const longer = await logOf([...lines.slice(0, 10), accepted, ...on], key)
  assert.deepEqual(await fault(longer, { head }), ['log_restored', { size: 23, number: 40, at: AT }])
  const foreign = readCheckpoint(
    await signCheckpoint({ size: 5, root: head.root }, key.privateKey, (await newKey('another/log')).told),
  )!
  assert.deepEqual((await fault(entries.slice(0, 5), { head: foreign }))?.[0], 'log_head_foreign')
})

test('a line that tells of an accepted copy explains nothing until a signed head stands over it', async () => {
  const { entries, key, lines } = await sample()
  const head = headAt(entries, 23)
  const accepted = await lineOf(40, { action: 'desk.restore_accepted', facts: { size: 23, root: 'x' } })
  const on = await Promise.all(Array.from({ length: 16 }, (_, index) => lineOf(50 + index)))
  const signedTo = (log: LogEntry[], size: number): LogEntry[] =>
    log.map((entry): LogEntry => {
      if (entry.kind === 'line' || entry.head.size <= size) return entry
      const { note: _, ...left } = entry.head
      return { kind: 'head', head: left }
    })
  const short = await logOf([...lines.slice(0, 10), accepted], key)
  assert.deepEqual(await fault(signedTo(short, 10), { head }), ['log_shorter', { size: 23, found: 11 }])
  const longer = await logOf([...lines.slice(0, 10), accepted, ...on], key, 100)
  assert.deepEqual(await fault(longer, { head }), ['log_restored', { size: 23, number: 40, at: AT }])
  const made = await logOf([...lines.slice(0, 10), accepted, ...on], key)
  assert.deepEqual(await fault(signedTo(made, 10), { head }), ['log_rewritten', { size: 23, found: 23 }])
})

test('a head that no lines come to is told from lines that were removed', async () => {
  const { entries, lines, key } = await sample()
  const last = entries.at(-1) as Extract<LogEntry, { kind: 'head' }>
  for (const note of [undefined, 'evil note\n', last.head.note!]) {
    const { note: _, ...head } = { ...last.head, size: 9_007_199_254_740_000 }
    const planted: LogEntry = { kind: 'head', head: note === undefined ? head : { ...head, note } }
    assert.deepEqual(await fault([...entries, planted]), ['log_head_beyond', { size: head.size, found: 23 }])
  }
  const cut = [...(await logOf(lines.slice(0, 20), key)), last]
  assert.deepEqual(await fault(cut), ['log_line_removed', { place: 20, after: 20 }])
  const keyless = [...(await logOf(lines.slice(1, 5), key)).filter(({ kind }) => kind === 'line'), last]
  assert.deepEqual(await fault(keyless), ['log_line_removed', { place: 4, after: 5 }])
})

test('a head that no key of the log signed accuses no line, and is told of when all lines were looked at', async () => {
  const { entries, key, lines } = await sample()
  const thief = await newKey()
  const root = new Uint8Array(32).fill(7)
  const at = '2026-11-22T09:00:00.000Z'
  const planted: Record<string, string | undefined> = {
    none: undefined,
    text: 'evil note\n',
    theirs: await signCheckpoint({ size: 7, root }, thief.privateKey, thief.told),
    ours: await signCheckpoint({ size: 8, root }, key.privateKey, key.told),
  }
  const with7 = (all: readonly LogEntry[], note: string | undefined): LogEntry[] =>
    all.flatMap((entry): LogEntry[] =>
      entry.kind === 'line' && entry.line.place === 6
        ? [entry, { kind: 'head', head: { size: 7, root, at, ...(note !== undefined && { note }) } }]
        : [entry],
    )
  for (const [what, note] of Object.entries(planted)) {
    assert.deepEqual(await fault(with7(entries, note)), ['log_head_forged', { size: 7, at }], what)
    // What is wrong with lines after it is found all the same.
    const other = { ...(await lineOf(18)), place: 17 }
    const altered = changed(entries, (all) => all.map((line) => (line.place === 17 ? other : line)))
    const said = await fault(with7(altered, note))
    assert.deepEqual(said, ['log_head_differs', { first: 15, last: 19, size: 20 }], what)
  }
  const signed = await signCheckpoint({ size: 7, root }, key.privateKey, key.told)
  assert.deepEqual(await fault(with7(entries, signed)), ['log_head_differs', { first: 5, last: 6, size: 7 }])
  // The right root under a note that says nothing.
  const spoilt = entries.map(
    (entry): LogEntry =>
      entry.kind === 'head' && entry.head.size === 10 ? { ...entry, head: { ...entry.head, note: 'junk' } } : entry,
  )
  assert.deepEqual(await fault(spoilt), ['log_head_forged', { size: 10, at: AT }])
  // Neither does one that comes after its lines.
  const [head] = (await logOf(lines.slice(0, 5), key)).filter(({ kind }) => kind === 'head')
  assert.deepEqual(await fault([...entries, head!]), ['log_head_forged', { size: 5, at: AT }])
  const beyond: LogEntry = { kind: 'head', head: { size: 90, root, at } }
  const late = { ...(await lineOf(24)), event: { ...(await lineOf(24)).event, target: { kind: 'request', id: 'x' } } }
  assert.deepEqual(await fault([...entries, beyond, { kind: 'line', line: late }]), [
    'log_line_inserted',
    { number: 24 },
  ])
})

test('lines that have their places and had their time need a signed head', async () => {
  const { entries, key } = await sample()
  const unsigned = entries.map((entry): LogEntry => {
    if (entry.kind === 'line' || entry.head.size < 23) return entry
    const { note: _, ...head } = entry.head
    return { kind: 'head', head }
  })
  const [soon, late, early] = [5, 11, -11].map((minutes) => new Date(Date.parse(AT) + minutes * 60_000))
  const keys = [key.told]
  assert.equal(await fault(entries, { now: late!, keys }), undefined)
  assert.equal(await fault(unsigned, { now: soon!, keys }), undefined)
  for (const now of [late!, early!])
    assert.deepEqual(await fault(unsigned, { now, keys }), ['log_end_unsigned', { lines: 3, size: 20 }])
  // Without a place they are no younger: so does the end of a log stand that somebody wrote anew.
  const waiting: LogEntry = { kind: 'line', line: await lineOf(24) }
  assert.equal(await fault([...entries, waiting], { now: soon!, keys }), undefined)
  for (const now of [late!, early!]) {
    assert.deepEqual(await fault([...entries, waiting], { now, keys }), ['log_end_unsigned', { lines: 1, size: 23 }])
    assert.deepEqual(await fault([...unsigned, waiting], { now, keys }), ['log_end_unsigned', { lines: 4, size: 20 }])
  }
})

test('a line below the first place or number was put in', async () => {
  const { entries } = await sample()
  const below: LogEntry = { kind: 'line', line: { ...(await lineOf(30)), place: -1 } }
  assert.deepEqual(await fault([...entries, below]), ['log_line_inserted', { number: 30 }])
  const [minus] = [await lineOf(-5)]
  assert.deepEqual(await fault([...entries, { kind: 'line', line: minus }]), ['log_line_inserted', { number: -5 }])
})

test('a line that says no instant was never one of this log', async () => {
  const { lines, key } = await sample(3)
  const odd = await lineOf(4, { at: '\u001b[31mPWNED\u0007' })
  assert.deepEqual(await fault(await logOf([...lines, odd], key)), ['log_line_inserted', { number: 4 }])
})

test('another key counts from the head on that stands over the line which tells of it', async () => {
  const { key, lines } = await sample(10)
  const next = await newKey()
  const told = await keyLine(next, 11)
  const rest = await Promise.all([12, 13, 14, 15].map((number) => lineOf(number)))
  const all = [...lines, told, ...rest]
  const tree = new GrowingTree()
  const entries: LogEntry[] = []
  for (const [place, line] of all.entries()) {
    await tree.add(line.hash)
    entries.push({ kind: 'line', line: { ...line, place } })
    if (tree.size !== 11 && tree.size !== 15) continue
    const { told: by, privateKey } = tree.size === 11 ? key : next
    const head = { size: tree.size, root: await tree.root(), at: AT }
    entries.push({ kind: 'head', head: { ...head, note: await signCheckpoint(head, privateKey, by) } })
  }
  assert.equal((await verify(entries)).key, noteKeyText(next.told))
  const without = entries.filter((entry) => entry.kind === 'line' || entry.head.size !== 11)
  assert.deepEqual((await fault(without))?.[0], 'log_head_forged')
})

test('lines without a head are not proven, and those that wait are counted', async () => {
  const { entries, lines } = await sample(5)
  assert.deepEqual(await fault(entries.filter(({ kind }) => kind === 'line')), ['log_line_inserted', { number: 5 }])
  const unsigned = entries.map((entry): LogEntry => {
    if (entry.kind === 'line') return entry
    const { note: _, ...head } = entry.head
    return { kind: 'head', head }
  })
  assert.deepEqual(await fault(unsigned), ['log_unsigned', { lines: 5 }])
  assert.equal((await verify([...entries, { kind: 'line', line: await lineOf(6) }])).unproven, 1)
  assert.equal(toBase64Url(lines[0]!.hash).length, 43)
})
