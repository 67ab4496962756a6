/**
 * Runs an act one at a time per key. A call that comes while it runs waits for the next run, which all such calls share:
 * that run begins after each of them asked, so it sees what they did.
 */
export function coalescing(act: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const waiting = new Map<string, Promise<void>>()
  const start = (key: string): Promise<void> => {
    const run = act(key).finally(() => running.delete(key))
    running.set(key, run)
    return run
  }
  return (key) => {
    const shared = waiting.get(key)
    if (shared) return shared
    const current = running.get(key)
    if (!current) return start(key)
    const begin = (): Promise<void> => {
      waiting.delete(key)
      return start(key)
    }
    const next = current.then(begin, begin) // a failure is told to those who waited for that run, not to the next
    waiting.set(key, next)
    return next
  }
}
