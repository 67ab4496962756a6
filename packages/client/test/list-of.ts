import { type CrlWish, makeCrl } from '@scel/testkit/authority'

/** A revocation list with the dates that transcripts print, DER; it has no number but what `extensions` say. */
export const listOf = async (wish: CrlWish): Promise<Uint8Array> =>
  (await makeCrl({ number: 'none', ...WEEK, ...wish })).der

const WEEK = { thisUpdate: new Date('2026-06-01T00:00:00Z'), nextUpdate: new Date('2026-06-08T00:00:00Z') }
