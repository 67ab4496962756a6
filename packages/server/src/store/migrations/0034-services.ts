import { ENVIRONMENT_CHECK, type Migration, migration, references } from './migration.ts'

/**
 * Services of organisations, of which kits, requests, certificates and grants may be: see decision 0051. What was made before is of the
 * organisation as a whole, and its rows have the codes that they had.
 */
export const services: Migration = migration('services', ({ text, end }) => [
  `CREATE TABLE service (
    id ${text} PRIMARY KEY,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${text} NOT NULL,
    name ${text} NOT NULL,
    name_folded ${text} NOT NULL,
    created_at ${text} NOT NULL,
    closed_at ${text},
    row_code ${text},
    UNIQUE (organisation, name_folded),
    FOREIGN KEY (environment, organisation) ${references('organisation (environment, id)')}
  ) ${end}`,
  ...['kit', 'request', 'certificate', 'intent', 'outbox'].map(
    (table) => `ALTER TABLE ${table} ADD COLUMN service ${text}`,
  ),
  // Of a grant for a service: the organisation that it is of.
  `ALTER TABLE person_grant ADD COLUMN place_organisation ${text}`,
  'CREATE INDEX kit_of_service ON kit (environment, service, created_at, id) WHERE service IS NOT NULL',
  'CREATE INDEX request_of_service ON request (environment, service, number) WHERE service IS NOT NULL',
  'CREATE INDEX certificate_of_service ON certificate (environment, service, issued_at, id) WHERE service IS NOT NULL',
])
