import { ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

/**
 * What people sign in with, a row for each (core/credentials). Those of the people who are there are written by the first start that
 * follows, under their codes. Sessions end: none of them says what it was begun with.
 */
export const credentials: Migration = migration('credentials', ({ text, end }) => [
  `CREATE TABLE credential (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    person ${text} NOT NULL,
    kind ${text} NOT NULL,
    strength ${text} NOT NULL,
    handle ${text} NOT NULL,
    name ${text} NOT NULL,
    certificate ${text},
    made_with ${text},
    created_at ${text} NOT NULL,
    expires_at ${text},
    last_used_at ${text},
    ended_at ${text},
    end_reason ${text},
    row_code ${text},
    UNIQUE (kind, handle),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${end}`,
  'CREATE INDEX credential_of_person ON credential (person, created_at, id)',
  'CREATE INDEX credential_of_certificate ON credential (certificate)',
  'CREATE INDEX credential_made_with ON credential (made_with) WHERE ended_at IS NULL',
  'CREATE INDEX credential_age ON credential (expires_at) WHERE expires_at IS NOT NULL',
  "CREATE INDEX certificate_of_person ON certificate (owner_id) WHERE owner_kind = 'person'",
  'CREATE INDEX person_former_certificate ON person (id) WHERE certificate_id IS NOT NULL',

  `ALTER TABLE invitation ADD COLUMN adds ${text}`,
  // A link of one's own for another device opens beside one that an administrator made; of each there is one.
  'DROP INDEX invitation_one_open',
  'CREATE UNIQUE INDEX invitation_one_open ON invitation (person) WHERE spent_at IS NULL AND adds IS NULL',
  'CREATE UNIQUE INDEX invitation_one_adds ON invitation (person) WHERE spent_at IS NULL AND adds IS NOT NULL',
  'CREATE INDEX invitation_spent_for ON invitation (spent_certificate) WHERE spent_at IS NOT NULL',

  'DROP TABLE session',
  `CREATE TABLE session (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL,
    person ${text} NOT NULL,
    token_hash ${text} NOT NULL UNIQUE,
    started_at ${text} NOT NULL,
    last_seen_at ${text} NOT NULL,
    expires_at ${text} NOT NULL,
    from_address ${text} NOT NULL,
    agent ${text} NOT NULL,
    how ${text} NOT NULL,
    credential ${text} NOT NULL,
    strength ${text} NOT NULL,
    ended_at ${text},
    end_reason ${text},
    row_code ${text},
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${end}`,
  'CREATE INDEX session_open ON session (environment, started_at, id) WHERE ended_at IS NULL',
  'CREATE INDEX session_of_person ON session (person) WHERE ended_at IS NULL',
  'CREATE INDEX session_of_credential ON session (credential)',
  'CREATE INDEX session_age ON session (expires_at)',
])
