import { ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

// `…_folded` and `search` hold what is compared without regard to case (see search.ts). A foreign key with the
// environment in it keeps rows of production from pointing into test.

export const organisationsAndPeople: Migration = migration('organisations and people', ({ text, integer, end }) => [
  `CREATE TABLE organisation (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    code ${text} NOT NULL,
    code_folded ${text} NOT NULL,
    name ${text} NOT NULL,
    country ${text} NOT NULL CHECK (length(country) = 2),
    siren ${text} CHECK (length(siren) = 9),
    created_at ${text} NOT NULL,
    search ${text} NOT NULL,
    UNIQUE (environment, code_folded),
    UNIQUE (environment, id)
  ) ${end}`,

  `CREATE TABLE person (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text},
    name ${text} NOT NULL,
    name_folded ${text} NOT NULL,
    email ${text} NOT NULL,
    email_folded ${text} NOT NULL,
    role ${text} NOT NULL CHECK (role IN ('administrator', 'manager', 'auditor')),
    state ${text} NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    language ${text} NOT NULL CHECK (language IN ('en', 'fr')),
    created_at ${text} NOT NULL,
    certificate_id ${text},
    certificate_authority ${text},
    certificate_serial ${text},
    last_sign_in_at ${text},
    search ${text} NOT NULL,
    UNIQUE (environment, email_folded),
    UNIQUE (certificate_authority, certificate_serial),
    UNIQUE (environment, id),
    CHECK ((role = 'manager') = (organisation IS NOT NULL)),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,
  'CREATE INDEX person_by_name ON person (environment, name_folded, id)',
  'CREATE INDEX person_of_organisation ON person (environment, organisation, name_folded, id)',
  'CREATE INDEX person_role ON person (environment, role, state)',

  `CREATE TABLE invitation (
    hash ${text} PRIMARY KEY,
    environment ${text} NOT NULL,
    person ${text} NOT NULL,
    created_at ${text} NOT NULL,
    expires_at ${text} NOT NULL,
    spent_at ${text},
    spent_key ${text},
    spent_certificate ${text},
    CHECK ((spent_at IS NULL) = (spent_key IS NULL) AND (spent_at IS NULL) = (spent_certificate IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${end}`,
  // A new link replaces the earlier one: never two that open.
  'CREATE UNIQUE INDEX invitation_one_open ON invitation (person) WHERE spent_at IS NULL',
  'CREATE INDEX invitation_of_person ON invitation (person)',

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
    how ${text} NOT NULL CHECK (how IN ('invitation', 'certificate')),
    certificate ${text} NOT NULL,
    ended_at ${text},
    end_reason ${text} CHECK (end_reason IN ('signed_out', 'expired', 'ended', 'certificate')),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${end}`,
  'CREATE INDEX session_open ON session (environment, started_at, id) WHERE ended_at IS NULL',
  'CREATE INDEX session_of_person ON session (person) WHERE ended_at IS NULL',
  'CREATE INDEX session_of_certificate ON session (certificate) WHERE ended_at IS NULL',
  'CREATE INDEX session_age ON session (expires_at)',

  `CREATE TABLE kit (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL,
    organisation ${text} NOT NULL,
    name ${text} NOT NULL,
    secret_hash ${text} NOT NULL,
    rules_digest ${text} NOT NULL,
    enrolment ${text} NOT NULL CHECK (enrolment IN ('workstation', 'server')),
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
    CHECK (uses_made <= uses_allowed),
    CHECK (standing_approval = 0 OR enrolment = 'workstation'),
    UNIQUE (environment, organisation, id),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,
  'CREATE INDEX kit_newest ON kit (environment, created_at, id)',
  'CREATE INDEX kit_of_organisation ON kit (environment, organisation, created_at, id)',
])
