import { appendOnly, unreplaced } from './guards.ts'
import { counter, ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

/** Whose each certified key is (core/keys), what stays marked as compromised (core/revocation/compromise.ts), and the names in force (core/names). */
export const keysAndNames: Migration = migration('keys and names', (words) => [
  // `service`: of an organisation's key, which of its services it is for.
  `CREATE TABLE key_holder (
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    key_hash ${words.text} NOT NULL,
    owner_kind ${words.text} NOT NULL,
    owner_id ${words.text} NOT NULL,
    organisation ${words.text},
    service ${words.text},
    subject_key ${words.text},
    since ${words.text} NOT NULL,
    PRIMARY KEY (key_hash, environment)
  ) ${words.end}`,
  ...appendOnly(words, 'key_holder'),

  `CREATE TABLE compromise (
    kind ${words.text} NOT NULL,
    value ${words.text} NOT NULL,
    certificate ${words.text} NOT NULL,
    at ${words.text} NOT NULL,
    PRIMARY KEY (kind, value)
  ) ${words.end}`,
  ...appendOnly(words, 'compromise'),

  // Where the row's own number is none of its columns, a row can be written over by it alone.
  ...(words.engine === 'sqlite'
    ? [
        unreplaced('key_holder', 'key_hash', 'environment'),
        unreplaced('key_holder', 'rowid'),
        // Marked twice is marked once.
        `CREATE TRIGGER compromise_is_not_replaced BEFORE INSERT ON compromise
          WHEN EXISTS (SELECT 1 FROM compromise WHERE kind = NEW.kind AND value = NEW.value) BEGIN SELECT RAISE(IGNORE); END`,
        unreplaced('compromise', 'rowid'),
      ]
    : []),

  // A row for each name of a certificate, or of a request that may become one.
  ...counter(words, 'name_in_force'),
  `CREATE TABLE name_in_force (
    number ${words.counted('name_in_force')},
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    kind ${words.text} NOT NULL,
    name ${words.text} NOT NULL,
    parent ${words.text} NOT NULL,
    organisation ${words.text},
    owner_kind ${words.text} NOT NULL,
    owner_id ${words.text} NOT NULL,
    certificate ${words.text} ${references('certificate (id)')},
    request ${words.integer} ${references('request (number)')},
    ends ${words.text},
    CHECK ((certificate IS NULL) <> (request IS NULL)),
    CHECK ((certificate IS NULL) = (ends IS NULL))
  ) ${words.end}`,
  'CREATE INDEX name_in_force_name ON name_in_force (environment, name, ends)',
  'CREATE INDEX name_in_force_parent ON name_in_force (environment, parent, ends)',
  'CREATE INDEX name_in_force_certificate ON name_in_force (certificate) WHERE certificate IS NOT NULL',
  'CREATE INDEX name_in_force_request ON name_in_force (request) WHERE request IS NOT NULL',
  'CREATE INDEX name_in_force_ends ON name_in_force (ends) WHERE ends IS NOT NULL',
])
