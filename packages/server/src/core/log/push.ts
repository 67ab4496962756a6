import type { Duties } from '../duties/duties.ts'
import type { DutyName } from '../duties/duty.ts'
import type { Report } from '../report.ts'
import type { Work } from '../work.ts'
import { HOUR, type Instant, MINUTE, nowOf, type World } from '../world.ts'
import type { LogDuty, SignedHead } from './duty.ts'

/** Where heads are kept that the desk cannot take back. */
export interface HeadTarget {
  /** For people. */
  readonly name: string
  /** From where it has that name; another desk’s of the same name is another target then. @default the same from everywhere */
  readonly place?: string
  /** Kept when it returns; the same head may come twice. */
  send(head: { readonly size: number; readonly note: string }): Promise<void>
}

/** How far a target has been told. */
export interface Pushed {
  readonly to: string
  /** The newest head that it has, and since when. */
  readonly size: number
  readonly at?: Instant
  /** Since when it takes none. */
  readonly failingSince?: Instant
}

/** Sends signed heads to where they are kept. */
export interface HeadPush {
  /**
   * Sends the newest to whoever has not got it; no target waits for another. Never throws: what fails is told, and tried again after a pause
   * that grows to an hour. What does not answer fails, too, and nothing more is begun there until it does: nobody can call it back.
   */
  push(): Promise<void>
  /** Whether some target has not answered yet. */
  isSending(): boolean
  pushed(): Promise<readonly Pushed[]>
}

interface Needs {
  readonly work: Work
  readonly world: World
  /** What is known to be signed by the desk. */
  readonly newest: LogDuty['newest']
  readonly targets: readonly HeadTarget[]
  readonly report: Report
  /** Of several desks one sends to a target. */
  readonly duties: Pick<Duties, 'take' | 'keep' | 'letGo'>
}

interface Failing {
  readonly since: Instant
  readonly pause: number
  /** By the time that goes by. */
  readonly next: number
}

interface Sending {
  /** By the time that goes by. */
  readonly since: number
  readonly done: Promise<void>
  isTold: boolean
}

export function createHeadPush({ work, world, newest, targets, report, duties }: Needs): HeadPush {
  const failing = new Map<HeadTarget, Failing>()
  const sending = new Map<HeadTarget, Sending>()

  const known = async (target: HeadTarget): Promise<{ size: number; at?: Instant }> => {
    const said = await work.read(({ settings }) => settings.get(settingOf(target)))
    return said === undefined ? { size: 0 } : (JSON.parse(said) as { size: number; at: Instant })
  }

  const unsent = async (target: HeadTarget): Promise<SignedHead | undefined> => {
    const head = await newest()
    // A shorter log than was told of is one that was put back: it is told of again from there.
    return head?.size === (await known(target)).size ? undefined : head
  }

  const fails = async (target: HeadTarget, error: unknown): Promise<void> => {
    const before = failing.get(target)
    const pause = Math.min(HOUR, before ? before.pause * 2 : MINUTE)
    failing.set(target, { since: before?.since ?? nowOf(world), pause, next: world.elapsed() + pause })
    report(`a head of the log was not taken by ${target.name}`, error)
    // Another desk may reach it. A lease that cannot be let go ends by itself.
    await duties.letGo(dutyOf(target)).catch(() => undefined)
  }

  const pushTo = async (target: HeadTarget): Promise<void> => {
    if (world.elapsed() < (failing.get(target)?.next ?? 0)) return
    try {
      if (!(await unsent(target)) || (await duties.take(dutyOf(target))) === 'other') return
      const head = await unsent(target) // another desk may have sent it before it let go
      if (!head) return
      await target.send({ size: head.size, note: head.note })
      const said = JSON.stringify({ size: head.size, at: nowOf(world) })
      await work.transaction(({ settings }) => settings.overwrite(settingOf(target), said))
      await duties.keep(dutyOf(target)).catch(() => false) // the others may send it too
      if (failing.delete(target)) report('heads of the log are taken again', target.name)
    } catch (error) {
      await fails(target, error)
    }
  }

  const oneAtATime = (target: HeadTarget): Promise<void> => {
    const before = sending.get(target)
    if (before) {
      if (!before.isTold && world.elapsed() - before.since >= LONGEST) {
        before.isTold = true
        void fails(target, new Error(`no answer for more than ${LONGEST / 1_000} s`))
      }
      return before.done
    }
    const done = pushTo(target).finally(() => sending.delete(target))
    sending.set(target, { since: world.elapsed(), done, isTold: false })
    return done
  }

  return {
    push: async () => void (await Promise.all(targets.map(oneAtATime))),
    isSending: () => sending.size > 0,
    pushed: () =>
      Promise.all(
        targets.map(async (target) => {
          const since = failing.get(target)?.since
          return { to: target.name, ...(await known(target)), ...(since !== undefined && { failingSince: since }) }
        }),
      ),
  }
}

const dutyOf = (target: HeadTarget): DutyName => `heads ${placeOf(target)}`
const settingOf = (target: HeadTarget): string => `log-pushed ${placeOf(target)}`
const placeOf = ({ place, name }: HeadTarget): string => (place ? `${place} ${name}` : name)

/** Milliseconds, after which a target is one that does not answer. */
const LONGEST = MINUTE / 2
