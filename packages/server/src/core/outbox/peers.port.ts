/** The other desks of the database. */
export interface Peers {
  /** Lets them know that this desk has left something in the outbox. Returns at once; whoever does not hear of it finds it some seconds later. */
  tell(): void
  /** Told when another desk has, and when nobody knows whether one has: after some time in which none could be heard. */
  listen(listener: () => void): void
}
