import { refuse } from '@scel/contract/errors'
import { equal, toBase64 } from '@scel/pki/bytes'
import type { LogEntry } from './entries.ts'
import { erasedOf, faultOf, type LogLine } from './line.ts'
import type { Head } from './log.port.ts'
import { type NoteKey, noteKeyText, type ReadNote, readCheckpoint, readNoteKey, sameKey, signerOf } from './note.ts'
import { GrowingTree } from './tree.ts'
import { isYoung } from './young.ts'

/** What whoever checks a log knows of it beforehand. */
export interface VerifyLogOptions {
  /** A head that was kept elsewhere: the log has to be what follows from it. */
  readonly head?: ReadNote
  /** Keys that sign its heads. @default the first that the log itself tells of */
  readonly keys?: readonly NoteKey[]
  /** Lines that had ten minutes before then have to have their place and their signed head. @default none has to */
  readonly now?: Date
}

/** A log that is whole. */
export interface Verified {
  readonly lines: number
  /** Personal data that was erased. */
  readonly erased: number
  /** The newest signed head. */
  readonly head: Head
  /** Base64. */
  readonly root: string
  /** Lines that no signed head stands over yet. */
  readonly unproven: number
  /** The key that signed the newest head. */
  readonly key: string
}

/**
 * Recomputes a log from its beginning, in memory that does not grow with it.
 * @throws DeskError log_* with the first thing that is not as it was
 */
export async function verifyLog(entries: AsyncIterable<LogEntry>, known: VerifyLogOptions = {}): Promise<Verified> {
  const log = new VerifiedLog(known)
  for await (const entry of entries) {
    if (entry.kind === 'head') await log.head(entry.head)
    else if (entry.line.place === undefined) log.waiting(await judged(entry.line, undefined))
    else await log.line(await judged(entry.line, entry.line.place), entry.line.place)
  }
  return log.end()
}

async function judged(line: LogLine, place: number | undefined): Promise<LogLine> {
  const what = INSTANT.test(line.event.at) ? await faultOf(line) : 'leaf'
  // Without a proof that is one of its own, it never was a line of this log.
  if (what === 'leaf' || (what && place === undefined)) refuse('log_line_inserted', { number: line.event.number })
  return what ? refuse('log_line_altered', { number: line.event.number, place: place!, what }) : line
}

/** What the line of an accepted copy tells: how many lines were lost, and its own number and moment. */
interface Restored {
  readonly size: number
  readonly number: number
  readonly at: string
}

class VerifiedLog {
  readonly #known: VerifyLogOptions
  readonly #tree = new GrowingTree()
  readonly #trusted: NoteKey[]
  /** Keys that lines tell of and no head stands over yet. */
  #told: NoteKey[] = []
  #restored: Restored | undefined
  /** What a line tells of an accepted copy and no signed head stands over yet. */
  #toldRestored: Restored | undefined
  /** What is not what follows from the known head, until it is clear whether a copy was accepted. */
  #owed: 'log_rewritten' | undefined
  /** Whether a line that no signed head stands over had the time to get one. */
  #isLate = false
  /** The first head that is none of this log: it says nothing of the lines, which are looked at to their end. */
  #stray: { readonly code: 'log_head_forged' | 'log_head_beyond'; readonly head: Head } | undefined
  /** The last head that the lines come to, signed or not, and the last that is signed. */
  #last: Head | undefined
  #signed: { readonly head: Head; readonly key: NoteKey } | undefined
  #number = 0
  #greatest = 0
  /** As it was at the last two heads: a unit may be slower than one duty, and not than two. */
  #greatestAt: readonly [number, number] = [0, 0]
  #erased = 0
  /** Of that, what lines of the desk tell. */
  #toldErased = 0
  #waiting = 0
  #hasMet = false

  constructor(known: VerifyLogOptions) {
    this.#known = known
    this.#trusted = [...(known.keys ?? [])]
  }

  async line(line: LogLine, place: number): Promise<void> {
    const { number } = line.event
    if (place > this.#tree.size) refuse('log_line_removed', { place: this.#tree.size, after: this.#number })
    if (place < this.#tree.size) refuse('log_line_inserted', { number })
    // Those that get their places together get them in the order of their numbers.
    if (this.#tree.size > (this.#last?.size ?? 0) && number < this.#number)
      refuse('log_lines_reordered', { number, before: this.#number })
    await this.#meet()
    await this.#tree.add(line.hash)
    this.#number = number
    this.#greatest = Math.max(this.#greatest, number)
    this.#count(line)
    this.#age(line)
    await this.#learn(line)
  }

  #age({ event }: LogLine): void {
    const { now } = this.#known
    if (now && !isYoung(event.at, now)) this.#isLate = true
  }

  /** A line that has no place yet can have lost something, and can tell of it. */
  #count(line: LogLine): void {
    const { action, facts } = line.event
    this.#erased += erasedOf(line).length
    if (action === 'log.erased' && typeof facts.fields === 'number') this.#toldErased += facts.fields
  }

  async #learn({ event: { action, facts, number, at } }: LogLine): Promise<void> {
    if (action === 'log.key_made') {
      const key = await readNoteKey(String(facts.key))
      if (key && this.#trusted.length === 0) this.#trusted.push(key)
      else if (key) this.#told.push(key)
    }
    if (action === 'desk.restore_accepted' && typeof facts.size === 'number')
      this.#toldRestored = { size: facts.size, number, at }
  }

  async head(head: Head): Promise<void> {
    const { size, root } = head
    const key = await this.#signerOf(head)
    if (size > this.#tree.size) {
      this.#settle()
      // Where the line that tells of the key is missing too, nobody can say whose the head is.
      if (key || (this.#trusted.length === 0 && readCheckpoint(head.note ?? '')?.size === size))
        refuse('log_line_removed', { place: this.#tree.size, after: this.#number })
      return this.#passOver('log_head_beyond', head)
    }
    // After its lines it is not told of them any more: an export that somebody wrote has it there.
    if (size < this.#tree.size) return this.#passOver('log_head_forged', head)
    if (!equal(root, await this.#tree.root())) {
      if (!key) return this.#passOver('log_head_forged', head)
      // What was kept elsewhere speaks first: it says more than what lies beside the lines.
      await this.#meet()
      this.#settle()
      refuse('log_head_differs', { first: this.#last?.size ?? 0, last: size - 1, size })
    }
    this.#last = head
    this.#greatestAt = [this.#greatestAt[1], this.#greatest]
    if (head.note === undefined) return
    if (!key) return this.#passOver('log_head_forged', head)
    this.#signed = { head, key }
    this.#trusted.push(...this.#told.filter((one) => !this.#trusted.some((other) => sameKey(one, other))))
    this.#told = []
    this.#isLate = false
    this.#restored = this.#toldRestored ?? this.#restored
    this.#settle()
  }

  /** Which key of this log signed just this head. */
  async #signerOf({ size, root, note }: Head): Promise<NoteKey | undefined> {
    const read = note === undefined ? undefined : readCheckpoint(note)
    return read?.size === size && equal(read.root, root) ? await signerOf(read, this.#trusted) : undefined
  }

  #passOver(code: 'log_head_forged' | 'log_head_beyond', head: Head): void {
    this.#stray ??= { code, head }
  }

  #refuseStray(): void {
    if (!this.#stray) return
    const { code, head } = this.#stray
    if (code === 'log_head_beyond') refuse(code, { size: head.size, found: this.#tree.size })
    refuse(code, { size: head.size, at: head.at })
  }

  waiting(line: LogLine): void {
    const { number } = line.event
    // Whatever was stored when places were given has one.
    if (number <= 0 || number < this.#greatestAt[0]) refuse('log_line_inserted', { number })
    this.#waiting++
    this.#count(line)
    this.#age(line)
  }

  /** Compares the tree with the head that was kept elsewhere, when it is as large. */
  async #meet(): Promise<void> {
    const { head } = this.#known
    if (!head || this.#hasMet || head.size !== this.#tree.size) return
    this.#hasMet = true
    if (equal(head.root, await this.#tree.root())) return
    this.#owed = 'log_rewritten'
    // A line explains it only once a signed head stands over that.
    if ((this.#toldRestored?.size ?? 0) < head.size) this.#settle()
  }

  #settle(): void {
    if (this.#owed && this.#known.head) this.#lost(this.#known.head, this.#owed)
  }

  #lost({ size, origin }: ReadNote, code: 'log_rewritten' | 'log_shorter'): never {
    const own = this.#trusted[0]?.name
    if (own !== undefined && origin !== own) refuse('log_head_foreign', { origin, own })
    const { number, at, size: lost } = this.#restored ?? {}
    if (number !== undefined && at !== undefined && lost! >= size) refuse('log_restored', { size, number, at })
    return refuse(code, { size, found: code === 'log_rewritten' ? size : this.#tree.size })
  }

  async end(): Promise<Verified> {
    const { size } = this.#tree
    await this.#meet()
    this.#settle()
    const { head } = this.#known
    if (head && head.size > size) this.#lost(head, 'log_shorter')
    if (!this.#signed) this.#refuseStray()
    // A place is given with a head.
    if (size > (this.#last?.size ?? 0)) refuse('log_line_inserted', { number: this.#number })
    if (!this.#signed) return refuse('log_unsigned', { lines: size })
    const { head: newest, key } = this.#signed
    const unproven = size - newest.size + this.#waiting
    if (this.#isLate) refuse('log_end_unsigned', { lines: unproven, size: newest.size })
    if (this.#erased > this.#toldErased) refuse('log_erased_untold', { found: this.#erased, told: this.#toldErased })
    this.#refuseStray()
    return {
      ...{ lines: size, erased: this.#erased, head: newest, root: toBase64(newest.root) },
      ...{ unproven, key: noteKeyText(key) },
    }
  }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
