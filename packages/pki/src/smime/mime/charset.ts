/** Text of octets in a character set; what is not in it becomes U+FFFD. ASCII, and sets that nobody knows, are read as UTF-8. */
export function decodeCharset(octets: Uint8Array, charset: string): string {
  return decoderOf(charset.trim() || 'us-ascii').decode(octets)
}

function decoderOf(label: string): TextDecoder {
  // Octets beyond ASCII have no meaning in us-ascii, which the platform takes for windows-1252.
  if (/^(us-)?ascii$/i.test(label)) return new TextDecoder('utf-8', { ignoreBOM: true })
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true })
  }
}
