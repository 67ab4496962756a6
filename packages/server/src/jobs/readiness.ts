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
  /** Milliseconds after which a part that does not answer is one that cannot. @default 3 s */
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
  { holds = 10_000, patience = 3_000 }: ReadinessOptions = {},
): () => Promise<void> {
  let looking: Promise<void> | undefined
  let current: Part['part'] = 'thread'
  let last: { readonly at: number; readonly failure: unknown } | undefined

  const lookAtAll = async (): Promise<void> => {
    let failure: unknown
    for (const { part, look } of parts) {
      current = part
      try {
        await look()
      } catch (error) {
        failure = new DeskError('not_ready', { part: partOf(error) ?? part }, error)
        break
      }
    }
    last = { at: performance.now(), failure }
    looking = undefined
  }

  return async () => {
    if (!last || looking || performance.now() - last.at >= holds) {
      looking ??= lookAtAll()
      await inTime(looking, patience, () => current)
    }
    if (last?.failure) throw last.failure
  }
}

/** Whatever was looked at: what the database could not do is not told of what needed it. */
function partOf(error: unknown): Part['part'] | undefined {
  if (hasDeskCode(error, 'storage_full')) return 'disk'
  return isStorageFault(error) ? 'database' : undefined
}

async function inTime(look: Promise<void>, patience: number, current: () => Part['part']): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      try {
        refuse('not_ready', { part: current() }, new Error(`no answer within ${patience} ms`))
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
