import { type Instant, MINUTE } from '../world.ts'

/** Whether an instant is not ten minutes away: a line has its place and its signed head by then. What says that it is of the time to come is no younger. */
export const isYoung = (at: Instant, now: Date): boolean => Math.abs(now.getTime() - Date.parse(at)) <= TIME_TO_SIGN

/** The desk signs within a minute; milliseconds. */
const TIME_TO_SIGN = 10 * MINUTE
