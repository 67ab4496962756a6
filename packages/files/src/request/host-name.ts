/**
 * Whether a text is a full public host name as a dNSName may hold it (RFC 1123 §2.1, RFC 5280 §4.2.1.6): lower-case
 * letters, digits and hyphens, at least two labels, no wildcard, no trailing dot, and not an address in disguise.
 */
export function isHostName(text: string): boolean {
  if (text.length > 253) return false
  const labels = text.split('.')
  const last = labels.at(-1) ?? ''
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^[0-9]+$/.test(last)
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
