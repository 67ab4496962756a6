// Whether a name lies in a subtree, per kind of name (RFC 5280 §4.2.1.10). A name that cannot be judged — a trailing
// dot, a URI without a host — is `undefined`, and the caller refuses it: guessing is how constraints were evaded
// (Bouncy Castle CVE-2026-8763, CVE-2026-63576).

import type { GeneralName } from '../x509/index.ts'
import { isWithin, parseIpAddress } from '../x509/index.ts'

type Within = boolean | undefined

/** `covers` widens a wildcard: for excluded subtrees it is enough that one of its names is inside. */
export function within(name: GeneralName, base: GeneralName, covers: boolean): Within {
  if (name.kind === 'dNSName' && base.kind === 'dNSName') return dnsWithin(name.value, base.value, covers)
  if (name.kind === 'rfc822Name' && base.kind === 'rfc822Name') return mailWithin(name.value, base.value)
  if (name.kind === 'uri' && base.kind === 'uri') return uriWithin(name.value, base.value)
  if (name.kind === 'iPAddress' && base.kind === 'iPAddress') return ipWithin(name.value, base.value)
  if (name.kind === 'directoryName' && base.kind === 'directoryName') return isWithin(name.name, base.name)
  return undefined
}

function dnsWithin(name: string, base: string, covers: boolean): Within {
  const wildcard = name.startsWith('*.')
  const host = (wildcard ? name.slice(2) : name).toLowerCase()
  const tree = base.toLowerCase()
  if (!HOST.test(host) || !(tree === '' || HOST.test(tree.replace(/^\./, '')))) return undefined
  if (tree === '') return true
  const suffix = tree.startsWith('.') ? tree : `.${tree}`
  const inside = `${wildcard ? '*.' : ''}${host}`.endsWith(suffix) || (!wildcard && host === tree)
  if (inside || !wildcard || !covers) return inside
  // *.example.com stands for x.example.com, so it meets the subtree x.example.com (Go CVE-2025-61727).
  const first = tree.replace(/^\./, '')
  return first.endsWith(`.${host}`) && !first.slice(0, -host.length - 1).includes('.')
}

function mailWithin(name: string, base: string): Within {
  const at = name.lastIndexOf('@')
  const local = name.slice(0, at)
  const host = name.slice(at + 1).toLowerCase()
  // A quoted or doubled @ in the local part is a name that two programs may split in two places.
  if (at < 1 || local.includes('@') || !HOST.test(host)) return undefined
  if (base.includes('@')) {
    const split = base.lastIndexOf('@')
    // The local part is compared exactly (RFC 5280 §7.5).
    return base.slice(0, split) === local && base.slice(split + 1).toLowerCase() === host
  }
  return hostWithin(host, base)
}

function uriWithin(uri: string, base: string): Within {
  // The authority of RFC 3986 §3.2; a backslash in it is read as a slash by some.
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#\\]*)(?:[/?#]|$)/.exec(uri)?.[1]
  const host = authority
    ?.slice(authority.lastIndexOf('@') + 1)
    .replace(/:[0-9]*$/, '')
    .toLowerCase()
  // A host must be there, and be a name: constraints do not apply to addresses.
  if (host === undefined || !HOST.test(host) || /^[0-9.]+$/.test(host)) return undefined
  return hostWithin(host, base)
}

/** Mail and URI constraints name one host, or with a leading dot everything below it. */
function hostWithin(host: string, base: string): Within {
  const tree = base.toLowerCase()
  if (!HOST.test(tree.replace(/^\./, ''))) return undefined
  return tree.startsWith('.') ? host.endsWith(tree) : host === tree
}

function ipWithin(name: string, base: string): Within {
  const address = parseIpAddress(name)
  const subtree = parseIpAddress(base)
  if (address.length > 16 || subtree.length % 8 !== 0 || subtree.length === 16) return undefined
  const half = subtree.length / 2
  if (address.length !== half) return false
  const mask = subtree.subarray(half)
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('')
  if (!/^1*0*$/.test(bits)) return undefined
  return address.every((octet, i) => (octet & mask[i]!) === (subtree[i]! & mask[i]!))
}

// Labels as hosts have them, underscore included because it is in use; no empty label, so no trailing dot.
const HOST = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/
