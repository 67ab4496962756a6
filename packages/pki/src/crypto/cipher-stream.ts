/** A cipher at work on content that comes in pieces of any length. Calls follow one another; each is awaited. */
export interface CipherStream {
  /** The next octets, or none yet. */
  update(bytes: Uint8Array): Promise<Uint8Array>
  /** The last octets; for authenticated ciphers also the tag, which whoever decrypts compares before he believes anything. */
  finish(): Promise<{ readonly bytes: Uint8Array; readonly tag?: Uint8Array }>
}
