import { createHash } from 'node:crypto'

/** SHA-256 of a list, lower-case hex: its row's code says the octets by it, so that they need not be read for it. */
export const digestOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')
