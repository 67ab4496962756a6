import { appendOnly, type Migration, migration, ownNames } from './migration.ts'

/**
 * Of an organisation's key, which of its services it is for. Of those that there are, the first request says it that was decided for the key: each
 * certificate of an organisation has its request.
 */
export const keysOfServices: Migration = migration('keys of services', (words) => [
  ...(words.engine === 'sqlite'
    ? ['DROP TRIGGER key_holder_no_update', 'DROP TRIGGER key_holder_no_delete']
    : ['DROP TRIGGER key_holder_append_only ON key_holder', 'DROP FUNCTION key_holder_append_only']),
  `ALTER TABLE key_holder ADD COLUMN service ${words.text}`,
  `UPDATE key_holder SET service = (
    SELECT r.service FROM request r
    WHERE r.environment = key_holder.environment AND r.key_hash = key_holder.key_hash
      AND r.owner_kind = 'organisation' AND r.certificate IS NOT NULL
    ORDER BY r.number LIMIT 1
  ) WHERE owner_kind = 'organisation'`,
  ...appendOnly(words, 'key_holder'),
  ...(words.engine === 'sqlite' ? [] : [ownNames]),
])
