import { ENVIRONMENT_CHECK, type Migration, migration, references, type Words } from './migration.ts'

export const certificates: Migration = migration('certificates', (words) => [
  `CREATE TABLE authority (
    number ${words.counted},
    id ${words.text} NOT NULL UNIQUE,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    purpose ${words.text} NOT NULL CHECK (purpose IN ('root', 'machines', 'people', 'desk')),
    name ${words.text} NOT NULL,
    subject ${words.text} NOT NULL,
    parent ${words.text} ${references('authority (id)')},
    key_id ${words.text} NOT NULL UNIQUE,
    serial ${words.text} NOT NULL,
    certificate ${words.blob} NOT NULL,
    fingerprint ${words.text} NOT NULL UNIQUE,
    not_before ${words.text} NOT NULL,
    not_after ${words.text} NOT NULL,
    created_at ${words.text} NOT NULL,
    UNIQUE (parent, serial),
    CHECK ((purpose = 'root') = (parent IS NULL))
  ) ${words.end}`,
  'CREATE INDEX authority_current ON authority (environment, purpose, created_at)',

  `CREATE TABLE certificate (
    number ${words.counted},
    id ${words.text} NOT NULL UNIQUE,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
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
    request ${words.integer} UNIQUE ${references('request (number)')},
    applicant ${words.text},
    person ${words.text},
    revoked_at ${words.text},
    revocation_reason ${words.text},
    search ${words.text} NOT NULL,
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
  `CREATE INDEX certificate_revoked ON certificate (environment, issued_at, id) WHERE revoked_at IS NOT NULL`,
  'CREATE INDEX certificate_of_subject ON certificate (environment, profile, subject_key, issued_at)',
  'CREATE INDEX certificate_of_key ON certificate (environment, key_hash, issued_at)',
  'CREATE INDEX certificate_of_profile ON certificate (authority, profile, issued_at)',
  'CREATE INDEX certificate_for_crl ON certificate (authority, revoked_at, not_after) WHERE revoked_at IS NOT NULL',
  'CREATE INDEX certificate_valid ON certificate (environment, organisation, not_after) WHERE revoked_at IS NULL',
  ...certificatesStay(words),

  `CREATE TABLE intent (
    number ${words.counted},
    id ${words.text} NOT NULL UNIQUE,
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    authority ${words.text} NOT NULL,
    signer_key ${words.text} NOT NULL,
    certificate ${words.text} NOT NULL UNIQUE,
    profile ${words.text},
    tbs ${words.blob} NOT NULL,
    purpose ${words.text} NOT NULL,
    subject_key_id ${words.text},
    created_at ${words.text} NOT NULL
  ) ${words.end}`,

  `CREATE TABLE crl (
    authority ${words.text} NOT NULL ${references('authority (id)')},
    number ${words.integer} NOT NULL,
    der ${words.blob} NOT NULL,
    this_update ${words.text} NOT NULL,
    next_update ${words.text} NOT NULL,
    entries ${words.integer} NOT NULL,
    covers ${words.integer} NOT NULL,
    PRIMARY KEY (authority, number)
  ) ${words.end}`,
])

/** What was issued stays as it was issued, and a revocation stays as well: only its one step forward is open. */
function certificatesStay({ engine }: Words): readonly string[] {
  const fixed = ['environment', 'authority', 'serial', 'der', 'fingerprint', 'not_before', 'not_after', 'key_hash']
  const changed = fixed.map((column) => `NEW.${column} <> OLD.${column}`)
  const refused = `OLD.revoked_at IS NOT NULL OR ${changed.join(' OR ')}`
  if (engine === 'sqlite') {
    return [
      `CREATE TRIGGER certificate_stays BEFORE DELETE ON certificate
        BEGIN SELECT RAISE(ABORT, 'certificates are never deleted'); END`,
      `CREATE TRIGGER certificate_stays_as_issued BEFORE UPDATE ON certificate WHEN ${refused}
        BEGIN SELECT RAISE(ABORT, 'a certificate stays as issued, and revoked'); END`,
    ]
  }
  return [
    `CREATE FUNCTION certificate_stays() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'a certificate stays as issued, and revoked'; END $$`,
    `CREATE TRIGGER certificate_stays BEFORE DELETE OR TRUNCATE ON certificate
      FOR EACH STATEMENT EXECUTE FUNCTION certificate_stays()`,
    `CREATE TRIGGER certificate_stays_as_issued BEFORE UPDATE ON certificate
      FOR EACH ROW WHEN (${refused}) EXECUTE FUNCTION certificate_stays()`,
  ]
}
