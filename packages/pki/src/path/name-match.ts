// Whether a name lies in a subtree, per kind of name (RFC 5280 §4.2.1.10). A name that cannot be judged — a trailing
// dot, a URI without a host — is said to be so, and the caller refuses it: guessing is how constraints were evaded
// (Bouncy Castle CVE-2026-8763, CVE-2026-63576).

import type { GeneralName } from '../x509/index.ts'
import { parseIpAddress } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import type { ConstrainedName } from './constrained-names.ts'
import { inSubtree, lengthCost } from './names.ts'

export type Within = boolean | 'unjudged'

/**
 * Of a name and a subtree of one kind. `covers` widens a wildcard: for excluded subtrees it is enough that one of its
 * names is inside.
 * @throws path_too_costly
 */
export function within(name: ConstrainedName, base: GeneralName, covers: boolean, budget: Budget): Within {
  if (name.kind === 'directoryName' && base.kind === 'directoryName') return inSubtree(name.name, base.name, budget)
  if (!('value' in name && typeof name.value === 'string' && 'value' in base && typeof base.value === 'string')) {
    return 'unjudged' // nobody says what a subtree of the kind is (§4.2.1.10: reject what is not processed)
  }
  budget.spend('nameComparisons', lengthCost(name.value.length + base.value.length))
  if (name.kind === 'dNSName') return dnsWithin(name.value, base.value, covers)
  if (name.kind === 'rfc822Name') return mailWithin(name.value, base.value, 'anyCase' in name)
  if (name.kind === 'uri') return uriWithin(name.value, base.value)
  return ipWithin(octetsOf(name, name.value), octetsOf(base, base.value))
}

function dnsWithin(name: string, base: string, covers: boolean): Within {
  const wildcard = name.startsWith('*.')
  const host = hostOf(wildcard ? name.slice(2) : name)
  const top = hostOf(base.replace(/^\./, ''))
  if (host === undefined || (base !== '' && top === undefined)) return 'unjudged'
  if (base === '' || top === undefined) return true
  const suffix = `.${top}`
  const inside = `${wildcard ? '*.' : ''}${host}`.endsWith(suffix) || (!wildcard && host === top && base[0] !== '.')
  if (inside || !wildcard || !covers) return inside
  // *.example.com stands for x.example.com, so it meets the subtree x.example.com (Go CVE-2025-61727).
  return top.endsWith(`.${host}`) && !top.slice(0, -host.length - 1).includes('.')
}

function mailWithin(name: string, base: string, anyCase: boolean): Within {
  const at = name.lastIndexOf('@')
  const local = name.slice(0, at)
  const host = hostOf(name.slice(at + 1))
  // A doubled @ in the local part is a name that two programs may split in two places.
  if (at < 1 || local.includes('@') || host === undefined) return 'unjudged'
  if (!base.includes('@')) return hostWithin(host, base)
  const split = base.lastIndexOf('@')
  const [box, only] = [base.slice(0, split), hostOf(base.slice(split + 1))]
  if (box === '' || box.includes('@') || only === undefined) return 'unjudged'
  // "ana"@example.com is the mailbox of ana@example.com (RFC 5321 §4.1.2), written otherwise, on either side.
  if (local.includes('"') || box.includes('"')) return 'unjudged'
  // The local part is compared exactly (RFC 5280 §7.5), but that of an address in a subject (§4.1.2.6).
  return (box === local || (anyCase && box.toLowerCase() === local.toLowerCase())) && only === host
}

function uriWithin(uri: string, base: string): Within {
  // The authority of RFC 3986 §3.2; a backslash in it is read as a slash by some.
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#\\]*)(?:[/?#]|$)/.exec(uri)?.[1]
  if (authority === undefined) return 'unjudged'
  const host = hostOf(authority.slice(authority.lastIndexOf('@') + 1).replace(/:[0-9]*$/, ''))
  // A host must be there, and be a name: constraints do not apply to addresses.
  if (host === undefined || /^[0-9.]+$/.test(host)) return 'unjudged'
  return hostWithin(host, base)
}

/** Mail and URI constraints name one host, or with a leading dot everything below it. */
function hostWithin(host: string, base: string): Within {
  const tree = hostOf(base.replace(/^\./, ''))
  if (tree === undefined) return 'unjudged'
  return base.startsWith('.') ? host.endsWith(`.${tree}`) : host === tree
}

function ipWithin(address: Uint8Array, subtree: Uint8Array): Within {
  // A name with a mask is no address, and a subtree without one no subtree.
  if (![4, 16].includes(address.length) || ![8, 32].includes(subtree.length)) return 'unjudged'
  const half = subtree.length / 2
  if (address.length !== half) return false
  const mask = subtree.subarray(half)
  if (!isMask(mask)) return 'unjudged'
  for (let i = 0; i < half; i++) if ((address[i]! & mask[i]!) !== (subtree[i]! & mask[i]!)) return false
  return true
}

/** Ones, then zeros. */
function isMask(octets: Uint8Array): boolean {
  let ended = false
  for (const octet of octets) {
    const zeros = ~octet & 0xff
    // Ones that end within an octet leave one less than a power of two.
    if ((ended && octet !== 0) || (zeros & (zeros + 1)) !== 0) return false
    ended ||= zeros !== 0
  }
  return true
}

/** Read once: each address meets each subtree. */
function octetsOf(name: GeneralName, value: string): Uint8Array {
  let octets = known.get(name)
  if (!octets) {
    octets = parseIpAddress(value)
    known.set(name, octets)
  }
  return octets
}

const known = new WeakMap<GeneralName, Uint8Array>()

/**
 * A host name in lower case, or undefined for what is none: a trailing dot, an empty label, a letter outside ASCII.
 * Asked before the case is changed, since some letters of other scripts have small letters in ASCII.
 */
export const hostOf = (text: string): string | undefined => (HOST.test(text) ? text.toLowerCase() : undefined)

// Labels as hosts have them, underscore included because it is in use.
const LABEL = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`)
