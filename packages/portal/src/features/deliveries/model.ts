const EVENTS = ['request.approved', 'request.rejected', 'request.expired'] as const

/** An event that there are words for; a newer desk may tell of others. */
export const knownEvent = (event: string): (typeof EVENTS)[number] | undefined => EVENTS.find((one) => one === event)
