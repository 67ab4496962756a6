import { appendOnly, ENVIRONMENT_CHECK, type Migration, migration } from './migration.ts'

/** What was done, what must leave, what was spent, and what the desk remembers about itself. */
export const log: Migration = migration('log', (words) => [
  `CREATE TABLE audit_event (
    number ${words.counted},
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    at ${words.text} NOT NULL,
    action ${words.text} NOT NULL,
    outcome ${words.text} NOT NULL CHECK (outcome IN ('done', 'refused')),
    actor_kind ${words.text} NOT NULL,
    actor_id ${words.text},
    actor_name ${words.text} NOT NULL,
    actor_from ${words.text},
    target_kind ${words.text} NOT NULL,
    target_id ${words.text} NOT NULL,
    target_name ${words.text},
    search ${words.text} NOT NULL,
    facts ${words.text} NOT NULL
  ) ${words.end}`,
  `CREATE INDEX audit_event_newest ON audit_event (environment, number, action${words.andSearch})`,
  ...appendOnly(words, 'audit_event'),

  // The id is given by the store: see outbox.ts for the order that it promises.
  `CREATE TABLE outbox (
    id ${words.engine === 'sqlite' ? words.counted : 'BIGINT PRIMARY KEY'},
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    kind ${words.text} NOT NULL,
    target ${words.text} NOT NULL,
    state ${words.text},
    at ${words.text} NOT NULL
  ) ${words.end}`,
  'CREATE INDEX outbox_age ON outbox (at)',

  `CREATE TABLE nonce (nonce ${words.text} PRIMARY KEY, expires_at ${words.text} NOT NULL) ${words.end}`,
  'CREATE INDEX nonce_age ON nonce (expires_at)',
  `CREATE TABLE setting (key ${words.text} PRIMARY KEY, value ${words.text} NOT NULL) ${words.end}`,
])
