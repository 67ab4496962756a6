import { refuse } from '@scel/contract/errors'
import { concat, fromBase64Url, toBase64Url } from '@scel/pki/bytes'
import { hmac } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import { sameSecret } from '../hash.ts'
import { type Instant, instant, isAhead, later, MINUTE, nowOf, type World } from '../world.ts'

// Nonces are not stored when they are given out, or a stranger could fill the disk by asking: they carry their end and a
// MAC. Only a spent one is stored, until its end.
//
//   8 bytes end (ms since 1970, big-endian) · 16 random bytes · 16 bytes of HMAC-SHA-256 over both

export interface Nonces {
  issue(): Promise<string>
  /** When it ends. @throws DeskError applicant_nonce_unknown for one that is not ours or has ended */
  check(nonce: string): Promise<Instant>
}

/** @param key of the MAC, base64url */
export function createNonces(world: World, key: () => Promise<string>): Nonces {
  const macOf = async (body: Uint8Array): Promise<Uint8Array> =>
    (await hmac('SHA-256', fromBase64Url(await key()), body)).subarray(0, MAC)
  return {
    issue: async () => {
      const end = new Uint8Array(8)
      new DataView(end.buffer).setBigUint64(0, BigInt(world.now().getTime() + LIFE))
      const body = concat(end, world.random(16))
      return toBase64Url(concat(body, await macOf(body)))
    },
    check: async (nonce) => {
      const bytes = decode(nonce)
      if (bytes.length !== BODY + MAC) return refuse('applicant_nonce_unknown', {})
      const body = bytes.subarray(0, BODY)
      const mac = toBase64Url(await macOf(body))
      if (!sameSecret(mac, toBase64Url(bytes.subarray(BODY)))) refuse('applicant_nonce_unknown', {})
      const end = instant(new Date(Number(new DataView(body.buffer, body.byteOffset).getBigUint64(0))))
      const now = nowOf(world)
      // One that was issued under a clock that was ahead would be good for as long; whoever shows it is given another.
      const isGood = end > now && !isAhead(later(end, -LIFE), now)
      return isGood ? end : refuse('applicant_nonce_unknown', {})
    },
  }
}

function decode(nonce: string): Uint8Array {
  try {
    return fromBase64Url(nonce)
  } catch (error) {
    if (isPkiError(error)) return refuse('applicant_nonce_unknown', {})
    throw error
  }
}

const BODY = 24
const MAC = 16
const LIFE: number = 10 * MINUTE
