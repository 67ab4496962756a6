import { refusal, refused, unreplaced } from './guards.ts'
import { counter, ENVIRONMENT_CHECK, type Migration, migration, references, type Words } from './migration.ts'

/** What is to be signed, and what was. */
export const certificates: Migration = migration('certificates', (words) => [
  ...counter(words, 'intent'),
  `CREATE TABLE intent (
    number ${words.counted('intent')},
    id ${words.text} NOT NULL UNIQUE,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    service ${words.text},
    authority ${words.text} NOT NULL,
    signer_key ${words.text} NOT NULL,
    certificate ${words.text} NOT NULL UNIQUE,
    profile ${words.text},
    tbs ${words.blob} NOT NULL,
    purpose ${words.text} NOT NULL,
    subject_key_id ${words.text},
    created_at ${words.text} NOT NULL,
    row_code ${words.text}
  ) ${words.end}`,

  // `owner_…`: whose it is (core/owner.ts); `receives`: whether files can be sealed to it, `receiver` and its words: by what the
  // directory finds it (core/recipients); `compromised_at`: of a revocation that became one for a
  // compromised key after another one.
  ...counter(words, 'certificate'),
  `CREATE TABLE certificate (
    number ${words.counted('certificate')},
    id ${words.text} NOT NULL UNIQUE,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    service ${words.text},
    profile ${words.text} NOT NULL,
    authority ${words.text} NOT NULL ${references('authority (id)')},
    serial ${words.text} NOT NULL,
    common_name ${words.text} NOT NULL,
    subject ${words.text} NOT NULL,
    subject_key ${words.text} NOT NULL,
    fingerprint ${words.text} NOT NULL UNIQUE,
    key_hash ${words.text} NOT NULL,
    not_before ${words.text} NOT NULL,
    not_after ${words.text} NOT NULL,
    issued_at ${words.text} NOT NULL,
    receives ${words.integer} NOT NULL,
    owner_kind ${words.text} NOT NULL,
    owner_id ${words.text} NOT NULL,
    request ${words.integer} UNIQUE ${references('request (number)')},
    revoked_at ${words.text},
    revocation_reason ${words.text},
    compromised_at ${words.text},
    search ${words.text} NOT NULL,
    receiver ${words.text},
    receiver_words ${words.text},
    der ${words.blob} NOT NULL,
    UNIQUE (authority, serial),
    CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL)),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${words.end}`,
  // Newest first. What the lists filter by stands in the index, so that rows which do not match are never read.
  `CREATE INDEX certificate_newest ON certificate
    (environment, issued_at, id, revoked_at, not_after, profile, serial${words.andSearch})`,
  `CREATE INDEX certificate_of_organisation ON certificate
    (environment, organisation, issued_at, id, revoked_at, not_after, profile, serial${words.andSearch})`,
  'CREATE INDEX certificate_of_service ON certificate (environment, service, issued_at, id) WHERE service IS NOT NULL',
  'CREATE INDEX certificate_revoked ON certificate (environment, issued_at, id) WHERE revoked_at IS NOT NULL',
  'CREATE INDEX certificate_of_subject ON certificate (environment, profile, subject_key, issued_at)',
  'CREATE INDEX certificate_of_key ON certificate (environment, key_hash, issued_at)',
  'CREATE INDEX certificate_of_profile ON certificate (authority, profile, issued_at)',
  "CREATE INDEX certificate_of_person ON certificate (owner_id) WHERE owner_kind = 'person'",
  'CREATE INDEX certificate_for_crl ON certificate (authority, revoked_at, not_after) WHERE revoked_at IS NOT NULL',
  'CREATE INDEX certificate_valid ON certificate (environment, organisation, not_after) WHERE revoked_at IS NULL',
  'CREATE INDEX certificate_ending ON certificate (environment, not_after, id) WHERE revoked_at IS NULL',
  // By name; what the directory asks stands in it.
  `CREATE INDEX certificate_receiver ON certificate
    (environment, receiver, id, not_before, not_after, owner_id, organisation${words.engine === 'sqlite' ? ', receiver_words' : ''})
    WHERE receiver IS NOT NULL AND revoked_at IS NULL`,
  ...certificatesStay(words),
])

/**
 * What was issued stays as it was issued, and whose; a revocation stays as well, but that one for another reason may once become one for a
 * compromised key, and keeps its date.
 */
function certificatesStay({ engine }: Words): readonly string[] {
  const others = OTHERS.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(' OR ')
  const fixed = FIXED.map((column) => `NEW.${column} <> OLD.${column}`).join(' OR ')
  const named = NAMED.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(' OR ')
  const changed = `${fixed} OR ${named} OR (OLD.revoked_at IS NULL AND NEW.compromised_at IS NOT NULL) OR (OLD.revoked_at IS NOT NULL
    AND (OLD.revocation_reason = 'keyCompromise' OR NEW.revocation_reason IS DISTINCT FROM 'keyCompromise'
      OR NEW.compromised_at IS NULL OR ${others}))`
  const says = 'a certificate stays as issued, and revoked'
  if (engine === 'postgres')
    return [
      refusal('certificate', 'certificate_stays', says),
      `CREATE TRIGGER certificate_stays BEFORE DELETE OR TRUNCATE ON certificate
        FOR EACH STATEMENT EXECUTE FUNCTION certificate_stays()`,
      `CREATE TRIGGER certificate_stays_as_issued BEFORE UPDATE ON certificate
        FOR EACH ROW WHEN (${changed}) EXECUTE FUNCTION certificate_stays()`,
    ]
  return [
    `CREATE TRIGGER certificate_stays BEFORE DELETE ON certificate
      BEGIN SELECT RAISE(ABORT, 'certificates are never deleted'); END`,
    refused('certificate', 'certificate_stays_as_issued', 'BEFORE UPDATE', changed, says),
    ...[['number'], ['id'], ['fingerprint'], ['request'], ['authority', 'serial']].map((key) =>
      unreplaced('certificate', ...key),
    ),
  ]
}

/** What never changes. */
const FIXED = [
  ...['environment', 'authority', 'serial', 'der', 'fingerprint', 'not_before', 'not_after', 'key_hash'],
  ...['owner_kind', 'owner_id'],
]
/** What others say where they mean it, and what somebody who looks for it goes by. */
const NAMED = [
  ...['number', 'id', 'request', 'profile', 'common_name', 'subject', 'subject_key', 'issued_at'],
  ...['receiver', 'receiver_words'],
]
/** What besides does not change any more once it is revoked. */
const OTHERS = ['organisation', ...['revoked_at', 'search', 'receives']]
