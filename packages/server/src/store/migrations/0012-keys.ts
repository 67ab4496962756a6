import { isPkiError } from '@scel/pki/errors'
import { parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import { type RawBuilder, sql } from 'kysely'
import { sha256 } from '../../core/hash.ts'
import { holderOfIntent } from '../../core/issuance/intent-holder.ts'
import type { HeldKey } from '../../core/keys/holder.ts'
import { THE_DESK } from '../../core/owner.ts'
import type { Instant } from '../../core/world.ts'
import type { Bound } from '../bound.ts'
import { intentOf } from '../intent-store.ts'
import { appendOnly, ENVIRONMENT_CHECK, type Migration, migration, type Words } from './migration.ts'

/**
 * Whose each certified key is (see `core/keys`), and the one change that a revocation has: towards the compromise of its
 * key. Keys from before are entered at once: the desk's own first, then each for whom it was first certified for.
 */
export const keys: Migration = {
  ...migration('keys', (words) => [
    `CREATE TABLE key_holder (
      environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
      key_hash ${words.text} NOT NULL,
      kind ${words.text} NOT NULL,
      organisation ${words.text},
      subject_key ${words.text},
      applicant ${words.text},
      person ${words.text},
      since ${words.text} NOT NULL,
      PRIMARY KEY (key_hash, environment)
    ) ${words.end}`,
    ...appendOnly(words, 'key_holder'),
    `ALTER TABLE certificate ADD COLUMN compromised_at ${words.text}`,
    ...certificatesStay(words),
  ]),
  async fill(_, db) {
    const authorities = await db.selectFrom('authority').select(['environment', 'certificate', 'created_at']).execute()
    for (const { environment, certificate, created_at: since } of authorities) {
      const spki = readable(() => parseCertificate(certificate).publicKey.spki)
      if (spki) await enter(db, { environment, key: await sha256(spki), holder: { owner: THE_DESK } }, since)
    }
    await enterCertificates(db, sql`'desk', null, null, null, null`, sql`applicant is null and person is null`)
    const others = sql`case when person is null then 'machine' else 'person' end,
      case when person is null then organisation end, case when person is null then subject_key end,
      case when person is null then applicant end, person`
    await enterCertificates(db, others, sql`(applicant is not null or person is not null)`)
    for (const row of await db.selectFrom('intent').selectAll().orderBy('number').execute()) {
      const intent = intentOf(row)
      const { environment, createdAt: since } = intent
      const spki = readable(() => parseTbsCertificate(intent.tbs).publicKey.spki)
      if (spki) await enter(db, { environment, key: await sha256(spki), holder: holderOfIntent(intent) }, since)
    }
  },
}

/** A row that somebody planted may hold anything; nothing comes of it later either. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

/** In the columns of then: see `0019-owners.ts`. */
function enter(db: Bound, { environment, key, holder }: HeldKey, since: Instant): Promise<unknown> {
  const { owner, subject } = holder
  const kind = owner.kind === 'applicant' ? 'machine' : owner.kind
  const applicant = owner.kind === 'applicant' ? owner.id : null
  const person = owner.kind === 'person' ? owner.id : null
  return sql`insert into key_holder (environment, key_hash, kind, organisation, subject_key, applicant, person, since)
    values (${environment}, ${key}, ${kind}, ${subject?.organisation ?? null}, ${subject?.subjectKey ?? null},
      ${applicant}, ${person}, ${since}) on conflict do nothing`.execute(db)
}

const enterCertificates = (db: Bound, holder: RawBuilder<unknown>, which: RawBuilder<unknown>): Promise<unknown> =>
  sql`insert into key_holder (environment, key_hash, kind, organisation, subject_key, applicant, person, since)
    select environment, key_hash, ${holder}, issued_at from certificate where ${which}
    order by number on conflict do nothing`.execute(db)

/** As before, but that a revocation for another reason may once become one for a compromised key, and keeps its date. */
function certificatesStay({ engine }: Words): readonly string[] {
  const others = OTHERS.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(' OR ')
  const fixed = FIXED.map((column) => `NEW.${column} <> OLD.${column}`).join(' OR ')
  const refused = `${fixed} OR (OLD.revoked_at IS NULL AND NEW.compromised_at IS NOT NULL) OR (OLD.revoked_at IS NOT NULL
    AND (OLD.revocation_reason = 'keyCompromise' OR NEW.revocation_reason IS DISTINCT FROM 'keyCompromise'
      OR NEW.compromised_at IS NULL OR ${others}))`
  const trigger = 'certificate_stays_as_issued'
  if (engine === 'sqlite') {
    return [
      `DROP TRIGGER ${trigger}`,
      `CREATE TRIGGER ${trigger} BEFORE UPDATE ON certificate WHEN ${refused}
        BEGIN SELECT RAISE(ABORT, 'a certificate stays as issued, and revoked'); END`,
    ]
  }
  return [
    `DROP TRIGGER ${trigger} ON certificate`,
    `CREATE TRIGGER ${trigger} BEFORE UPDATE ON certificate
      FOR EACH ROW WHEN (${refused}) EXECUTE FUNCTION certificate_stays()`,
  ]
}

/** What never changes. */
const FIXED = ['environment', 'authority', 'serial', 'der', 'fingerprint', 'not_before', 'not_after', 'key_hash']
/** What besides does not change any more once it is revoked. */
const OTHERS = [
  ...['number', 'id', 'organisation', 'profile', 'common_name', 'subject', 'subject_key', 'issued_at', 'request'],
  ...['applicant', 'person', 'revoked_at', 'search', 'receives'],
]
