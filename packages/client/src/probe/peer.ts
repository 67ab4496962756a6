import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { getCACertificates, type PeerCertificate } from 'node:tls'
import { connectionFailure } from '../enrol/connection-failure.ts'
import { serverRoots } from '../state/word-age.ts'
import type { ProbeInput } from './steps.ts'

/** Host of an address as DNS and TLS take it: without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** The addresses of a name. @throws name_not_found */
export async function addressesOf(url: URL): Promise<string> {
  const host = hostOf(url)
  if (isIP(host)) return host
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address).join(', ')
  } catch (error) {
    throw connectionFailure(error, url)
  }
}

/** Common names of the chain that a server showed, its own first. */
export function chainNames(leaf: PeerCertificate): string[] {
  const names: string[] = []
  const seen = new Set<string>()
  let next: (PeerCertificate & { issuerCertificate?: PeerCertificate }) | undefined = leaf
  // A root names itself as its issuer.
  while (next?.fingerprint256 && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256)
    names.push([next.subject?.CN ?? next.subject?.O ?? '?'].flat().join(' '))
    next = next.issuerCertificate
  }
  return names
}

/** Roots for servers that are not the desk: their certificate may come from ours, from those that a person names, or from anywhere the system trusts. */
export const rootsForOthers = ({
  record,
  anchors = [],
  now,
}: Pick<ProbeInput, 'record' | 'anchors' | 'now'>): string[] => [
  ...(record ? [...serverRoots(record, now()), record.roots.environment] : []),
  ...anchors,
  ...getCACertificates('default'),
]
