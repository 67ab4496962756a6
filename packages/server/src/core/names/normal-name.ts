import { nameKey } from '@scel/contract/letters'
import { asciiHost } from '@scel/pki/x509'

/**
 * A name as it is compared with others: without regard to case, to the dot that says a host name is complete, and to
 * whether its letters are written as such or as A-labels (RFC 5890 §2.3.2.1). `*.example.org` keeps its star.
 */
export function normalName(text: string): string {
  const plain = nameKey(text).replace(/\.$/, '')
  if (/^[\u0021-\u007e]*$/.test(plain)) return plain
  const at = plain.lastIndexOf('@') + 1
  const star = plain.startsWith('*.', at) ? 2 : 0
  return plain.slice(0, at + star) + asciiHost(plain.slice(at + star))
}

/** What stands behind the first label: all names there are covered by a wildcard over it. Empty when there is nothing. */
export function parentOf(name: string): string {
  const dot = name.indexOf('.')
  return dot < 1 || name.includes('@') || name.includes(' ') ? '' : name.slice(dot + 1)
}

const WILDCARD = '*.'
export const isWildcard = (name: string): boolean => name.startsWith(WILDCARD)
/** The wildcard that covers a name; undefined when none does. */
export const wildcardOver = (name: string): string | undefined =>
  isWildcard(name) || parentOf(name) === '' ? undefined : WILDCARD + parentOf(name)

/** Whether a certificate for one of the names would serve for the other too, or they are one. Both are normal. */
export const overlap = (a: string, b: string): boolean => a === b || wildcardOver(a) === b || wildcardOver(b) === a
