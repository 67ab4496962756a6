export { EVERY_MINUTE, type Job, type Jobs, startJobs } from './jobs.ts'
export { makeReadiness, type Part } from './readiness.ts'
export { type ClockWatch, watchClock } from './watch-clock.ts'
export { type WatchedWork, watchDamage } from './watch-damage.ts'
