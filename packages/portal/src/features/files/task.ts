import type { FileKind } from '@scel/files/kinds'

export const TASKS = ['seal', 'open', 'sign', 'verify'] as const
export type Task = (typeof TASKS)[number]

/** What is most likely wanted with files that were just chosen: the present task where it fits them. */
export function taskFor(kinds: readonly FileKind[], present: Task): Task {
  if (kinds.includes('sealed')) return 'open'
  if (kinds.some((kind) => JUDGED.includes(kind))) return 'verify'
  if (kinds.includes('plain') && present === 'open') return 'seal'
  return present
}

const JUDGED: readonly FileKind[] = ['signed', 'signature', 'stamp', 'mail']
