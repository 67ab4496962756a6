import { CONFIRMATION } from './confirmation.ts'
import { ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

/** Links by which people come, what they sign in with, a row for each (core/credentials), and their sessions. */
export const credentials: Migration = migration('credentials', ({ text, end }) => [
  // `adds`: of a link of one's own, what the further device is called.
  `CREATE TABLE invitation (
    hash ${text} PRIMARY KEY,
    id ${text} NOT NULL,
    environment ${text} NOT NULL,
    person ${text} NOT NULL,
    adds ${text},
    adds_at_most ${text},
    made_by_id ${text},
    made_by_name ${text},
    made_with ${text},
    created_at ${text} NOT NULL,
    expires_at ${text} NOT NULL,
    ${CONFIRMATION.map((column) => `${column} ${text}`).join(', ')},
    spent_at ${text},
    spent_for ${text},
    spent_made ${text},
    row_code ${text},
    CHECK ((spent_at IS NULL) = (spent_for IS NULL) AND (spent_at IS NULL) = (spent_made IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${end}`,
  // A new link replaces the earlier one: never two that open. One of one's own opens beside one that an administrator made; of each there is one.
  'CREATE UNIQUE INDEX invitation_one_open ON invitation (person) WHERE spent_at IS NULL AND adds IS NULL',
  'CREATE UNIQUE INDEX invitation_one_adds ON invitation (person) WHERE spent_at IS NULL AND adds IS NOT NULL',
  'CREATE INDEX invitation_of_person ON invitation (person)',
  'CREATE INDEX invitation_spent_made ON invitation (spent_made) WHERE spent_at IS NOT NULL',
  'CREATE INDEX invitation_made_with ON invitation (made_with) WHERE made_with IS NOT NULL',

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
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${end}`,
  // What comes back after its end (an account elsewhere that is joined anew, to somebody else) is another row.
  'CREATE UNIQUE INDEX credential_by_handle ON credential (environment, kind, handle) WHERE ended_at IS NULL',
  'CREATE INDEX credential_handle ON credential (environment, kind, handle)',
  'CREATE INDEX credential_of_person ON credential (person, created_at, id)',
  'CREATE INDEX credential_open ON credential (person) WHERE ended_at IS NULL',
  'CREATE INDEX credential_of_certificate ON credential (certificate)',
  'CREATE INDEX credential_made_with ON credential (made_with) WHERE made_with IS NOT NULL',
  'CREATE INDEX credential_age ON credential (expires_at) WHERE expires_at IS NOT NULL',

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
  'CREATE INDEX session_of_credential ON session (credential, ended_at)',
  'CREATE INDEX session_age ON session (expires_at)',
])
