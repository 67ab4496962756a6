import type { LastNumber } from '../core/high-water/last-line.ts'
import type { ForgedRow } from '../core/row-codes.ts'
import type { ClockShift } from '../core/world.ts'
import type { LentKey } from '../custody/index.ts'
import type { Capacity } from '../edge/http/connections/room.ts'
import type { CountedCall } from '../edge/metrics/count-calls.ts'
import type { Lacking } from '../edge/public/health.ts'
import type { MarkSignal } from '../jobs/index.ts'
import type { Database } from '../store/index.ts'
import type { LineCount } from './log-lines.ts'
import type { Pulse } from './pulse.ts'

/** All that the thread of the public door gets to work with. It goes over in memory: no argument, no environment. */
export interface Order {
  readonly database: Database
  readonly port: number
  /** Names and addresses to listen on; undefined means every one. */
  readonly hosts: readonly string[] | undefined
  readonly capacity: Capacity
  readonly requestsPerMinute: number
  readonly logLevel: string
  /** How far the desk's clock is off the machine's; tests move it. */
  readonly shift: ClockShift
  /** Whether the desk's own event loop turns. */
  readonly desk: Pulse
  /** Whether this thread's does. */
  readonly door: Pulse
  readonly taken: LineCount
  /** Whether the database is an older copy than the desk remembers, and when it was looked whether it still is. */
  readonly older: MarkSignal
  /** Of the last line of the log that the desk has stored: a database without it is an older copy. */
  readonly lastNumber: LastNumber
  /** 1 while the host's clock is known to be wrong. */
  readonly wrongClock: Int32Array<SharedArrayBuffer>
  /** What the codes over rows are made with. */
  readonly rowCodeKey: Uint8Array
  /** Of responders and of time stamps: those that answer strangers, and no other. */
  readonly keys: readonly LentKey[]
}

/** What the thread is asked by the desk. */
export type DoorQuestions = {
  /** Resolves when the door listens. */
  readonly open: (order: Order) => Promise<void>
  readonly lend: (keys: readonly LentKey[]) => Promise<void>
  /** @param grace milliseconds for calls under way */
  readonly close: (grace: number) => Promise<void>
}

/** What the desk is asked by the thread. */
export type DeskQuestions = {
  /** A key that it does not have; undefined when there is none of this name that strangers are answered with. */
  readonly key: (keyId: string) => Promise<LentKey | undefined>
  /** A signature with a key of those that strangers are answered with, which stays in its token. */
  readonly sign: (what: { readonly keyId: string; readonly data: Uint8Array }) => Promise<Uint8Array>
  /** Serial numbers of time stamps, which only the desk's own thread writes down. */
  readonly serials: (count: number) => Promise<{ readonly first: bigint; readonly count: number }>
  /** @returns what the desk does its work without @throws when it cannot, with the reason */
  readonly ready: (nothing: undefined) => Promise<Lacking | undefined>
  /** A row that is not used. */
  readonly forged: (row: ForgedRow) => void
  readonly calls: (calls: readonly CountedCall[]) => void
  readonly log: (line: string) => void
}
