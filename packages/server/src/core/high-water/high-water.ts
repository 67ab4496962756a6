import { DeskError, refuse } from '@scel/contract/errors'
import { ENVIRONMENTS } from '@scel/contract/values'
import { fromBase64Url, toBase64, toBase64Url } from '@scel/pki/bytes'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import { sha256 } from '../hash.ts'
import { comesTo, follow, foreignFrom, takenAsItIs } from '../log/follow.ts'
import type { KeptLine } from '../log/log.port.ts'
import { GrowingTree, type TreeState } from '../log/tree.ts'
import type { Report } from '../report.ts'
import type { ForgedRow } from '../row-codes.ts'
import type { Readers, Reading, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import { type LastLine, lackOf, type StoredLine } from './last-line.ts'
import type { Mark, MarkedTree, MarkKeeper } from './mark.port.ts'

/** Why a database is not the one that the desk last worked with. */
export interface Older {
  /** When the mark was made, or the line stored, that it does not reach. */
  readonly since: Instant
  /** Authorities whose newest list is behind. */
  readonly lists: readonly Behind[]
  /** Authorities fewer of whose certificates are revoked. */
  readonly revocations: readonly Behind[]
  /** Authorities whose list of the marked number is another than the one that was published. */
  readonly others: readonly { readonly authority: string; readonly number: number }[]
  /** `cut`: lines are missing at the end; `altered`: the end of the log is another than it was. */
  readonly log: 'whole' | 'cut' | 'altered'
}

/** A number of an authority that was remembered, and the lower one that the database has. */
export interface Behind {
  readonly authority: string
  readonly marked: number
  readonly found: number
}

/** Notices a database that was put back, or whose log was cut: until that is accepted, the desk changes nothing. */
export interface HighWater {
  /** As it was seen last. */
  readonly older: Older | undefined
  /** How often it was found to be older, from when it was taken for the newest. Who has read meanwhile cannot tell of what. */
  readonly doubts: number
  /** The log as it was followed, which is what is remembered of it; undefined while nothing is. */
  readonly tree: TreeState | undefined
  /** The same some lines before: from there on the lines are looked at again and again. */
  readonly treeBefore: TreeState | undefined
  /**
   * Since when others of this desk have had marks, while this one has none yet: what the database lacked when it came, it
   * cannot tell.
   */
  readonly newcomer: Instant | undefined
  /**
   * Compares the database with the mark, the octets of the newest lists too.
   * @throws DeskError mark_missing, mark_unreadable, when nobody can
   */
  look(): Promise<Older | undefined>
  /** Looks only whether the last line that was stored is there: on each new connection, before anybody uses it. */
  meet(stores: Pick<Readers, 'audit'>): Promise<void>
  /** Told that a unit would have given the number of this line again. */
  missed(line: StoredLine): void
  /** Told as soon as it is noticed by something else than a look. */
  onNoticed(listener: (older: Older) => void): void
  /** Looks, and moves the mark to where the database is now. */
  advance(): Promise<void>
  /** Tries again what could not be written last, and whether anything can be. @throws what whoever keeps the mark throws */
  requireWritable(): Promise<void>
  /**
   * Takes the database as it is: lists are published under numbers above all that were ever used, the log says so, and the
   * mark is made anew. Lines of the log that are not the desk's are told of, and get no leaf.
   * @returns what `publishAbove` did
   * @throws DeskError log_gap, before anything is changed
   */
  accept<T>(publishAbove: (number: number) => Promise<T>): Promise<T>
}

interface Needs {
  /** Not the guarded one. */
  readonly work: Work
  readonly world: World
  readonly keeper: MarkKeeper
  readonly lastLine: LastLine
  /** Has every connection to the database made anew, and met, before anything else is asked on it. */
  readonly reconnect: () => void
  readonly report: Report
  /** Told of lines that this desk did not write as they are. */
  readonly forged: (row: ForgedRow) => void
}

export function createHighWater({ work, world, keeper, lastLine, reconnect, report, forged }: Needs): HighWater {
  let older: Older | undefined
  let doubts = 0
  let noticed = (_: Older): void => {}
  let newcomer: Instant | undefined
  /** The last mark could not be written. */
  let behind = false
  /** As it was read or written last: what is lost under a desk that runs is made good from it. */
  let remembered: Mark | undefined
  const digests: Digests = new Map()
  /** The place beyond which the log was not followed, as it was told last. */
  let toldAt: number | undefined

  const tellForeign = ({ event: { number, environment } }: KeptLine): void =>
    forged({ table: 'audit_event', id: String(number), environment })

  /** Where the log goes on with what is not this desk's: that is no older copy, and nobody but the log waits for it. */
  const tellEnd = async (place: number): Promise<void> => {
    for (const line of await foreignFrom(work, place)) tellForeign(line)
    if (toldAt !== place)
      report(
        'the log ends for this desk where a line is not its own: it goes on, and gives no places',
        `place ${place}`,
      )
    toldAt = place
  }

  const conclude = (now: Older | undefined): void => {
    if (now && !older) doubts++
    // What was looked at is one connection's: others may lead to the copy still, and nobody would ask them again.
    if (!now && older) reconnect()
    older = now
  }

  const lacks = (line: StoredLine, log: Older['log']): void => {
    if (older) return // of several connections that are met at once, the first says so
    const now = olderThan(line, log)
    conclude(now)
    noticed(now)
  }

  const write = async (mark: Mark): Promise<void> => {
    behind = true
    await keeper.write(mark)
    behind = false
    remembered = mark
    newcomer = undefined
  }

  /** @returns undefined where there never was one */
  const read = async (): Promise<Mark | undefined> => {
    const [found] = await Promise.allSettled([keeper.read()])
    if (found.status === 'fulfilled' && found.value) {
      remembered = found.value
      return remembered
    }
    if (remembered) {
      const gone = new DeskError('mark_missing', { since: remembered.at })
      const reason = found.status === 'rejected' ? found.reason : gone
      report('the mark beside the keys was lost: it is made anew from what this desk remembers', reason)
      await write(remembered)
      return remembered
    }
    if (found.status === 'rejected') throw found.reason
    const since = await work.read(({ settings }) => settings.get(MARKED))
    if (since !== undefined && !(await keeper.isFirst())) refuse('mark_missing', { since })
    newcomer = since
    return undefined
  }

  /** @param howFar `end` looks only whether log and lists reach as far as they did, which costs nothing at every list */
  const compared = async (howFar: 'end' | 'whole'): Promise<Mark | undefined> => {
    const mark = await read()
    if (howFar === 'whole') digests.clear()
    const log = mark ? await compareLog(work, mark.log, howFar, tellForeign) : 'whole'
    const line = lastLine.stored
    const { found, last } = await work.read(async (stores) => {
      const lack = line && (await lackOf(stores, line))
      const found = (mark && (await compare(stores, mark, digests, log))) ?? (lack && olderThan(line, lack))
      return { found, last: await stores.log.last() }
    })
    conclude(found)
    // Of what others have stored, or this one before it began, the last line that was seen here is asked for from now on.
    if (mark && !older && last) lastLine.keep({ number: last.event.number, leaf: last.leaf, at: last.event.at })
    return mark
  }

  const advanceOnce = async (): Promise<void> => {
    if (older) return // that it is not any more, only a look at the whole can tell
    const mark = await compared('end')
    if (older) return
    const now = nowOf(world)
    const facts = await work.read(async (stores) => ({
      lists: await listsOf(stores, digests),
      marked: await stores.settings.get(MARKED),
    }))
    const log = mark ? await goOn(work, mark.log, tellEnd, tellForeign) : await believed(work, tellForeign)
    const next: Mark = { at: now, lists: facts.lists, log }
    if (!mark || behind || !same(mark, next)) await write(next)
    // After the mark itself: the other way round, a kill between the two would leave a mark missed that was never made.
    if (facts.marked === undefined) await work.transaction(({ settings }) => settings.set(MARKED, now))
  }

  // One after the other: of two that write the mark at once, the one that knew less could be the last.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }

  return {
    get older() {
      return older
    },
    get doubts() {
      return doubts
    },
    get tree() {
      return older || !remembered ? undefined : stateOf(remembered.log.at)
    },
    get treeBefore() {
      return older || !remembered ? undefined : stateOf(remembered.log.from)
    },
    get newcomer() {
      return newcomer
    },
    look: () =>
      inTurn(async () => {
        if (older) reconnect() // where the name leads now, and not where what is in use was led
        await compared('whole')
        return older
      }),
    meet: async (stores) => {
      const line = lastLine.stored
      if (older || !line) return
      const lack = await lackOf(stores, line)
      if (lack) lacks(line, lack)
    },
    missed: (line) => lacks(line, 'cut'),
    onNoticed: (listener) => {
      noticed = listener
    },
    advance: () => inTurn(advanceOnce),
    requireWritable: () =>
      inTurn(async () => {
        if (behind) await advanceOnce()
        await keeper.tryOut()
      }),
    accept: async (publishAbove) => {
      const mark = await keeper.read().catch(() => undefined)
      const log = await believed(work, tellForeign)
      older = undefined
      lastLine.forget()
      const marked = Math.max(0, ...Object.values(mark?.lists ?? {}).map(({ number }) => number))
      // Seconds since 1970: more than the lists that anybody has published, also those that no mark remembers.
      const published = await publishAbove(Math.max(marked, Math.floor(world.now().getTime() / 1_000)))
      const at = nowOf(world)
      // Who has a head of the log from after the copy is told by the log itself why it is not one of this log.
      const lost = mark && (await factsOf(mark.log.at))
      await work.transaction(async (stores) => {
        for (const environment of ENVIRONMENTS) {
          const target = { kind: 'desk', id: mark?.at ?? at } as const
          await record(stores, OPERATOR, {
            environment,
            at,
            action: 'desk.restore_accepted',
            target,
            ...(lost && { facts: lost }),
          })
        }
      })
      const lists = await work.read((stores) => listsOf(stores, digests))
      await write({ at, lists, log })
      return published
    },
  }
}

/** The same work, which changes nothing while the database is an older copy. */
export const guardedWork = (work: Work, olderNow: () => Older | undefined): Work => ({
  read: (run) => work.read(run),
  transaction: async (run, order) => {
    const requireNewest = (): void => {
      const older = olderNow()
      if (older) refuse('database_older', { since: older.since })
    }
    requireNewest()
    return work.transaction((stores) => {
      requireNewest() // the connection may be a new one, to another server than the last
      return run(stores)
    }, order)
  },
})

/**
 * What is read of the newest database alone: who has read while it was found to be an older copy reads again.
 * @throws DeskError database_older; whatever `read` throws
 */
export async function sureOf<T>(highWater: Pick<HighWater, 'older' | 'doubts'>, read: () => Promise<T>): Promise<T> {
  for (;;) {
    const { older, doubts } = highWater
    if (older) refuse('database_older', { since: older.since })
    const answer = read()
    await Promise.allSettled([answer])
    if (!highWater.older && highWater.doubts === doubts) return answer
  }
}

/** The same work, which writes nothing into the database of another desk that stands in the place of its own: there it would be what somebody planted. */
export const ownWork = (work: Work, olderNow: () => Older | undefined): Work => ({
  read: (run) => work.read(run),
  transaction: (run, order) =>
    work.transaction(async (stores) => {
      if (olderNow() && (await stores.authorities.all()).length === 0) refuse('keys_of_another_desk', {})
      return run(stores)
    }, order),
})

const olderThan = ({ at }: StoredLine, log: Older['log']): Older => ({
  ...{ since: at, lists: [], revocations: [], others: [], log },
})

async function compare(stores: Readers, mark: Mark, digests: Digests, log: Older['log']): Promise<Older | undefined> {
  const found = await listsOf(stores, digests)
  const behind = (what: 'number' | 'revoked'): Behind[] =>
    Object.entries(mark.lists)
      .map(([authority, marked]) => ({ authority, marked: marked[what], found: found[authority]?.[what] ?? 0 }))
      .filter((one) => one.found < one.marked)
  const [lists, revocations] = [behind('number'), behind('revoked')]
  const others: { authority: string; number: number }[] = []
  for (const [authority, { number, digest }] of Object.entries(mark.lists)) {
    if (digest === undefined) continue // it had none yet
    const now = found[authority]
    const isNewest = now?.number === number
    const same = isNewest ? now.digest : await digestOf(await stores.crls.numbered(authority, number))
    // Of a list that is not kept any more, those after it speak.
    if (same !== digest && (isNewest || same !== undefined)) others.push({ authority, number })
  }
  const isWhole = lists.length + revocations.length + others.length === 0 && log === 'whole'
  return isWhole ? undefined : { since: mark.at, lists, revocations, others, log }
}

const digestOf = async (crl: { readonly der: Uint8Array } | undefined): Promise<string | undefined> =>
  crl && sha256(crl.der)

async function compareLog(
  work: Reading,
  log: MarkedLog,
  howFar: 'end' | 'whole',
  altered: (line: KeptLine) => void,
): Promise<Older['log']> {
  if ((await work.read((stores) => stores.log.placed())) < log.at.size) return 'cut'
  if (howFar === 'end') return 'whole'
  const tree = new GrowingTree(stateOf(log.from))
  const isThere = await follow(work, tree, log.at.size, false, altered)
  const root = await new GrowingTree(stateOf(log.at)).root()
  return isThere && (await comesTo(tree, root)) ? 'whole' : 'altered'
}

/** Of each authority the digest of its newest list as it was read last: the lists may be megabytes, and most stay as they are. */
type Digests = Map<string, { readonly row: string; readonly digest: string }>

async function listsOf(stores: Readers, digests: Digests): Promise<Mark['lists']> {
  const lists: Record<string, Mark['lists'][string]> = {}
  for (const { id } of await stores.authorities.all()) {
    const newest = await stores.crls.newest(id)
    const digest = newest && (await digestOfNewest(stores, newest, digests))
    const revoked = await stores.revocations.countRevoked(id)
    lists[id] = { number: newest?.number ?? 0, revoked, ...(digest !== undefined && { digest }) }
  }
  return lists
}

type NewestList = NonNullable<Awaited<ReturnType<Readers['crls']['newest']>>>

/** Read again when the row is another one. */
async function digestOfNewest(stores: Readers, facts: NewestList, digests: Digests): Promise<string | undefined> {
  const kept = digests.get(facts.authority)
  const row = JSON.stringify(facts)
  if (kept?.row === row) return kept.digest
  const digest = await digestOf(await stores.crls.numbered(facts.authority, facts.number))
  if (digest !== undefined) digests.set(facts.authority, { row, digest })
  return digest
}

type MarkedLog = Mark['log']
const stateOf = ({ size, roots }: MarkedTree): TreeState => ({ size, roots: roots.map(fromBase64Url) })
const markedOf = ({ size, roots }: TreeState): MarkedTree => ({ size, roots: roots.map(toBase64Url) })
const factsOf = async (tree: MarkedTree): Promise<{ size: number; root: string }> => ({
  size: tree.size,
  root: toBase64(await new GrowingTree(stateOf(tree)).root()),
})

/**
 * Adds the lines that have got their places since, as far as a head stands over them: places are given with one. What is too long to be
 * read at every look begins anew where it is.
 * @param ended told of the place where the desk's own lines end before that
 * @param altered as of `follow`
 */
async function goOn(
  work: Reading,
  log: MarkedLog,
  ended: (place: number) => Promise<void>,
  altered: (line: KeptLine) => void,
): Promise<MarkedLog> {
  const upTo = await work.read(async (stores) =>
    Math.min(await stores.log.placed(), (await stores.log.newestHead())?.size ?? 0),
  )
  let { from, at } = log
  while (at.size < upTo) {
    const tree = new GrowingTree(stateOf(at))
    const isWhole = await follow(work, tree, Math.min(upTo, at.size + LONGEST), true, altered)
    if (tree.size - from.size > LONGEST) from = at
    at = markedOf(tree.state)
    if (isWhole) continue
    await ended(at.size)
    break
  }
  return { from, at }
}

/** The log as it is in the database, for whoever remembers nothing of it. */
async function believed(work: Reading, foreign: (line: KeptLine) => void): Promise<MarkedLog> {
  const { from, at } = await takenAsItIs(work, foreign)
  return { from: markedOf(from), at: markedOf(at) }
}

const same = (one: Mark, other: Mark): boolean =>
  JSON.stringify([one.lists, one.log]) === JSON.stringify([other.lists, other.log])

/** Since when anybody has had a mark of this database. Each knows best of their own, which the database does not lose for them. */
const MARKED = 'marked'
const OPERATOR: DeskActor = { kind: 'desk', name: 'accept-restore' }
/** Lines that a look reads, at most. */
const LONGEST = 2_000
