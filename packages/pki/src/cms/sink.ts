/**
 * Where content goes while it is read. What is written is not to be believed yet: whoever made the sink keeps it only
 * after the promise of the function that writes is fulfilled, and throws it away when it is rejected.
 */
export interface ByteSink {
  /** The octets may be overwritten once the promise is fulfilled. */
  write(bytes: Uint8Array): Promise<void>
}

/** Is told how many octets of the input were read so far. */
export type Progress = (doneBytes: number) => void
