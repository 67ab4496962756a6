import { concat } from '@scel/pki/bytes'
import type { Work } from '../work.ts'
import type { World } from '../world.ts'

/** Serial numbers of time stamps, none given twice: not after a crash, not by two processes of one desk. */
export interface StampSerials {
  /** Content octets of a positive INTEGER. */
  next(): Promise<Uint8Array>
}

/**
 * "This property MUST be preserved even after a possible interruption (e.g. crash) of the service" (RFC 3161 §2.4.2): numbers
 * are taken from the store a thousand at a time, before the first of them is used; a crash loses numbers and repeats
 * none. Nothing is stored per stamp, so that strangers cannot fill the disk by asking.
 *
 *   8 octets counted, big-endian · 8 random octets
 *
 * The random half keeps apart what a store restored from a backup would count again.
 */
export function createStampSerials({ work, world }: { work: Work; world: World }): StampSerials {
  let next = 0n
  let end = 0n
  let taking: Promise<void> | undefined

  const take = async (): Promise<void> => {
    const first = await work.transaction(async ({ settings }) => {
      const first = BigInt((await settings.get(SETTING)) ?? '1')
      await settings.set(SETTING, String(first + BLOCK))
      return first
    })
    next = first
    end = first + BLOCK
  }

  return {
    next: async () => {
      while (next === end) {
        taking ??= take().finally(() => {
          taking = undefined
        })
        await taking
      }
      const counted = new Uint8Array(8)
      new DataView(counted.buffer).setBigUint64(0, next++)
      return withoutLeadingZeros(concat(counted, world.random(8)))
    },
  }
}

/** As DER writes an INTEGER: as short as may be, and still positive (X.690 §8.3.2). */
function withoutLeadingZeros(octets: Uint8Array): Uint8Array {
  let start = 0
  while (octets[start] === 0 && (octets[start + 1] ?? 0x80) < 0x80) start++
  return octets.subarray(start)
}

const SETTING = 'time-stamp-serial'
const BLOCK = 1_000n
