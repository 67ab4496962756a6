import { ENVIRONMENT_CHECK, type Migration, migration } from './migration.ts'

/** What the desk remembers about itself, what it spent, who does what happens by the clock (core/duties), and what must leave at once. */
export const desk: Migration = migration('desk', ({ engine, text, counted, end }) => [
  `CREATE TABLE setting (key ${text} PRIMARY KEY, value ${text} NOT NULL, row_code ${text}) ${end}`,

  `CREATE TABLE nonce (nonce ${text} PRIMARY KEY, expires_at ${text} NOT NULL) ${end}`,
  'CREATE INDEX nonce_age ON nonce (expires_at)',

  `CREATE TABLE duty (name ${text} PRIMARY KEY, holder ${text} NOT NULL, taken_at ${text} NOT NULL) ${end}`,

  // The id is given by the store: see outbox-store.ts for the order that it promises.
  `CREATE TABLE outbox (
    id ${engine === 'sqlite' ? counted('outbox') : 'BIGINT PRIMARY KEY'},
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text},
    service ${text},
    kind ${text} NOT NULL,
    target ${text} NOT NULL,
    state ${text},
    profile ${text},
    owner_kind ${text},
    owner_id ${text},
    at ${text} NOT NULL
  ) ${end}`,
  'CREATE INDEX outbox_age ON outbox (at)',
])
