import { appendOnly, type Migration, migration } from './migration.ts'

/** What was marked as compromised stays marked (core/revocation/compromise.ts): no act takes a mark back. */
export const marksStay: Migration = migration('marks stay', (words) => appendOnly(words, 'compromise'))
