import { appendOnly, type Migration, migration, type Words } from './migration.ts'

/**
 * Whose a certificate, a key and a name are stands in one pair of columns (see `core/owner.ts`), where it followed from which of
 * two others was empty.
 */
export const owners: Migration = migration('owners', (words) => [
  ...without(words, 'certificate', ['certificate_stays_as_issued']),
  ...ownerColumns(words, 'certificate'),
  `UPDATE certificate SET
    owner_kind = CASE WHEN person IS NOT NULL THEN 'person' WHEN applicant IS NOT NULL THEN 'applicant' ELSE 'desk' END,
    owner_id = coalesce(person, applicant, 'desk')`,
  ...checked(words),
  ...['applicant', 'person'].map((column) => `ALTER TABLE certificate DROP COLUMN ${column}`),
  certificatesStay(words),

  ...(words.engine === 'sqlite'
    ? without(words, 'key_holder', ['key_holder_no_update', 'key_holder_no_delete'])
    : [...without(words, 'key_holder', ['key_holder_append_only']), 'DROP FUNCTION key_holder_append_only']),
  ...ownerColumns(words, 'key_holder'),
  `UPDATE key_holder SET
    owner_kind = CASE kind WHEN 'machine' THEN 'applicant' ELSE kind END,
    owner_id = coalesce(person, applicant, 'desk')`,
  ...['kind', 'applicant', 'person'].map((column) => `ALTER TABLE key_holder DROP COLUMN ${column}`),
  ...appendOnly(words, 'key_holder'),

  ...ownerColumns(words, 'name_in_force'),
  // Of a name, the applicant alone was known: what others have, their certificates say.
  `UPDATE name_in_force SET
    owner_kind = coalesce((SELECT c.owner_kind FROM certificate c WHERE c.id = name_in_force.certificate), 'applicant'),
    owner_id = coalesce((SELECT c.owner_id FROM certificate c WHERE c.id = name_in_force.certificate), applicant, '')`,
  ...checked(words),
  'ALTER TABLE name_in_force DROP COLUMN applicant',
])

const ownerColumns = ({ text }: Words, table: string): readonly string[] =>
  ['owner_kind', 'owner_id'].map((column) => `ALTER TABLE ${table} ADD COLUMN ${column} ${text} NOT NULL DEFAULT ''`)

/** A table of PostgreSQL is not altered while references of its rows wait to be looked at, as do those of a row that was written twice. */
const checked = ({ engine }: Words): readonly string[] =>
  engine === 'sqlite' ? [] : ['SET CONSTRAINTS ALL IMMEDIATE', 'SET CONSTRAINTS ALL DEFERRED']

const without = ({ engine }: Words, table: string, triggers: readonly string[]): readonly string[] =>
  triggers.map((trigger) => `DROP TRIGGER ${trigger}${engine === 'sqlite' ? '' : ` ON ${table}`}`)

/** As before (see `0012-keys.ts`), and that whose a certificate is never changes. */
function certificatesStay({ engine }: Words): string {
  const others = OTHERS.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(' OR ')
  const fixed = FIXED.map((column) => `NEW.${column} <> OLD.${column}`).join(' OR ')
  const refused = `${fixed} OR (OLD.revoked_at IS NULL AND NEW.compromised_at IS NOT NULL) OR (OLD.revoked_at IS NOT NULL
    AND (OLD.revocation_reason = 'keyCompromise' OR NEW.revocation_reason IS DISTINCT FROM 'keyCompromise'
      OR NEW.compromised_at IS NULL OR ${others}))`
  const trigger = 'certificate_stays_as_issued'
  return engine === 'sqlite'
    ? `CREATE TRIGGER ${trigger} BEFORE UPDATE ON certificate WHEN ${refused}
        BEGIN SELECT RAISE(ABORT, 'a certificate stays as issued, and revoked'); END`
    : `CREATE TRIGGER ${trigger} BEFORE UPDATE ON certificate
      FOR EACH ROW WHEN (${refused}) EXECUTE FUNCTION certificate_stays()`
}

/** What never changes. */
const FIXED = [
  ...['environment', 'authority', 'serial', 'der', 'fingerprint', 'not_before', 'not_after', 'key_hash'],
  ...['owner_kind', 'owner_id'],
]
/** What besides does not change any more once it is revoked. */
const OTHERS = [
  ...['number', 'id', 'organisation', 'profile', 'common_name', 'subject', 'subject_key', 'issued_at', 'request'],
  ...['revoked_at', 'search', 'receives'],
]
