import { engine } from '#engine'
import type { DigestName } from '../algorithms/index.ts'

export const digest = (name: DigestName, data: Uint8Array): Promise<Uint8Array> => engine.digest(name, data)
export const hmac = (name: DigestName, key: Uint8Array, data: Uint8Array): Promise<Uint8Array> =>
  engine.hmac(name, key, data)
/** Bytes from the platform's secure generator. Rules that must be repeatable take randomness as an argument instead. */
export const randomBytes = (length: number): Uint8Array => engine.random(length)
/** Hashes `data`, then the result again, `times` times in all. */
export const digestRepeated = (name: DigestName, data: Uint8Array, times: number): Promise<Uint8Array> =>
  engine.digestRepeated(name, data, times)
