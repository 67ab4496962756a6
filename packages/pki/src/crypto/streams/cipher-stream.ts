/** A cipher at work on content that comes in pieces of any length. Calls follow one another; each is awaited. */
export interface CipherStream {
  /** The next octets, or none yet. What a decrypting stream answers is not to be believed before `finish` is fulfilled. */
  update(bytes: Uint8Array): Promise<Uint8Array>
  /**
   * The last octets. An encrypting stream of authenticated encryption answers the tag, a decrypting one is given it.
   * @throws decryption_failed when tag or padding is wrong
   */
  finish(tag?: Uint8Array): Promise<{ readonly bytes: Uint8Array; readonly tag?: Uint8Array }>
}

/** A digest or authentication code over content that comes in pieces. */
export interface DigestStream {
  update(bytes: Uint8Array): void
  /** The value over all that came; asked once. */
  digest(): Promise<Uint8Array>
}
