/**
 * Runs `run` and refuses it when it awaits anything but its stores.
 *
 * The stores of SQLite answer without leaving the turn of the event loop, so a run that is still waiting in the next
 * turn waits for something else: a signature, the network, another unit of work. The one connection would stand still
 * for it, and for ever if it is another unit of work.
 *
 * @throws Error when the run strays; whatever `run` throws
 */
export async function withinOneTurn<T>(run: () => Promise<T>): Promise<T> {
  let watch: NodeJS.Immediate | undefined
  const strayed = new Promise<never>((_, reject) => {
    watch = setImmediate(() => reject(new Error('a unit of work awaited something else than its stores')))
  })
  try {
    return await Promise.race([run(), strayed])
  } finally {
    clearImmediate(watch)
  }
}
