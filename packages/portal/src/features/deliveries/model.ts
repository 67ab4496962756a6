import type { Delivery } from '@scel/contract/values'

const EVENTS = [
  ...['request.approved', 'request.rejected', 'request.expired'],
  ...['certificate.expiring', 'certificate.expired', 'certificate.revoked'],
] as const

/** An event that there are words for; a newer desk may tell of others. */
export const knownEvent = (event: string): (typeof EVENTS)[number] | undefined => EVENTS.find((one) => one === event)

/** What a delivery is about, in few letters: a request’s number, the beginning of a certificate’s serial number. */
export const nameOf = ({ kind, id, serial = id }: Delivery['about']): string =>
  kind === 'request' || serial.length <= SHOWN ? (kind === 'request' ? id : serial) : `${serial.slice(0, SHOWN)}…`

const SHOWN = 12
