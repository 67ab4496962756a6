import { DeskError } from '@scel/contract/errors'
import type { Logger } from 'pino'
import type { Core } from '../core/core.ts'

/** Which keys of authorities in service this desk does not have. */
export interface KeysWatch {
  /** Looks for them, and tells the operator when they change. @throws as a store does */
  look(): Promise<void>
  /** Their files at the last look, undefined when none was missing. */
  missing(): string | undefined
  /** @throws DeskError key_files_missing at the last look */
  requireAll(): void
}

export interface KeysFolder {
  readonly path: string
  /** What files of keys are called behind their names. */
  readonly ending: string
}

/**
 * An authority that another desk of the same database made is found here by what it issued.
 *
 * @param inWords what the operator reads, which is what a refused start says
 */
export function watchKeys(
  { authorities }: { readonly authorities: Pick<Core['authorities'], 'missingKeys'> },
  { path, ending }: KeysFolder,
  log: Pick<Logger, 'error' | 'info'>,
  inWords: (error: DeskError) => string,
): KeysWatch {
  let missing: string | undefined
  const refusal = (): DeskError | undefined =>
    missing === undefined ? undefined : new DeskError('key_files_missing', { path, files: missing })
  return {
    look: async () => {
      const files = (await authorities.missingKeys()).map((name) => `${name}${ending}`).join(', ')
      if (files === (missing ?? '')) return
      missing = files || undefined
      const error = refusal()
      if (error) log.error({ ...error.facts }, inWords(error))
      else log.info('no key of an authority in service is missing any more')
    },
    missing: () => missing,
    requireAll: () => {
      const error = refusal()
      if (error) throw error
    },
  }
}
