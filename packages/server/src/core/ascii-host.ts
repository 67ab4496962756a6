/** A host name in A-labels (RFC 5890 §2.3.2.1), whichever way its letters are written; a text that is none stays as it is. */
export function asciiHost(text: string): string {
  if (/^[\u0021-\u007e]*$/.test(text) || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(text)) return text
  return URL.canParse(`http://${text}`) ? new URL(`http://${text}`).hostname : text
}
