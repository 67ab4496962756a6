import { ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

/**
 * The names in force (see `core/names`): a row for each name of a certificate, or of a request that may become one. And
 * the names that each organisation may have: none, until an administrator gives it some.
 */
export const names: Migration = migration('names', (words) => [
  `CREATE TABLE name_in_force (
    number ${words.counted},
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    kind ${words.text} NOT NULL,
    name ${words.text} NOT NULL,
    parent ${words.text} NOT NULL,
    organisation ${words.text},
    applicant ${words.text},
    certificate ${words.text} ${references('certificate (id)')},
    request ${words.integer} ${references('request (number)')},
    ends ${words.text},
    CHECK ((certificate IS NULL) <> (request IS NULL)),
    CHECK ((certificate IS NULL) = (ends IS NULL))
  ) ${words.end}`,
  'CREATE INDEX name_in_force_name ON name_in_force (environment, name, ends)',
  'CREATE INDEX name_in_force_parent ON name_in_force (environment, parent, ends)',
  'CREATE INDEX name_in_force_certificate ON name_in_force (certificate) WHERE certificate IS NOT NULL',
  'CREATE INDEX name_in_force_request ON name_in_force (request) WHERE request IS NOT NULL',
  `ALTER TABLE organisation ADD COLUMN name_suffixes ${words.text} NOT NULL DEFAULT '[]'`,
  'CREATE INDEX name_in_force_ends ON name_in_force (ends) WHERE ends IS NOT NULL',
])
