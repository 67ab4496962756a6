import { ENVIRONMENT_CHECK, type Migration, migration, type Words } from './migration.ts'

/** What keeps a flood within bounds, and what was made with a certificate that turned out to be somebody else's. */
export const floods: Migration = migration('floods', (words) => [
  `ALTER TABLE kit ADD COLUMN refused ${words.integer} NOT NULL DEFAULT 0`,
  // The certificate that whoever made it was signed in with: what its revocation means for what was made with it.
  `ALTER TABLE kit ADD COLUMN created_with ${words.text}`,
  `ALTER TABLE kit ADD COLUMN standing_ended_at ${words.text}`,
  `ALTER TABLE invitation ADD COLUMN made_with ${words.text}`,
  `ALTER TABLE person ADD COLUMN invited_with ${words.text}`,
  'CREATE INDEX kit_made_with ON kit (created_with) WHERE created_with IS NOT NULL',
  'CREATE INDEX invitation_made_with ON invitation (made_with) WHERE made_with IS NOT NULL AND spent_at IS NULL',
  'CREATE INDEX person_invited_with ON person (invited_with) WHERE invited_with IS NOT NULL',

  // Marked when a certificate is revoked because somebody else may have its key: see compromise.ts.
  `CREATE TABLE compromise (
    kind ${words.text} NOT NULL,
    value ${words.text} NOT NULL,
    certificate ${words.text} NOT NULL,
    at ${words.text} NOT NULL,
    PRIMARY KEY (kind, value)
  ) ${words.end}`,
  ...['applicant', 'person', 'key', 'certificate'].map(markedBefore),
  addressesBefore(words),

  `CREATE TABLE blocked_applicant (
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text} NOT NULL,
    applicant ${words.text} NOT NULL,
    at ${words.text} NOT NULL,
    by_id ${words.text} NOT NULL,
    by_name ${words.text} NOT NULL,
    reason ${words.text} NOT NULL,
    PRIMARY KEY (environment, applicant, organisation)
  ) ${words.end}`,
  "CREATE INDEX request_pending_of_kit ON request (kit_id, number) WHERE state = 'pending'",
  "CREATE INDEX request_pending_of_applicant ON request (applicant, number) WHERE state = 'pending'",
])

const REASONS = "('keyCompromise', 'cessationOfOperation', 'privilegeWithdrawn')"

/** Marks what stood behind certificates that were revoked before there were marks. */
function markedBefore(kind: string): string {
  const column = { key: 'key_hash', certificate: 'id' }[kind] ?? kind
  return `INSERT INTO compromise (kind, value, certificate, at)
    SELECT '${kind}', ${column}, min(id), min(revoked_at) FROM certificate
    WHERE revocation_reason IN ${REASONS} AND ${column} IS NOT NULL GROUP BY ${column}`
}

function addressesBefore({ engine }: Words): string {
  const each =
    engine === 'sqlite'
      ? "json_each(request.machine, '$.macAddresses') AS address"
      : "jsonb_array_elements_text(request.machine::jsonb -> 'macAddresses') AS address (value)"
  return `INSERT INTO compromise (kind, value, certificate, at)
    SELECT 'address', address.value, min(certificate.id), min(certificate.revoked_at)
    FROM certificate JOIN request ON request.number = certificate.request CROSS JOIN ${each}
    WHERE certificate.revocation_reason IN ${REASONS} GROUP BY address.value`
}
