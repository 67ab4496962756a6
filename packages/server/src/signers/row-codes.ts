import { createHmac, hkdfSync } from 'node:crypto'
import type { RowCodes } from '../core/row-codes.ts'

/** Codes over rows: HMAC-SHA-256 under a key of their own, from the key that opens the desk's keys. */
export function rowCodes(ring: Uint8Array): RowCodes {
  const key = derivedKey(ring, 'scel-row-codes/1')
  return { codeOf: (text) => createHmac('sha256', key).update(text, 'utf8').digest('base64url') }
}

/** A key for one use (HKDF-SHA-256, RFC 5869); no two uses have the same label. */
export const derivedKey = (ring: Uint8Array, label: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', ring, new Uint8Array(0), label, 32))
