import { DeskError, type DeskErrorFacts, hasDeskCode, refuse } from '@scel/contract/errors'
import { isStorageFault } from '../core/storage-faults.ts'

/** A part of the desk, and a look whether it can do its work. */
export interface Part {
  readonly part: DeskErrorFacts['not_ready']['part']
  /** @throws when it cannot, with the reason */
  look(): Promise<unknown>
}

export interface ReadinessOptions {
  /** Milliseconds for which an answer holds, so that asking often makes no work. @default 10 s */
  readonly holds?: number
  /** Milliseconds for all parts together, after which the look at the slowest of them is late. @default 2.5 s */
  readonly patience?: number
}

/**
 * Whether every part of the desk can do its work now. Each is looked at in its order, not more often than `holds` says; a look
 * that takes longer than `patience` goes on for whoever asks next, and is never made twice at once.
 *
 * @returns a look @throws DeskError not_ready with the first part that cannot, and the reason as its cause
 */
export function makeReadiness(
  parts: readonly Part[],
  { holds = 10_000, patience = 2_500 }: ReadinessOptions = {},
): () => Promise<void> {
  let looking: Promise<void> | undefined
  let times = takeTimes()
  let last: { readonly at: number; readonly failure: unknown } | undefined

  const lookAtAll = async (): Promise<void> => {
    let failure: unknown
    times = takeTimes()
    for (const { part, look } of parts) {
      times.begin(part)
      try {
        await look()
      } catch (error) {
        failure = new DeskError('not_ready', { part: partOf(error) ?? part, look: 'failed' }, error)
        break
      }
    }
    last = { at: performance.now(), failure }
    looking = undefined
  }

  return async () => {
    if (!last || looking || performance.now() - last.at >= holds) {
      looking ??= lookAtAll()
      await inTime(looking, patience, () => times.slowest())
    }
    if (last?.failure) throw last.failure
  }
}

/** Both asked at once, so that they take no longer together than the slower; who cannot first is told. @returns what the first says */
export const bothReady =
  <T>(one: () => Promise<T>, other: () => Promise<void>) =>
  async (): Promise<T> =>
    (await Promise.all([one(), other()]))[0]

/** How long each part has taken, which may be looked at in several ways: whoever comes last is not blamed for who was slow before. */
function takeTimes(): { begin(part: Part['part']): void; slowest(): Part['part'] } {
  const spent = new Map<Part['part'], number>()
  let current: { readonly part: Part['part']; readonly since: number } | undefined
  const settle = (): void => {
    const now = performance.now()
    if (current) spent.set(current.part, (spent.get(current.part) ?? 0) + now - current.since)
    if (current) current = { ...current, since: now }
  }
  return {
    begin: (part) => {
      settle()
      current = { part, since: performance.now() }
    },
    slowest: () => {
      settle()
      return [...spent].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 'thread'
    },
  }
}

/** Whatever was looked at: what the database could not do is not told of what needed it. */
function partOf(error: unknown): Part['part'] | undefined {
  if (hasDeskCode(error, 'storage_full')) return 'disk'
  if (hasDeskCode(error, 'storage_altered')) return 'altered'
  if (hasDeskCode(error, 'storage_moved')) return 'files'
  if (hasDeskCode(error, 'database_newer')) return 'version'
  if (hasDeskCode(error, 'token_unavailable')) return 'token'
  return isStorageFault(error) ? 'database' : undefined
}

async function inTime(look: Promise<void>, patience: number, slowest: () => Part['part']): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      try {
        refuse('not_ready', { part: slowest(), look: 'late' }, new Error(`no answer within ${patience} ms`))
      } catch (error) {
        reject(error)
      }
    }, patience)
  })
  try {
    await Promise.race([look, silence])
  } finally {
    clearTimeout(late)
  }
}
