import { ENVIRONMENT_CHECK, type Migration, migration } from './migration.ts'

/**
 * Which administrators' grants and which certificates of people there are, each under one code: see `store/inventories.ts`. The start that
 * follows fills them, once.
 */
export const inventories: Migration = migration('inventories', ({ text, end }) => [
  `CREATE TABLE inventory (
    kind ${text} NOT NULL,
    owner ${text} NOT NULL,
    environment ${text} NOT NULL ${ENVIRONMENT_CHECK},
    ids ${text} NOT NULL,
    row_code ${text},
    PRIMARY KEY (kind, owner)
  ) ${end}`,
])
