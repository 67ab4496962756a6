import { toHex, utf8 } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'

/** SHA-256, lower-case hex: how keys are recognised and certificates named. */
export const sha256 = async (bytes: Uint8Array): Promise<string> => toHex(await digest('SHA-256', bytes))

/** SHA-256 of a token's text. Tokens have 256 random bits, so that a plain hash is enough and nothing slow is needed. */
export const tokenHash = (token: string): Promise<string> => sha256(utf8(token))

/** Equal texts of hex or base64url, compared in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
