import type { Database } from '../opening/open-database.ts'
import { ask } from './ask.ts'

// What somebody does to the log who speaks SQL behind the back of the store; for tests only.

const UNGUARDED: Readonly<Record<Database['kind'], readonly string[]>> = {
  sqlite: [
    ...['line_stays', 'place_stays', 'personal_stays', 'no_delete', 'begins'].map(
      (one) => `DROP TRIGGER audit_event_${one}`,
    ),
    ...['head_stays', 'note_stays', 'no_delete', 'begins'].map((one) => `DROP TRIGGER log_head_${one}`),
  ],
  postgres: ['audit_event', 'log_head'].map((table) => `ALTER TABLE ${table} DISABLE TRIGGER USER`),
}

/** Takes away what the database itself refuses of lines and heads, as its owner may. */
export async function unguard(database: Database): Promise<void> {
  for (const statement of UNGUARDED[database.kind]) await ask(database, statement)
}

/** The number that a line takes which is written next. */
export const nextNumber = ({ kind }: Database): string =>
  kind === 'sqlite' ? '(SELECT coalesce(max(number), 0) + 1 FROM audit_event)' : "nextval('audit_event_count')"
