import { toBase64Url } from '@scel/pki/bytes'
import { randomBytes } from '@scel/pki/crypto'

/** What a pure rule may not fetch for itself. */
export interface World {
  /** What the clock says: the date of whatever is stored, signed or shown. It may be wrong, and is put right while the desk runs. */
  now(): Date
  /**
   * Milliseconds since some moment of this process: only the time between two of them means something. Whatever lasts so long in
   * memory is kept by this, which no hand and no time service moves.
   */
  elapsed(): number
  random(length: number): Uint8Array
}

export const realWorld: World = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  random: randomBytes,
}

/**
 * In milliseconds, shared by the threads of a desk: how far its clock is off the machine's, and how much more time than the
 * machine's has gone by.
 */
export type ClockShift = BigInt64Array<SharedArrayBuffer>

export const clockShift = (): ClockShift => new BigInt64Array(new SharedArrayBuffer(16))

/** The real world, some time later or earlier. */
export const worldShiftedBy = (shift: ClockShift): World => ({
  ...realWorld,
  now: () => new Date(Date.now() + Number(Atomics.load(shift, 0))),
  elapsed: () => performance.now() + Number(Atomics.load(shift, 1)),
})

/** An instant as the desk keeps it: ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = string

export const instant = (date: Date): Instant => date.toISOString()
/** Whether it is one, as the desk writes them: a year has four digits. */
export const isInstant = (value: unknown): value is Instant =>
  typeof value === 'string' &&
  value.length === 24 &&
  !Number.isNaN(Date.parse(value)) &&
  instant(new Date(value)) === value
export const nowOf = (world: Pick<World, 'now'>): Instant => instant(world.now())
/** @param milliseconds may be negative */
export const later = (at: Instant, milliseconds: number): Instant => instant(new Date(Date.parse(at) + milliseconds))

export const MINUTE = 60_000
export const HOUR: number = 60 * MINUTE
export const DAY: number = 24 * HOUR

/** The clocks of several desks on one database differ by less. */
export const CLOCK_SLACK: number = 5 * MINUTE

/** Whether what is stored with this moment was stored under a clock that was ahead: nobody knows when that really was. */
export const isAhead = (at: Instant, now: Instant): boolean => at > later(now, CLOCK_SLACK)

/**
 * What 16 random bytes name: base64url, 22 characters, the first of them a letter. People give names to commands, and one that
 * began with a hyphen would be read as an option. 127 of the bits stay.
 */
export function idOf(bytes: Uint8Array): string {
  const [first = 0, ...rest] = bytes.subarray(0, 16)
  return toBase64Url(Uint8Array.of(first & 0x7f, ...rest))
}

/** How everything but requests is named: see `idOf`. */
export const newId = (world: Pick<World, 'random'>): string => idOf(world.random(16))

/** 32 random bytes in base64url, 43 characters: links, cookies, kit secrets. Only its SHA-256 is stored. */
export const newToken = (world: Pick<World, 'random'>): string => toBase64Url(world.random(32))

/** 16 octets, 126 random bits: positive, never shortened by DER, well over the 64 that CAs must have. */
export function newSerial(world: Pick<World, 'random'>): Uint8Array {
  const serial = world.random(16)
  serial[0] = (serial[0]! & 0x3f) | 0x40
  return serial
}
