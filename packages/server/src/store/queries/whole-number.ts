/**
 * A whole number of the database as a number here. One that does not fit is read as the last that does, which no row of the desk has: whoever wrote
 * it has spoiled their row, which its code or its reader refuses, and not the rows that are read with it.
 */
export function wholeNumber(value: bigint): number {
  if (value > LAST) return Number.MAX_SAFE_INTEGER
  return value < -LAST ? Number.MIN_SAFE_INTEGER : Number(value)
}

const LAST = BigInt(Number.MAX_SAFE_INTEGER)
