import { AsyncLocalStorage } from 'node:async_hooks'

const asks = new AsyncLocalStorage<true>()

/**
 * Whatever `act` asks of a database goes before those who wait for their turn: for looks whether the desk can do its work, which would
 * otherwise say how many wait. They are few; whoever did more like this would push the others back.
 */
export const ahead = <T>(act: () => Promise<T>): Promise<T> => asks.run(true, act)

/** Whether whoever asks now goes before those who wait. The embedded database serves all who wait at once, and does not ask. */
export const goesAhead = (): boolean => asks.getStore() ?? false
