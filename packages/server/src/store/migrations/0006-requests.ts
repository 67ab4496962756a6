import { fixedColumns, keptColumns, onlyEmptied, undeleted, unreplaced } from './guards.ts'
import { counter, ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

/** What is asked for, whatever brings it (decisions 0043 and 0046), and the steps that it went. */
export const requests: Migration = migration('requests', (words) => [
  ...counter(words, 'request'),
  // A kit that brings a request is one of its organisation: the database itself refuses another.
  `CREATE TABLE request (
    number ${words.counted('request')},
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    service ${words.text},
    profile ${words.text} NOT NULL,
    store ${words.text},
    state ${words.text} NOT NULL,
    common_name ${words.text} NOT NULL,
    subject_key ${words.text} NOT NULL,
    key_hash ${words.text} NOT NULL,
    origin_kind ${words.text} NOT NULL,
    origin_id ${words.text} NOT NULL,
    origin_name ${words.text} NOT NULL,
    origin_of ${words.text},
    asked_by ${words.text},
    kit ${words.text} GENERATED ALWAYS AS (CASE origin_kind WHEN 'kit' THEN origin_id END)
      ${words.engine === 'sqlite' ? 'VIRTUAL' : 'STORED'},
    owner_kind ${words.text} NOT NULL,
    owner_id ${words.text} NOT NULL,
    host_folded ${words.text} NOT NULL,
    from_address ${words.text} NOT NULL,
    from_network ${words.text},
    submitted_at ${words.text} NOT NULL,
    decided_at ${words.text},
    decided_by ${words.text},
    decided_by_id ${words.text},
    downloaded_at ${words.text},
    downloaded_by ${words.text},
    downloaded_by_id ${words.text},
    reason ${words.text},
    certificate ${words.text} UNIQUE,
    certificate_ends ${words.text},
    search ${words.text} NOT NULL,
    subject ${words.blob} NOT NULL,
    names ${words.text} NOT NULL,
    csr ${words.blob} NOT NULL,
    machine ${words.text},
    contact ${words.text},
    findings ${words.text} NOT NULL,
    choices ${words.text},
    read_under ${words.text},
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')},
    FOREIGN KEY (environment, organisation, kit) ${references('kit (environment, organisation, id)')}
  ) ${words.end}`,
  // By its number is told what was decided before what.
  ...undeleted(words, 'request'),
  fixedColumns(words, 'request', 'number', ['number']),
  ...(words.engine === 'sqlite' ? [unreplaced('request', 'number')] : []),
  // Newest first. What the lists filter by stands in the index, so that rows which do not match are never read.
  `CREATE INDEX request_newest ON request (environment, number, state, profile, submitted_at${words.andSearch})`,
  `CREATE INDEX request_of_organisation
    ON request (environment, organisation, number, state, profile, submitted_at${words.andSearch})`,
  'CREATE INDEX request_of_service ON request (environment, service, number) WHERE service IS NOT NULL',
  `CREATE INDEX request_state ON request (environment, state, number, profile, submitted_at${words.andSearch})`,
  'CREATE INDEX request_of_subject ON request (environment, profile, subject_key, organisation, number)',
  'CREATE INDEX request_of_key ON request (environment, key_hash, number)',
  'CREATE INDEX request_of_owner ON request (owner_id, number)',
  'CREATE INDEX request_of_host ON request (environment, host_folded, number)',
  "CREATE INDEX request_waiting ON request (submitted_at) WHERE state = 'pending'",
  "CREATE INDEX request_pending_of_origin ON request (origin_id, number) WHERE state = 'pending'",
  "CREATE INDEX request_pending_of_owner ON request (owner_id, number) WHERE state = 'pending'",
  "CREATE INDEX request_taken_back ON request (origin_id, from_network, number) WHERE state = 'cancelled'",
  `CREATE INDEX request_ending ON request (certificate_ends)
    WHERE certificate_ends IS NOT NULL AND state IN ('approved', 'installed', 'downloaded')`,

  ...counter(words, 'request_step'),
  `CREATE TABLE request_step (
    number ${words.counted('request_step')},
    request ${words.integer} NOT NULL ${references('request (number)')},
    kind ${words.text} NOT NULL,
    at ${words.text} NOT NULL,
    actor_kind ${words.text} NOT NULL,
    actor_id ${words.text},
    actor_name ${words.text} NOT NULL,
    actor_from ${words.text},
    beforehand ${words.integer} NOT NULL CHECK (beforehand IN (0, 1)),
    reason ${words.text},
    other_request ${words.integer}
  ) ${words.end}`,
  'CREATE INDEX request_step_of_request ON request_step (request, number)',
  // A step stays as it was written, but for what is erased of it, where somebody went it.
  ...undeleted(words, 'request_step'),
  fixedColumns(words, 'request_step', 'step', STEP),
  keptColumns(words, 'request_step', 'personal', PERSONAL, onlyEmptied(words, PERSONAL, "OLD.actor_kind = 'person'")),
  ...(words.engine === 'sqlite' ? [unreplaced('request_step', 'number')] : []),
])

const STEP = ['number', 'request', 'kind', 'at', 'actor_kind', 'actor_id', 'beforehand', 'other_request']
const PERSONAL = ['actor_name', 'actor_from', 'reason']
