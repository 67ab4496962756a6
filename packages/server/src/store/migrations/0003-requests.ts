import { appendOnly, ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

const STATES = "'pending', 'approved', 'installed', 'downloaded', 'rejected', 'cancelled', 'revoked', 'expired'"

export const requests: Migration = migration('requests', (words) => [
  `CREATE TABLE request (
    number ${words.counted},
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text} NOT NULL,
    enrolment ${words.text} NOT NULL CHECK (enrolment IN ('workstation', 'server')),
    store ${words.text} NOT NULL CHECK (store IN ('user', 'machine')),
    state ${words.text} NOT NULL CHECK (state IN (${STATES})),
    common_name ${words.text} NOT NULL,
    subject_key ${words.text} NOT NULL,
    key_hash ${words.text} NOT NULL,
    applicant ${words.text} NOT NULL,
    host_folded ${words.text} NOT NULL,
    from_address ${words.text} NOT NULL,
    kit_id ${words.text} NOT NULL,
    kit_name ${words.text} NOT NULL,
    submitted_at ${words.text} NOT NULL,
    decided_at ${words.text},
    decided_by ${words.text},
    downloaded_at ${words.text},
    downloaded_by ${words.text},
    reason ${words.text},
    certificate ${words.text} UNIQUE,
    certificate_ends ${words.text},
    search ${words.text} NOT NULL,
    subject ${words.blob} NOT NULL,
    names ${words.text} NOT NULL,
    csr ${words.blob} NOT NULL,
    machine ${words.text} NOT NULL,
    contact ${words.text} NOT NULL,
    findings ${words.text} NOT NULL,
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')},
    FOREIGN KEY (environment, organisation, kit_id) ${references('kit (environment, organisation, id)')}
  ) ${words.end}`,
  // Newest first. What the lists filter by stands in the index, so that rows which do not match are never read.
  `CREATE INDEX request_newest ON request (environment, number, state, enrolment, submitted_at${words.andSearch})`,
  `CREATE INDEX request_of_organisation
    ON request (environment, organisation, number, state, enrolment, submitted_at${words.andSearch})`,
  `CREATE INDEX request_state ON request (environment, state, number, enrolment, submitted_at${words.andSearch})`,
  'CREATE INDEX request_of_subject ON request (environment, enrolment, subject_key, organisation, number)',
  'CREATE INDEX request_of_key ON request (environment, key_hash, number)',
  'CREATE INDEX request_of_applicant ON request (applicant, number)',
  'CREATE INDEX request_of_host ON request (environment, host_folded, number)',
  "CREATE INDEX request_waiting ON request (submitted_at) WHERE state = 'pending'",
  `CREATE INDEX request_ending ON request (certificate_ends)
    WHERE certificate_ends IS NOT NULL AND state IN ('approved', 'installed', 'downloaded')`,

  `CREATE TABLE request_step (
    number ${words.counted},
    request ${words.integer} NOT NULL ${references('request (number)')},
    kind ${words.text} NOT NULL,
    at ${words.text} NOT NULL,
    actor_kind ${words.text} NOT NULL CHECK (actor_kind IN ('person', 'applicant', 'desk')),
    actor_name ${words.text} NOT NULL,
    actor_from ${words.text},
    reason ${words.text},
    other_request ${words.integer}
  ) ${words.end}`,
  'CREATE INDEX request_step_of_request ON request_step (request, number)',
  ...appendOnly(words, 'request_step'),
])
