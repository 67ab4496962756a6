import { ENVIRONMENT_CHECK, type Migration, migration, type Words } from './migration.ts'

/** What others are told of need be no request, and says itself what it is about; certificates are found by when they end. See decision 0041. */
export const certificatesThatEnd: Migration = migration('certificates that end', (words) => [
  ...(words.engine === 'sqlite' ? ofSqlite(words) : ['ALTER TABLE delivery ALTER COLUMN request DROP NOT NULL']),
  ...(words.engine === 'sqlite' ? [] : ['DROP INDEX delivery_due']),
  // What was never tried goes first, then what has been due for longest.
  "CREATE INDEX delivery_untried ON delivery (number) WHERE state = 'due' AND attempts = 0",
  "CREATE INDEX delivery_tried ON delivery (next_at, number) WHERE state = 'due' AND attempts > 0",
  'CREATE INDEX certificate_ending ON certificate (environment, not_after, id) WHERE revoked_at IS NULL',
])

const KEPT = [
  ...[
    'number',
    'id',
    'environment',
    'organisation',
    'request',
    'body',
    'at',
    'state',
    'attempts',
    'next_at',
    'row_code',
  ],
  ...['answer', 'answer_status', 'answer_at'],
].join(', ')

const ofSqlite = ({ text, integer, counted, end }: Words): readonly string[] => [
  'CREATE TEMPORARY TABLE delivery_before AS SELECT * FROM delivery',
  'DROP TABLE delivery',
  `CREATE TABLE delivery (
    number ${counted},
    id ${text} NOT NULL UNIQUE,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text},
    request ${integer},
    body ${text} NOT NULL,
    at ${text} NOT NULL,
    state ${text} NOT NULL,
    attempts ${integer} NOT NULL,
    next_at ${text} NOT NULL,
    row_code ${text},
    answer ${text},
    answer_status ${integer},
    answer_at ${text}
  ) ${end}`,
  `INSERT INTO delivery (${KEPT}) SELECT ${KEPT} FROM delivery_before`,
  'DROP TABLE delivery_before',
  'CREATE INDEX delivery_at ON delivery (at)',
]
