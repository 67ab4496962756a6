import { counter, ENVIRONMENT_CHECK, type Migration, migration } from './migration.ts'

/** What others are told of until they take it (core/deliveries), and how the last attempt ended. */
export const deliveries: Migration = migration('deliveries', (words) => [
  ...counter(words, 'delivery'),
  `CREATE TABLE delivery (
    number ${words.counted('delivery')},
    channel ${words.text} NOT NULL,
    id ${words.text} NOT NULL,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    what ${words.text} NOT NULL,
    to_kind ${words.text},
    to_id ${words.text},
    until ${words.text},
    at ${words.text} NOT NULL,
    state ${words.text} NOT NULL,
    attempts ${words.integer} NOT NULL,
    next_at ${words.text} NOT NULL,
    answer ${words.text},
    answer_status ${words.integer},
    answer_at ${words.text},
    row_code ${words.text},
    UNIQUE (channel, id)
  ) ${words.end}`,
  // Of each channel in each environment: what was never tried goes first, then what has been due for longest.
  "CREATE INDEX delivery_untried ON delivery (channel, environment, number) WHERE state = 'due' AND attempts = 0",
  "CREATE INDEX delivery_tried ON delivery (channel, environment, next_at, number) WHERE state = 'due' AND attempts > 0",
  'CREATE INDEX delivery_at ON delivery (at)',
])
