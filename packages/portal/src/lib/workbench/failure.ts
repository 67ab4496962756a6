import { ArchiveRefused } from '@scel/files/archives'
import { isPkiError } from '@scel/pki/errors'
import type { Failed } from './protocol.ts'

/** What can go wrong here besides what the library refuses. */
export const FILES_FAILURES = [
  'aborted',
  'no-room',
  'too-large-for-memory',
  'unreadable',
  'unwritable',
  'no-key',
  'not-certificates',
  'old-transport',
  'name-unfit',
  'archive-refused',
  'no-stamp',
  'stamp-wrong',
  'unexpected',
] as const
export type FilesFailureCode = (typeof FILES_FAILURES)[number]

export class FilesFailure extends Error {
  override readonly name = 'FilesFailure'
  readonly code: FilesFailureCode
  readonly facts: Readonly<Record<string, string | number>>

  constructor(code: FilesFailureCode, facts: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(code, { cause })
    this.code = code
    this.facts = facts
  }
}

/** Any error as data, told apart by what can be done about it. */
export function failedOf(error: unknown): Failed {
  if (isPkiError(error)) return { code: error.code, facts: { ...error.facts }, of: 'library' }
  if (error instanceof FilesFailure) return { code: error.code, facts: error.facts, of: 'page' }
  // Of an archive that is read this is a fact, and no failure: here one was to be made.
  if (error instanceof ArchiveRefused) return { code: 'name-unfit', facts: refusalFacts(error), of: 'page' }
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  const code = OF_THE_BROWSER[name]
  if (code) return { code, facts: {}, of: 'page' }
  return { code: 'unexpected', facts: { what: error instanceof Error ? error.message : String(error) }, of: 'page' }
}

export const refusalFacts = ({ reason, entry }: ArchiveRefused): Failed['facts'] => ({ reason, name: entry })

// By the names of DOMException. A file that changed or vanished since it was chosen cannot be read any more.
const OF_THE_BROWSER: Readonly<Record<string, FilesFailureCode>> = {
  AbortError: 'aborted',
  QuotaExceededError: 'no-room',
  NotReadableError: 'unreadable',
  NotFoundError: 'unreadable',
  NotAllowedError: 'unwritable',
  NoModificationAllowedError: 'unwritable',
}
