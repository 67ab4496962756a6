import { type Migration, migration, references, type Words } from './migration.ts'

/**
 * What a kit lets machines ask for, and what was asked for, is a profile by its name: the words that there once were are names of
 * two of them. Which there are is data of the desk (see `core/profiles`), and no more for the database to know.
 */
export const profiles: Migration = migration('profiles', (words) =>
  words.engine === 'sqlite' ? [...kitOfSqlite(words), ...requestOfSqlite(words)] : POSTGRES,
)

/** A column keeps its indexes under its new name. */
const POSTGRES: readonly string[] = [
  ...['kit', 'request'].map(
    (table) => `DO $$ DECLARE rule text; BEGIN
      FOR rule IN SELECT conname FROM pg_constraint
        WHERE conrelid = '${table}'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%enrolment%'
      LOOP EXECUTE format('ALTER TABLE ${table} DROP CONSTRAINT %I', rule); END LOOP; END $$`,
  ),
  ...['kit', 'request', 'outbox'].map((table) => `ALTER TABLE ${table} RENAME COLUMN enrolment TO profile`),
]

const KIT = [
  ...['id', 'environment', 'organisation', 'name', 'secret_hash', 'rules_digest', 'store', 'common_name', 'keys'],
  ...['proposed_key', 'standing_approval', 'uses_allowed', 'uses_made', 'expires_at', 'created_at', 'created_by_id'],
  ...['created_by_name', 'withdrawn_at', 'search', 'row_code', 'asked_by_id', 'asked_by_name', 'confirmed_by_id'],
  ...['confirmed_by_name', 'confirmed_at', 'refused', 'created_with', 'standing_ended_at'],
].join(', ')

/**
 * A rule of the whole table named the column, so the table is made anew. Rows that refer to it find it again before the commit,
 * which is when references are looked at.
 */
const kitOfSqlite = ({ text, integer, end }: Words): readonly string[] => [
  'CREATE TEMPORARY TABLE kit_before AS SELECT * FROM kit',
  'DROP TABLE kit',
  `CREATE TABLE kit (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL,
    organisation ${text} NOT NULL,
    name ${text} NOT NULL,
    secret_hash ${text} NOT NULL,
    rules_digest ${text} NOT NULL,
    profile ${text} NOT NULL,
    store ${text} NOT NULL CHECK (store IN ('user', 'machine')),
    common_name ${text} NOT NULL,
    keys ${text} NOT NULL,
    proposed_key ${text} NOT NULL,
    standing_approval ${integer} NOT NULL CHECK (standing_approval IN (0, 1)),
    uses_allowed ${integer} NOT NULL CHECK (uses_allowed > 0),
    uses_made ${integer} NOT NULL CHECK (uses_made >= 0),
    expires_at ${text} NOT NULL,
    created_at ${text} NOT NULL,
    created_by_id ${text} NOT NULL,
    created_by_name ${text} NOT NULL,
    withdrawn_at ${text},
    search ${text} NOT NULL,
    row_code ${text},
    asked_by_id ${text},
    asked_by_name ${text},
    confirmed_by_id ${text},
    confirmed_by_name ${text},
    confirmed_at ${text},
    refused ${integer} NOT NULL DEFAULT 0,
    created_with ${text},
    standing_ended_at ${text},
    CHECK (uses_made <= uses_allowed),
    UNIQUE (environment, organisation, id),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,
  `INSERT INTO kit (${KIT}, profile) SELECT ${KIT}, enrolment FROM kit_before`,
  'DROP TABLE kit_before',
  'CREATE INDEX kit_newest ON kit (environment, created_at, id)',
  'CREATE INDEX kit_of_organisation ON kit (environment, organisation, created_at, id)',
  'CREATE INDEX kit_made_with ON kit (created_with) WHERE created_with IS NOT NULL',
]

const requestOfSqlite = ({ text, andSearch }: Words): readonly string[] => [
  ...['request_newest', 'request_of_organisation', 'request_state', 'request_of_subject'].map(
    (index) => `DROP INDEX ${index}`,
  ),
  `ALTER TABLE request ADD COLUMN profile ${text} NOT NULL DEFAULT ''`,
  'UPDATE request SET profile = enrolment',
  'ALTER TABLE request DROP COLUMN enrolment',
  `CREATE INDEX request_newest ON request (environment, number, state, profile, submitted_at${andSearch})`,
  `CREATE INDEX request_of_organisation
    ON request (environment, organisation, number, state, profile, submitted_at${andSearch})`,
  `CREATE INDEX request_state ON request (environment, state, number, profile, submitted_at${andSearch})`,
  'CREATE INDEX request_of_subject ON request (environment, profile, subject_key, organisation, number)',
  'ALTER TABLE outbox RENAME COLUMN enrolment TO profile',
]
