/**
 * What happens by the clock to what all desks of a database share. One of them does it at a time; what each desk does for itself is no
 * duty. Heads of the log go to each place by a duty of its own, named after it.
 */
export type DutyName = 'sign-open' | 'ceremonies' | 'lists' | 'expire' | 'ends' | 'purge' | 'log' | `heads ${string}`

/** Milliseconds that a desk has a duty for since it was last heard: longer than from one round of jobs to the next. */
export const LEASE = 90_000
