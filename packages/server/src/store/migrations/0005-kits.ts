import { CONFIRMATION } from './confirmation.ts'
import { type Migration, migration, references } from './migration.ts'

/** Kits, by which machines ask. `refused` counts a flood; `created_with` is what whoever made it was signed in with. */
export const kits: Migration = migration('kits', ({ text, integer, end }) => [
  `CREATE TABLE kit (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL,
    organisation ${text} NOT NULL,
    service ${text},
    name ${text} NOT NULL,
    secret_hash ${text} NOT NULL,
    rules_digest ${text} NOT NULL,
    profile ${text} NOT NULL,
    store ${text} NOT NULL,
    common_name ${text} NOT NULL,
    keys ${text} NOT NULL,
    proposed_key ${text} NOT NULL,
    standing_approval ${integer} NOT NULL CHECK (standing_approval IN (0, 1)),
    standing_ended_at ${text},
    uses_allowed ${integer} NOT NULL CHECK (uses_allowed > 0),
    uses_made ${integer} NOT NULL CHECK (uses_made >= 0),
    refused ${integer} NOT NULL,
    expires_at ${text} NOT NULL,
    created_at ${text} NOT NULL,
    created_by_id ${text} NOT NULL,
    created_by_name ${text} NOT NULL,
    created_with ${text} NOT NULL,
    ${CONFIRMATION.map((column) => `${column} ${text}`).join(', ')},
    withdrawn_at ${text},
    search ${text} NOT NULL,
    row_code ${text},
    CHECK (uses_made <= uses_allowed),
    UNIQUE (environment, organisation, id),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,
  'CREATE INDEX kit_newest ON kit (environment, created_at, id)',
  'CREATE INDEX kit_of_organisation ON kit (environment, organisation, created_at, id)',
  'CREATE INDEX kit_of_service ON kit (environment, service, created_at, id) WHERE service IS NOT NULL',
  'CREATE INDEX kit_made_with ON kit (created_with)',
])
