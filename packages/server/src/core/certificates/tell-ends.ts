import type { Work } from '../work.ts'
import { DAY, type Instant, isInstant, later, nowOf, type World } from '../world.ts'
import type { Certificate } from './certificate.ts'

/**
 * Leaves a message for each certificate that has ended, or comes to 30, 14, 7 days or one before its end, since it was last looked. One that a newer
 * one took the place of, or that was revoked, ends unsaid; so does the warning that would come in the first half of a short life. Of
 * what passed several of these moments meanwhile, the last is told.
 * @returns how many
 */
export type TellEnds = () => Promise<number>

export function createTellEnds({ work, world }: { readonly work: Work; readonly world: World }): TellEnds {
  return async () => {
    const now = nowOf(world)
    const since = await lookedAt(work, now)
    let told = 0
    for (const [place, days] of BEFORE.entries()) {
      const nearer = BEFORE[place - 1]
      const ends = (at: Instant, daysAfter: number) => later(at, daysAfter * DAY)
      // What has come nearer to its end than the next of these moments is told of by that.
      const [one, other] = [ends(since, days), nearer === undefined ? '' : ends(now, nearer)]
      const after = one > other ? one : other
      told += await tell(work, { after, until: ends(now, days) }, days, now)
    }
    await work.transaction(({ settings }) => settings.overwrite(LOOKED_AT, now))
    return told
  }
}

/** In units of their own, since there may be thousands; what is told of again is the same message. */
async function tell(
  work: Work,
  span: { readonly after: Instant; readonly until: Instant },
  days: number,
  now: Instant,
): Promise<number> {
  let told = 0
  for (let last: Certificate | undefined; ; ) {
    const found = await work.read(({ certificates }) =>
      certificates.ending({ ...span, limit: BATCH, ...(last && { last }) }),
    )
    const due = found.filter((one) => one.owner.kind !== 'desk' && isLateInLife(one, days))
    if (due.length > 0) {
      await work.transaction(async (stores) => {
        for (const certificate of due)
          await stores.facts.announce({ about: 'certificate', at: now, certificate, ...factOf(days) })
      })
    }
    told += due.length
    last = found.at(-1)
    if (found.length < BATCH) return told
  }
}

/** When it was last looked. Before the first time nothing is looked for; a time to come was the clock's, and one long past concerns nobody. */
async function lookedAt(work: Work, now: Instant): Promise<Instant> {
  const at = await work.read(({ settings }) => settings.get(LOOKED_AT))
  if (at === undefined || !isInstant(at) || at > now) return now
  const longAgo = later(now, -LONGEST)
  return at > longAgo ? at : longAgo
}

const factOf = (days: number) => (days === 0 ? ({ kind: 'expired' } as const) : ({ kind: 'expiring', days } as const))

const isLateInLife = ({ notBefore, notAfter }: Certificate, days: number): boolean =>
  2 * days * DAY <= Date.parse(notAfter) - Date.parse(notBefore)

/** Days before its end, from the last on. */
const BEFORE: readonly number[] = [0, 1, 7, 14, 30]
const BATCH = 200
const LONGEST: number = 30 * DAY
const LOOKED_AT = 'ends-told'
