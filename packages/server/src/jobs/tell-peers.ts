import type { Logger } from 'pino'

/** Tells the operator when what other desks of the database do is not heard at once, and when it is again. */
export const tellPeers =
  (log: Pick<Logger, 'info' | 'warn'>) =>
  (isHeard: boolean): void =>
    isHeard ? log.info(HEARD) : log.warn(LATE)

const LATE = 'no connection to hear other desks on: pages show what they do within half a minute'
const HEARD = 'other desks are heard at once again'
