import { ENVIRONMENT_CHECK, type Migration, migration, references, type Words } from './migration.ts'

/**
 * What somebody may do follows from their grants: see `core/people/grant.ts`. A role is nothing that a person has any more. That of a row from
 * before stays until the first start that holds the keys makes a grant of it (see `role-grants.ts`), under codes.
 */
export const grants: Migration = migration('grants', (words) => [
  ...(words.engine === 'sqlite' ? personOfSqlite(words) : PERSON_OF_POSTGRES),
  `CREATE TABLE person_grant (
    id ${words.text} PRIMARY KEY,
    environment ${words.text} NOT NULL,
    person ${words.text} NOT NULL,
    role ${words.text} NOT NULL,
    place_kind ${words.text} NOT NULL,
    place_id ${words.text},
    since ${words.text} NOT NULL,
    until ${words.text},
    given_by_kind ${words.text} NOT NULL,
    given_by_id ${words.text},
    given_by_name ${words.text} NOT NULL,
    given_with ${words.text},
    asked_by_id ${words.text},
    asked_by_name ${words.text},
    confirmed_by_id ${words.text},
    confirmed_by_name ${words.text},
    confirmed_at ${words.text},
    ended_at ${words.text},
    ended_by_id ${words.text},
    ended_by_name ${words.text},
    row_code ${words.text},
    CHECK ((place_kind = 'environment') = (place_id IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${words.end}`,
  'CREATE INDEX person_grant_of_person ON person_grant (person) WHERE ended_at IS NULL',
  'CREATE INDEX person_grant_of_place ON person_grant (environment, place_id, role) WHERE ended_at IS NULL',
  'CREATE INDEX person_grant_of_role ON person_grant (environment, role) WHERE ended_at IS NULL',
  'CREATE INDEX person_grant_waiting ON person_grant (environment) WHERE asked_by_id IS NOT NULL AND confirmed_at IS NULL',
])

const PERSON_OF_POSTGRES: readonly string[] = [
  `DO $$ DECLARE rule text; BEGIN
    FOR rule IN SELECT conname FROM pg_constraint
      WHERE conrelid = 'person'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%role%'
    LOOP EXECUTE format('ALTER TABLE person DROP CONSTRAINT %I', rule); END LOOP; END $$`,
  'ALTER TABLE person ALTER COLUMN role DROP NOT NULL',
  'DROP INDEX person_role',
]

const PERSON = [
  ...['id', 'environment', 'organisation', 'name', 'name_folded', 'email', 'email_folded', 'role', 'state', 'language'],
  ...['created_at', 'certificate_id', 'certificate_authority', 'certificate_serial', 'last_sign_in_at', 'search'],
  ...['row_code', 'invited_with'],
].join(', ')

/** A rule of the whole table named the role, so the table is made anew. Rows that refer to it find it again before the commit. */
const personOfSqlite = ({ text, end }: Words): readonly string[] => [
  'CREATE TEMPORARY TABLE person_before AS SELECT * FROM person',
  'DROP TABLE person',
  `CREATE TABLE person (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text},
    name ${text} NOT NULL,
    name_folded ${text} NOT NULL,
    email ${text} NOT NULL,
    email_folded ${text} NOT NULL,
    role ${text},
    state ${text} NOT NULL,
    language ${text} NOT NULL,
    created_at ${text} NOT NULL,
    certificate_id ${text},
    certificate_authority ${text},
    certificate_serial ${text},
    last_sign_in_at ${text},
    search ${text} NOT NULL,
    row_code ${text},
    invited_with ${text},
    UNIQUE (environment, email_folded),
    UNIQUE (certificate_authority, certificate_serial),
    UNIQUE (environment, id),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,
  `INSERT INTO person (${PERSON}) SELECT ${PERSON} FROM person_before`,
  'DROP TABLE person_before',
  'CREATE INDEX person_by_name ON person (environment, name_folded, id)',
  'CREATE INDEX person_of_organisation ON person (environment, organisation, name_folded, id)',
  'CREATE INDEX person_former_certificate ON person (id) WHERE certificate_id IS NOT NULL',
  'CREATE INDEX person_invited_with ON person (invited_with) WHERE invited_with IS NOT NULL',
]
