/**
 * Everything a command may learn from, or do to, the process it runs in. `main.ts` makes the real one; tests make
 * their own, so that time, home folders and terminals are arguments.
 */
export interface Outside {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
  /** Language of the operating system, as a BCP 47 tag: what is used when the environment names none. */
  readonly locale: string
  now(): Date
  /** Resolves after `milliseconds`, rejects at once when the signal ends the command. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
  /** Standard output: data only. */
  out(data: string | Uint8Array): void
  /** Standard error: everything said to a person. */
  err(text: string): void
  /** Standard output for what is too long to hold: resolves when it can take more. */
  write(data: string | Uint8Array): Promise<void>
  /** Standard input as it comes, once. */
  input(): AsyncIterable<Uint8Array>
  /** Reads standard input to its end. @throws RangeError when it is longer than `limit` bytes */
  readInput(limit: number): Promise<Uint8Array>
  /** The terminal a person sits at, absent when there is none on both standard input and standard error. */
  readonly terminal?: Terminal
  /** Columns of standard output when it is a terminal. */
  readonly columns?: number
  /** Ends the command: Ctrl-C, or the end of the session. */
  readonly signal: AbortSignal
  /**
   * Has `work` done, at once and without waiting, should the process be made to end while the command is still at it.
   * What is returned takes that back.
   */
  atExit(work: () => void): () => void
}

export interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}
