import { ENVIRONMENT_CHECK, type Migration, migration, references, type Words } from './migration.ts'

/**
 * What brings a request need be no kit, and whose it is no applicant key: both are named by kind and id. Where its key lies no machine of
 * ours has, there is no store. See decisions 0043 and 0044.
 */
export const origins: Migration = migration('origins', (words) =>
  words.engine === 'sqlite' ? ofSqlite(words) : POSTGRES,
)

/** A kit that brings a request is one of its organisation: the database itself refuses another. */
const KIT = "CASE origin_kind WHEN 'kit' THEN origin_id END"

/** A column keeps its indexes under its new name. */
const POSTGRES: readonly string[] = [
  `DO $$ DECLARE rule text; BEGIN
    FOR rule IN SELECT conname FROM pg_constraint WHERE conrelid = 'request'::regclass
      AND (contype = 'f' AND confrelid = 'kit'::regclass OR contype = 'c' AND pg_get_constraintdef(oid) LIKE '%store%')
    LOOP EXECUTE format('ALTER TABLE request DROP CONSTRAINT %I', rule); END LOOP; END $$`,
  'ALTER TABLE request ALTER COLUMN store DROP NOT NULL',
  'ALTER TABLE request RENAME COLUMN kit_id TO origin_id',
  'ALTER TABLE request RENAME COLUMN kit_name TO origin_name',
  'ALTER TABLE request RENAME COLUMN applicant TO owner_id',
  `ALTER TABLE request ADD COLUMN origin_kind TEXT COLLATE "C" NOT NULL DEFAULT 'kit'`,
  `ALTER TABLE request ADD COLUMN owner_kind TEXT COLLATE "C" NOT NULL DEFAULT 'applicant'`,
  'ALTER TABLE request ALTER COLUMN origin_kind DROP DEFAULT',
  'ALTER TABLE request ALTER COLUMN owner_kind DROP DEFAULT',
  `ALTER TABLE request ADD COLUMN kit TEXT COLLATE "C" GENERATED ALWAYS AS (${KIT}) STORED`,
  `ALTER TABLE request ADD FOREIGN KEY (environment, organisation, kit) ${references('kit (environment, organisation, id)')}`,
  'ALTER INDEX request_of_applicant RENAME TO request_of_owner',
  'ALTER INDEX request_pending_of_kit RENAME TO request_pending_of_origin',
  'ALTER INDEX request_pending_of_applicant RENAME TO request_pending_of_owner',
]

const KEPT = [
  ...['number', 'environment', 'organisation', 'profile', 'store', 'state', 'common_name', 'subject_key', 'key_hash'],
  ...['host_folded', 'from_address', 'from_network', 'submitted_at', 'decided_at', 'decided_by', 'downloaded_at'],
  ...['downloaded_by', 'reason', 'certificate', 'certificate_ends', 'search', 'subject', 'names', 'csr', 'machine'],
  ...['contact', 'findings', 'read_under'],
].join(', ')

/** A reference of the whole table named the kit, so the table is made anew. Rows that refer to it find it again before the commit. */
const ofSqlite = ({ text, blob, counted, end, andSearch }: Words): readonly string[] => [
  'CREATE TEMPORARY TABLE request_before AS SELECT * FROM request',
  'DROP TABLE request',
  `CREATE TABLE request (
    number ${counted},
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text} NOT NULL,
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
    machine ${text} NOT NULL,
    contact ${text} NOT NULL,
    findings ${text} NOT NULL,
    read_under ${text},
    kit ${text} GENERATED ALWAYS AS (${KIT}) VIRTUAL,
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')},
    FOREIGN KEY (environment, organisation, kit) ${references('kit (environment, organisation, id)')}
  ) ${end}`,
  `INSERT INTO request (${KEPT}, origin_kind, origin_id, origin_name, owner_kind, owner_id)
    SELECT ${KEPT}, 'kit', kit_id, kit_name, 'applicant', applicant FROM request_before`,
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
