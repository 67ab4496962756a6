import { refusal, refused } from './guards.ts'
import { counter, ENVIRONMENT_CHECK, type Migration, migration, references, type Words } from './migration.ts'

/** Authorities, and the lists of what they revoked. */
export const authorities: Migration = migration('authorities', (words) => [
  ...counter(words, 'authority'),
  `CREATE TABLE authority (
    number ${words.counted('authority')},
    id ${words.text} NOT NULL UNIQUE,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    purpose ${words.text} NOT NULL,
    name ${words.text} NOT NULL,
    subject ${words.text} NOT NULL,
    parent ${words.text} ${references('authority (id)')},
    key_id ${words.text} NOT NULL UNIQUE,
    serial ${words.text} NOT NULL,
    certificate ${words.blob} NOT NULL,
    fingerprint ${words.text} NOT NULL UNIQUE,
    not_before ${words.text} NOT NULL,
    not_after ${words.text} NOT NULL,
    created_at ${words.text} NOT NULL,
    row_code ${words.text},
    UNIQUE (parent, serial),
    CHECK ((purpose = 'root') = (parent IS NULL))
  ) ${words.end}`,
  'CREATE INDEX authority_current ON authority (environment, purpose, created_at)',

  // `digest`: SHA-256 of the octets, which the code over the row covers by it.
  `CREATE TABLE crl (
    authority ${words.text} NOT NULL ${references('authority (id)')},
    number ${words.integer} NOT NULL,
    der ${words.blob} NOT NULL,
    digest ${words.text} NOT NULL,
    this_update ${words.text} NOT NULL,
    next_update ${words.text} NOT NULL,
    entries ${words.integer} NOT NULL,
    covers ${words.integer} NOT NULL,
    row_code ${words.text},
    PRIMARY KEY (authority, number)
    ${words.engine === 'sqlite' ? '' : `, CONSTRAINT crl_counted CHECK (${counted('')})`}
  ) ${words.end}`,
  ...listsStay(words),
])

/** Whole numbers that a program reads without rounding. */
const counted = (row: string): string =>
  [`${row}number BETWEEN 1`, `${row}entries BETWEEN 0`, `${row}covers BETWEEN 0`]
    .map((from) => `${from} AND ${Number.MAX_SAFE_INTEGER}`)
    .join(' AND ')

/** The desk takes away lists that are long outdated, and writes none again. */
function listsStay({ engine }: Words): readonly string[] {
  if (engine === 'postgres')
    return [
      refusal('crl', 'crl_stays'),
      'CREATE TRIGGER crl_stays BEFORE UPDATE ON crl FOR EACH ROW EXECUTE FUNCTION crl_stays()',
      'CREATE TRIGGER crl_is_not_emptied BEFORE TRUNCATE ON crl FOR EACH STATEMENT EXECUTE FUNCTION crl_stays()',
    ]
  return [
    `CREATE TRIGGER crl_stays BEFORE UPDATE ON crl BEGIN SELECT RAISE(ABORT, 'crl is append-only'); END`,
    refused('crl', 'crl_begins', 'BEFORE INSERT', `NOT (${counted('NEW.')})`),
    // `OR REPLACE` takes rows away without asking the guards of deletion.
    refused(
      ...(['crl', 'crl_is_not_replaced', 'BEFORE INSERT'] as const),
      `EXISTS (SELECT 1 FROM crl WHERE authority = NEW.authority AND number = NEW.number)
        OR (NEW.rowid > 0 AND EXISTS (SELECT 1 FROM crl WHERE rowid = NEW.rowid))`,
    ),
  ]
}
