import type { Report } from '../report.ts'
import type { Work } from '../work.ts'
import { HOUR, type Instant, MINUTE, nowOf, type World } from '../world.ts'
import type { LogDuty } from './duty.ts'

/** Where heads are kept that the desk cannot take back. */
export interface HeadTarget {
  /** For people. */
  readonly name: string
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
  /** Sends the newest to whoever has not got it. Never throws: what fails is told, and tried again after a pause that grows to an hour. */
  push(): Promise<void>
  pushed(): Promise<readonly Pushed[]>
}

interface Needs {
  readonly work: Work
  readonly world: World
  /** What is known to be signed by the desk. */
  readonly newest: LogDuty['newest']
  readonly targets: readonly HeadTarget[]
  readonly report: Report
}

interface Failing {
  readonly since: Instant
  readonly pause: number
  /** By the time that goes by. */
  readonly next: number
}

export function createHeadPush({ work, world, newest, targets, report }: Needs): HeadPush {
  const failing = new Map<HeadTarget, Failing>()
  let under: Promise<void> | undefined

  const known = async ({ name }: HeadTarget): Promise<{ size: number; at?: Instant }> => {
    const said = await work.read(({ settings }) => settings.get(settingOf(name)))
    return said === undefined ? { size: 0 } : (JSON.parse(said) as { size: number; at: Instant })
  }

  const pushTo = async (target: HeadTarget): Promise<void> => {
    const before = failing.get(target)
    if (before && world.elapsed() < before.next) return
    try {
      const head = await newest()
      // A shorter log than was told of is one that was put back: it is told of again from there.
      if (!head || head.size === (await known(target)).size) return
      await target.send({ size: head.size, note: head.note })
      const said = JSON.stringify({ size: head.size, at: nowOf(world) })
      await work.transaction(({ settings }) => settings.overwrite(settingOf(target.name), said))
      failing.delete(target)
      if (before) report('heads of the log are taken again', target.name)
    } catch (error) {
      const pause = Math.min(HOUR, before ? before.pause * 2 : MINUTE)
      failing.set(target, { since: before?.since ?? nowOf(world), pause, next: world.elapsed() + pause })
      report(`a head of the log was not taken by ${target.name}`, error)
    }
  }

  return {
    push: () => {
      under ??= Promise.all(targets.map(pushTo)).then(() => {
        under = undefined
      })
      return under
    },
    pushed: () =>
      Promise.all(
        targets.map(async (target) => {
          const since = failing.get(target)?.since
          return { to: target.name, ...(await known(target)), ...(since !== undefined && { failingSince: since }) }
        }),
      ),
  }
}

const settingOf = (name: string): string => `log-pushed ${name}`
