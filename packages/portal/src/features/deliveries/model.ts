import type { Delivery } from '@scel/contract/values'

const EVENTS = [
  ...['request.approved', 'request.rejected', 'request.expired'],
  ...['certificate.expiring', 'certificate.expired', 'certificate.revoked'],
] as const

/** An event that there are words for; a newer desk may tell of others. */
export const knownEvent = (event: string): (typeof EVENTS)[number] | undefined => EVENTS.find((one) => one === event)

/** What a delivery is about, in few letters: a request’s number, the beginning of a certificate’s serial number, what somebody is called. */
export const nameOf = (about: Delivery['about']): string => NAMES[about.kind](about)

const NAMES: Readonly<Record<Delivery['about']['kind'], (about: Delivery['about']) => string>> = {
  request: ({ id }) => id,
  certificate: ({ id, serial = id }) => (serial.length <= SHOWN ? serial : `${serial.slice(0, SHOWN)}…`),
  person: ({ id, name = id }) => name,
}

/** Whether it was tried, or given up, and is of use yet. */
export const maySendAgain = ({ state, attempts, answer }: Delivery): boolean =>
  state !== 'done' && attempts > 0 && answer?.kind !== 'over'

const SHOWN = 12
