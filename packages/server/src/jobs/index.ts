export { EVERY_MINUTE, type Job, type Jobs, startJobs } from './jobs.ts'
