import pg from 'pg'
import { wholeNumber } from '../queries/whole-number.ts'

const { BYTEA, INT8, NUMERIC } = pg.types.builtins

/** Values as SQLite gives them: whole numbers as numbers, bytes as plain arrays of bytes. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return numberOf
    if (oid === BYTEA) return bytes
    return pg.types.getTypeParser(oid, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** Counts are bigint in PostgreSQL, and sums of them numeric. @throws SyntaxError for what is no whole number */
const numberOf = (text: string): number => wholeNumber(BigInt(text))

function bytes(text: string): Uint8Array {
  if (!text.startsWith('\\x')) throw new TypeError('the database writes octets in another form than it was asked for')
  const buffer = Buffer.from(text.slice(2), 'hex')
  return new Uint8Array(buffer)
}
