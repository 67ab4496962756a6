import { CONFIRMATION } from './confirmation.ts'
import { ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

// `…_folded` and `search` hold what is compared without regard to case (see search.ts). A foreign key with the
// environment in it keeps rows of production from pointing into test.

/** Organisations and their services, people, and what each of them may do (core/people/grants/grant.ts); inventories: see `store/codes/inventories.ts`. */
export const organisationsAndPeople: Migration = migration('organisations and people', ({ text, end }) => [
  `CREATE TABLE organisation (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    code ${text} NOT NULL,
    code_folded ${text} NOT NULL,
    name ${text} NOT NULL,
    country ${text} NOT NULL CHECK (length(country) = 2),
    siren ${text} CHECK (length(siren) = 9),
    name_suffixes ${text} NOT NULL,
    created_at ${text} NOT NULL,
    search ${text} NOT NULL,
    row_code ${text},
    UNIQUE (environment, code_folded),
    UNIQUE (environment, id)
  ) ${end}`,

  `CREATE TABLE service (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text} NOT NULL,
    name ${text} NOT NULL,
    name_folded ${text} NOT NULL,
    created_at ${text} NOT NULL,
    closed_at ${text},
    row_code ${text},
    UNIQUE (organisation, name_folded),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,

  `CREATE TABLE person (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text},
    name ${text} NOT NULL,
    name_folded ${text} NOT NULL,
    email ${text},
    email_folded ${text},
    email_by ${text},
    state ${text} NOT NULL,
    language ${text} NOT NULL,
    created_at ${text} NOT NULL,
    last_sign_in_at ${text},
    invited_with ${text},
    search ${text} NOT NULL,
    row_code ${text},
    CHECK ((email IS NULL) = (email_folded IS NULL) AND (email IS NULL) = (email_by IS NULL)),
    UNIQUE (environment, id),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,
  // An account is not its address: whoever was invited under one is looked for in the unit that invites.
  'CREATE INDEX person_by_email ON person (environment, email_folded)',
  'CREATE INDEX person_by_name ON person (environment, name_folded, id)',
  'CREATE INDEX person_of_organisation ON person (environment, organisation, name_folded, id)',
  'CREATE INDEX person_invited_with ON person (invited_with) WHERE invited_with IS NOT NULL',

  // Of a grant for a service, `place_organisation` is the organisation that it is of.
  `CREATE TABLE person_grant (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL,
    person ${text} NOT NULL,
    role ${text} NOT NULL,
    place_kind ${text} NOT NULL,
    place_id ${text},
    place_organisation ${text},
    since ${text} NOT NULL,
    until ${text},
    given_by_kind ${text} NOT NULL,
    given_by_id ${text},
    given_by_name ${text} NOT NULL,
    given_with ${text},
    ${CONFIRMATION.map((column) => `${column} ${text}`).join(', ')},
    ended_at ${text},
    ended_by_id ${text},
    ended_by_name ${text},
    row_code ${text},
    CHECK ((place_kind = 'environment') = (place_id IS NULL)),
    FOREIGN KEY (environment, person) ${references('person (environment, id)')}
  ) ${end}`,
  'CREATE INDEX person_grant_of_person ON person_grant (person) WHERE ended_at IS NULL',
  'CREATE INDEX person_grant_of_place ON person_grant (environment, place_id, role) WHERE ended_at IS NULL',
  'CREATE INDEX person_grant_of_role ON person_grant (environment, role) WHERE ended_at IS NULL',
  'CREATE INDEX person_grant_waiting ON person_grant (environment) WHERE asked_by_id IS NOT NULL AND confirmed_at IS NULL',
  'CREATE INDEX person_grant_given_with ON person_grant (given_with) WHERE given_with IS NOT NULL',

  `CREATE TABLE inventory (
    kind ${text} NOT NULL,
    owner ${text} NOT NULL,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    ids ${text} NOT NULL,
    row_code ${text},
    PRIMARY KEY (kind, owner)
  ) ${end}`,
])
