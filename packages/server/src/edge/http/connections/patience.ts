/** How long a connection may keep its door waiting, in milliseconds each. */
export interface Patience {
  /** Until TLS is agreed upon. */
  readonly handshake: number
  /** Until the headers of a call are there; also for who never says a word. */
  readonly headers: number
  /** Until the call is there, body included: a peer that sends a byte a minute holds no door open. */
  readonly call: number
  /** Between two calls. */
  readonly idle: number
  /** Without a single byte going either way, such as a peer that does not read what it asked for. */
  readonly stalled: number
  /** Until the next part of an answer has left, for who reads a little now and then. */
  readonly reading: number
  /** After the last word of the desk, until the other side has hung up as well. */
  readonly farewell: number
  /** How often it is looked who is late. */
  readonly look: number
}

export const PATIENCE: Patience = {
  handshake: 10_000,
  headers: 10_000,
  call: 30_000,
  idle: 65_000,
  stalled: 90_000,
  reading: 60_000,
  farewell: 2_000,
  look: 2_000,
}
