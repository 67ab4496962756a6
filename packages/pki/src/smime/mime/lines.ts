// Line ends. Mail travels with CRLF, and signatures are over CRLF (RFC 8551 §3.1.1); files on disk often have LF.

export const CR = 0x0d
export const LF = 0x0a

export interface Line {
  readonly start: number
  /** Before the line end. */
  readonly end: number
  /** After the line end; the length of everything when there is none. */
  readonly next: number
}

/** The line that starts at `start`. It ends at LF, with the CR before it if there is one; a CR alone ends nothing. */
export function lineAt(bytes: Uint8Array, start: number): Line {
  const found = bytes.indexOf(LF, start)
  if (found < 0) return { start, end: bytes.length, next: bytes.length }
  return { start, end: found > start && bytes[found - 1] === CR ? found - 1 : found, next: found + 1 }
}

/** The canonical form: every line ends with CRLF. What is canonical already is given back as it is. */
export function canonicalLines(bytes: Uint8Array): Uint8Array {
  let bare = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) if (bytes[at - 1] !== CR) bare++
  if (bare === 0) return bytes
  const out = new Uint8Array(bytes.length + bare)
  let to = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === LF && bytes[at - 1] !== CR) out[to++] = CR
    out[to++] = bytes[at]!
  }
  return out
}
