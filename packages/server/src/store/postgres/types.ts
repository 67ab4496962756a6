import pg from 'pg'

const { BYTEA, INT8, NUMERIC } = pg.types.builtins

/** Values as SQLite gives them: whole numbers as numbers, bytes as plain arrays of bytes. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return wholeNumber
    if (oid === BYTEA) return bytes
    return pg.types.getTypeParser(oid, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** Counts are bigint in PostgreSQL. A number that does not fit is refused rather than rounded. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a number of the database exceeds 53 bits')
  return value
}

function bytes(text: string): Uint8Array {
  if (!text.startsWith('\\x')) throw new TypeError('the database writes octets in another form than it was asked for')
  const buffer = Buffer.from(text.slice(2), 'hex')
  return new Uint8Array(buffer)
}
