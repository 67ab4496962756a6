import { refuse } from '@scel/contract/errors'
import type { Environment } from '@scel/contract/values'
import type { DeskActor } from '../../actor.ts'
import { record } from '../../audit/record.ts'
import type { Erasure } from '../../log/erase.ts'
import type { Thing } from '../../log/paths-of.ts'
import type { Readers, Work } from '../../work.ts'
import { nowOf, type World } from '../../world.ts'
import type { Person } from '../person.ts'
import type { UpTo } from './erasure.port.ts'

/** Takes out what the desk says of somebody who is nobody here any more. What was signed stays: certificates, and what was asked for them. */
export interface Erasing {
  /** Of whom that would be. @throws DeskError as `erase` */
  look(environment: Environment, id: string): Promise<Person>
  /**
   * Empties their name and address wherever they stand beside an id, what they typed, and where they called from; then what the log says of them.
   * In many units: whoever is stopped in between begins again, and comes to the same end. Done twice, it changes nothing.
   * @param shown certificates of other authorities that they say they showed at sign-in: SHA-256, hex. Lines say what those call them
   * @throws DeskError not_found; person_not_disabled; person_request_waiting
   */
  erase(actor: DeskActor, environment: Environment, id: string, shown?: readonly string[]): Promise<Erased>
}

export interface Erased {
  /** Rows besides their own that said something. */
  readonly rows: number
  /** Lines of the log that did. */
  readonly lines: number
  /** Certificates that were said to be shown, about which no line is. */
  readonly unknown: readonly string[]
  /** What rows call theirs, and nothing else does: lines about it say what they said. */
  readonly unvouched: readonly Thing[]
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly log: Erasure
  /**
   * Whether a request, or what a certificate was asked for by, was taken in for whoever its row says: whoever writes rows gives somebody what is
   * another's, and its lines would go with them. Given from above, because requests call people.
   */
  readonly isVouched: (stores: Readers, environment: Environment, thing: Thing) => Promise<boolean>
}

export function createErasing({ work, world, log, isVouched }: Needs): Erasing {
  const look = (
    environment: Environment,
    id: string,
  ): Promise<{ person: Person; things: Thing[]; unvouched: Thing[] }> =>
    work.read(async (stores) => {
      const { people, erasures } = stores
      const scope = { environment }
      const person = (await people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
      // Whoever is somebody here is known by name to those who answer for what they do.
      if (person.state !== 'disabled') refuse('person_not_disabled', {})
      const waiting = await erasures.waitingOf(scope, { id, mailboxes: mailboxesOf(person) })
      // Who decides on it must see who asks, and nobody decides their own.
      if (waiting !== undefined) refuse('person_request_waiting', { request: waiting })
      const [things, unvouched]: [Thing[], Thing[]] = [[], []]
      for (const thing of await erasures.thingsOf(scope, id)) {
        const is = thing.kind === 'credential' || (await isVouched(stores, environment, thing))
        ;(is ? things : unvouched).push(thing)
      }
      return { person, things, unvouched }
    })

  return {
    look: async (environment, id) => (await look(environment, id)).person,
    erase: async (actor, environment, id, shown = []) => {
      const { person, things: own, unvouched } = await look(environment, id)
      const things = [...own, ...shown.map((one): Thing => ({ kind: 'certificate', id: one }))]
      const mailboxes = mailboxesOf(person)
      let rows = 0
      for (let from: UpTo | undefined, more = true; more; ) {
        // Whatever else is written meanwhile is in nobody's way: nobody writes their name any more.
        const done = await work.transaction(
          (stores) => stores.erasures.empty({ environment, id, mailboxes }, MOST, from),
          'rows',
        )
        rows += done.rows
        from = done.next
        more = from !== undefined
      }
      await forgetName(actor, environment, id)
      // When no act on them writes their name into it any more, and while the address is known by which what names no id is found.
      const { lines, unknown } = await log.erase(environment, { id, mailboxes, things })
      await forgetAddress(environment, id)
      return { rows, lines, unvouched, unknown: shown.filter((one) => unknown.some((thing) => thing.id === one)) }
    },
  }

  function forgetName(actor: DeskActor, environment: Environment, id: string): Promise<void> {
    return work.transaction(async (stores) => {
      const person = await stores.people.find({ environment }, id)
      if (!person || person.name === '') return
      await stores.people.update({ ...person, name: '' })
      const at = nowOf(world)
      await record(stores, actor, { environment, at, action: 'person.erased', target: { kind: 'person', id } })
      await stores.outbox.append({ environment, kind: 'person', target: id, at })
    })
  }

  /** Whatever finds what names nobody by an id goes last: whoever was stopped before finds it again by the same. */
  function forgetAddress(environment: Environment, id: string): Promise<void> {
    return work.transaction(async (stores) => {
      const person = await stores.people.find({ environment }, id)
      if (person?.email === undefined) return
      const { email: _, emailBy: __, ...known } = person
      await stores.people.update(known)
      await stores.outbox.append({ environment, kind: 'person', target: id, at: nowOf(world) })
    })
  }
}

/** Every address by which somebody is known: what names them by no id is found by these. */
const mailboxesOf = ({ email }: Pick<Person, 'email'>): readonly string[] => (email === undefined ? [] : [email])

/** In one unit. */
const MOST = 100
