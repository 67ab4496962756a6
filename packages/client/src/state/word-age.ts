import type { DeskRecord } from './desk-record.ts'

/** How long a desk's word counts where nobody says another one: as long as the certificate that it was signed under could. Milliseconds. */
export const LONGEST_WORD: number = 14 * 86_400_000

/** How long ago a desk said what is known of it, in milliseconds. */
export const wordAge = ({ saidAt }: Pick<DeskRecord, 'saidAt'>, now: Date): number => now.getTime() - Date.parse(saidAt)

/** PEM: what servers of the desk's own hierarchy are checked against; nothing by a word that has outlived itself. Production's is the desk's id, which no word changes. */
export function serverRoots(record: DeskRecord, now: Date): readonly string[] {
  const { environment, roots } = record
  const isId = environment === 'production' && roots.desk.trim() === roots.environment.trim()
  return isId || wordAge(record, now) <= LONGEST_WORD ? [roots.desk] : []
}
