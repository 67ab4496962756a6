// Lines of log go to the one thread that writes them. While that one is busy they wait in memory: so many, and no more.

/** How many lines were taken over, counted by whoever writes them. */
export type LineCount = Int32Array<SharedArrayBuffer>

export const makeLineCount = (): LineCount => new Int32Array(new SharedArrayBuffer(4))

/**
 * A destination for pino that hands each line over.
 *
 * @param lost makes the line that says how many there was no room for
 */
export function handOver(
  send: (line: string) => void,
  taken: LineCount,
  lost: (count: number) => string,
): { write(line: string): void } {
  let sent = 0
  let left = 0
  const give = (line: string): void => {
    sent = (sent + 1) | 0
    send(line)
  }
  return {
    write: (line) => {
      if (((sent - Atomics.load(taken, 0)) | 0) >= MOST_WAITING) return void left++
      if (left > 0) give(lost(left))
      left = 0
      give(line)
    },
  }
}

/** A few megabytes. */
const MOST_WAITING = 10_000
