/**
 * What the platform works at, or the reason of `signal` as soon as there is one. Work that the platform has begun it
 * ends in a thread of its own; nobody waits for it, and a budget has bounded it.
 */
export function abortable<T>(begin: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return begin()
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    begin()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}
