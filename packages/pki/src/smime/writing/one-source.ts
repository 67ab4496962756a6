/** Octets in memory as a source. */
export async function* oneSource(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes
}
