import { createHmac } from 'node:crypto'
import type { RowCodes } from '../../core/row-codes.ts'
import type { Stores } from '../../core/work.ts'
import type { Bound } from '../bound.ts'
import { codedRows } from '../codes/coded-rows.ts'
import { storesOf as storesUnder } from '../stores.ts'

/** Codes under a key that everybody knows; for tests only. */
export const SAMPLE_CODES: RowCodes = {
  codeOf: (text) => createHmac('sha256', 'a key of tests').update(text).digest('base64url'),
}

/** All stores under those codes; for tests only. */
export const storesOf = (db: Bound): Stores =>
  storesUnder(
    db,
    codedRows(SAMPLE_CODES, () => {}),
  )
