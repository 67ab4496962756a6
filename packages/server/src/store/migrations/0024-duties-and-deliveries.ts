import { ENVIRONMENT_CHECK, type Migration, migration } from './migration.ts'

/** Who does what happens by the clock (core/duties), and what others are told of until they take it (core/deliveries). */
export const dutiesAndDeliveries: Migration = migration('duties and deliveries', (words) => [
  `CREATE TABLE duty (
    name ${words.text} PRIMARY KEY,
    holder ${words.text} NOT NULL,
    taken_at ${words.text} NOT NULL
  ) ${words.end}`,
  `CREATE TABLE delivery (
    number ${words.counted},
    id ${words.text} NOT NULL UNIQUE,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    request ${words.integer} NOT NULL,
    body ${words.text} NOT NULL,
    at ${words.text} NOT NULL,
    state ${words.text} NOT NULL,
    attempts ${words.integer} NOT NULL,
    next_at ${words.text} NOT NULL,
    row_code ${words.text}
  ) ${words.end}`,
  "CREATE INDEX delivery_due ON delivery (number) WHERE state = 'due'",
  'CREATE INDEX delivery_at ON delivery (at)',
])
