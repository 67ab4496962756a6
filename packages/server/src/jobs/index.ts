export { EVERY_MINUTE, type Job, type Jobs, startJobs } from './jobs.ts'
export { type ClockWatch, watchClock } from './watch-clock.ts'
