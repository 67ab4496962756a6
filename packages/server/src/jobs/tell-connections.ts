import type { Logger } from 'pino'

/** Tells the operator, once each time, that a database server grants fewer connections than the desk wants; and when it grants them all. */
export const tellConnections =
  (log: Pick<Logger, 'warn'>) =>
  (facts: { readonly granted: number; readonly wanted: number }): void =>
    log.warn(facts, facts.granted < facts.wanted ? FEWER : AGAIN)

const FEWER = 'the database grants fewer connections than the desk wants: calls wait for their turn'
const AGAIN = 'the database grants as many connections as the desk wants'
