import { createHmac, hkdfSync } from 'node:crypto'
import type { RowCodes } from '../core/row-codes.ts'

/** The key of the codes over rows, from the key that opens the desk's keys. */
export const rowCodeKey = (ring: Uint8Array): Uint8Array => derivedKey(ring, 'scel-row-codes/1')

/** Codes over rows: HMAC-SHA-256 under a key of their own. */
export const rowCodesUnder = (key: Uint8Array): RowCodes => ({
  codeOf: (text) => createHmac('sha256', key).update(text, 'utf8').digest('base64url'),
})

/** A key for one use (HKDF-SHA-256, RFC 5869); no two uses have the same label. */
export const derivedKey = (ring: Uint8Array, label: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', ring, new Uint8Array(0), label, 32))
