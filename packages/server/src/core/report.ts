/**
 * Tells the operator, not the caller, what went wrong with the rest of something that is stored and answered: it is made
 * good by a job.
 */
export type Report = (what: string, error: unknown) => void
