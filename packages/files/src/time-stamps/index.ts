// What both programs hold to when they ask a time-stamp service (RFC 3161 §3.4), or read what one gave.

/** Octets of an answer at most: a token with a long chain has some ten thousand. */
export const LARGEST_STAMP: number = 256 * 1024

/** Milliseconds for which a service may be silent. */
export const STAMP_SILENCE = 30_000

export const STAMP_QUERY_TYPE = 'application/timestamp-query'
