import { ENVIRONMENT_CHECK, type Migration, migration, references, type Words } from './migration.ts'

/**
 * A request need not belong to an organisation, be for a machine, or name whom to reach: administrators and the desk itself ask, too. See
 * decision 0046.
 */
export const requestsOfAnybody: Migration = migration('requests of anybody', (words) =>
  words.engine === 'sqlite' ? ofSqlite(words) : POSTGRES,
)

const POSTGRES: readonly string[] = [
  // A table is not altered while references of its rows wait to be looked at.
  'SET CONSTRAINTS ALL IMMEDIATE',
  'SET CONSTRAINTS ALL DEFERRED',
  ...['organisation', 'machine', 'contact'].map((column) => `ALTER TABLE request ALTER COLUMN ${column} DROP NOT NULL`),
]

const COLUMNS = [
  ...['number', 'environment', 'organisation', 'profile', 'store', 'state', 'common_name', 'subject_key', 'key_hash'],
  ...['origin_kind', 'origin_id', 'origin_name', 'owner_kind', 'owner_id', 'host_folded', 'from_address'],
  ...['from_network', 'submitted_at', 'decided_at', 'decided_by', 'downloaded_at', 'downloaded_by', 'reason'],
  ...['certificate', 'certificate_ends', 'search', 'subject', 'names', 'csr', 'machine', 'contact', 'findings'],
  'read_under',
].join(', ')

/** SQLite takes no NOT NULL off a column, so the table is made anew. Rows that refer to it find it again before the commit. */
const ofSqlite = ({ text, blob, counted, end, andSearch }: Words): readonly string[] => [
  'CREATE TEMPORARY TABLE request_before AS SELECT * FROM request',
  'DROP TABLE request',
  `CREATE TABLE request (
    number ${counted},
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text},
    profile ${text} NOT NULL,
    store ${text},
    state ${text} NOT NULL,
    common_name ${text} NOT NULL,
    subject_key ${text} NOT NULL,
    key_hash ${text} NOT NULL,
    origin_kind ${text} NOT NULL,
    origin_id ${text} NOT NULL,
    origin_name ${text} NOT NULL,
    owner_kind ${text} NOT NULL,
    owner_id ${text} NOT NULL,
    host_folded ${text} NOT NULL,
    from_address ${text} NOT NULL,
    from_network ${text},
    submitted_at ${text} NOT NULL,
    decided_at ${text},
    decided_by ${text},
    downloaded_at ${text},
    downloaded_by ${text},
    reason ${text},
    certificate ${text} UNIQUE,
    certificate_ends ${text},
    search ${text} NOT NULL,
    subject ${blob} NOT NULL,
    names ${text} NOT NULL,
    csr ${blob} NOT NULL,
    machine ${text},
    contact ${text},
    findings ${text} NOT NULL,
    read_under ${text},
    kit ${text} GENERATED ALWAYS AS (CASE origin_kind WHEN 'kit' THEN origin_id END) VIRTUAL,
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')},
    FOREIGN KEY (environment, organisation, kit) ${references('kit (environment, organisation, id)')}
  ) ${end}`,
  `INSERT INTO request (${COLUMNS}) SELECT ${COLUMNS} FROM request_before`,
  'DROP TABLE request_before',
  `CREATE INDEX request_newest ON request (environment, number, state, profile, submitted_at${andSearch})`,
  `CREATE INDEX request_of_organisation
    ON request (environment, organisation, number, state, profile, submitted_at${andSearch})`,
  `CREATE INDEX request_state ON request (environment, state, number, profile, submitted_at${andSearch})`,
  'CREATE INDEX request_of_subject ON request (environment, profile, subject_key, organisation, number)',
  'CREATE INDEX request_of_key ON request (environment, key_hash, number)',
  'CREATE INDEX request_of_owner ON request (owner_id, number)',
  'CREATE INDEX request_of_host ON request (environment, host_folded, number)',
  "CREATE INDEX request_waiting ON request (submitted_at) WHERE state = 'pending'",
  `CREATE INDEX request_ending ON request (certificate_ends)
    WHERE certificate_ends IS NOT NULL AND state IN ('approved', 'installed', 'downloaded')`,
  "CREATE INDEX request_pending_of_origin ON request (origin_id, number) WHERE state = 'pending'",
  "CREATE INDEX request_pending_of_owner ON request (owner_id, number) WHERE state = 'pending'",
  "CREATE INDEX request_taken_back ON request (origin_id, from_network, number) WHERE state = 'cancelled'",
]
