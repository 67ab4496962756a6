/** The first OpenSSL of its line without the faults of 2026 in what the desk uses of it (TLS, X.509 in handshakes). */
export const OPENSSL_FLOOR = '3.5.8'

/** Whether a version, as `process.versions.openssl` has it, is the floor or later. */
export function isRecent(version: string, floor: string = OPENSSL_FLOOR): boolean {
  const [found, wanted] = [version, floor].map((text) => text.split(/[.+-]/, 3).map(Number))
  for (let at = 0; at < 3; at++) {
    const difference = (found![at] || 0) - (wanted![at] || 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
