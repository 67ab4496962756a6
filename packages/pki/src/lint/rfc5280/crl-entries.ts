import type { CrlEntry, ExtensionName } from '../../x509/index.ts'
import { EXTENSIONS, serialHex } from '../../x509/index.ts'
import type { LintCrl, LintRule } from '../rule.ts'

export const crlEntries: LintRule<'rfc5280/crl-entries', LintCrl> = {
  clause: 'RFC 5280 §5.3',
  problems: {
    unspecified: 'warning',
    'removed-outside-delta': 'error',
    'revoked-later': 'warning',
    'must-be-critical': 'error',
    'must-not-be-critical': 'error',
    'unknown-critical': 'warning',
  },
  check: (crl, report) => {
    const isDelta = crl.criticality('deltaCRLIndicator') !== 'absent'
    const unspecified = new Tally()
    const removed = new Tally()
    const later = new Tally()
    const criticality = new Map(Object.keys(CRITICAL).map((name) => [name as ExtensionName, new Tally()]))
    for (const entry of crl.entries) {
      if (entry.revokedAt > crl.thisUpdate) later.add(entry)
      if (entry.extensions.length === 0) continue
      if (entry.reason === 'removeFromCRL' && !isDelta) removed.add(entry)
      for (const { oid, critical } of entry.extensions) {
        const name = NAMES.get(oid)
        if (name && CRITICAL[name] !== critical) criticality.get(name)!.add(entry)
        if (name === 'reasonCode' && entry.reason === 'unspecified') unspecified.add(entry)
      }
    }
    // A long list has one finding for each kind of problem, not one for each entry.
    if (unspecified.facts) report('unspecified', unspecified.facts, 'RFC 5280 §5.3.1')
    if (removed.facts) report('removed-outside-delta', removed.facts, 'RFC 5280 §5.3.1')
    // "The date on which the revocation occurred": it had not, when the list was made.
    if (later.facts) report('revoked-later', later.facts, 'RFC 5280 §5.1.2.6')
    for (const [extension, { facts }] of criticality) {
      if (facts) report(CRITICAL[extension] ? 'must-be-critical' : 'must-not-be-critical', { ...facts, extension })
    }
    for (const oid of crl.unknownCriticalInEntries) report('unknown-critical', { oid })
  },
}

class Tally {
  #count = 0
  #first: CrlEntry | undefined

  add(entry: CrlEntry): void {
    this.#count++
    this.#first ??= entry
  }

  get facts(): { readonly count: number; readonly serial: string } | undefined {
    return this.#first && { count: this.#count, serial: serialHex(this.#first.serial) }
  }
}

const CRITICAL: { readonly [N in ExtensionName]?: boolean } = {
  reasonCode: false,
  invalidityDate: false,
  certificateIssuer: true,
}
const NAMES: ReadonlyMap<string, ExtensionName> = new Map(
  (Object.keys(CRITICAL) as ExtensionName[]).map((name) => [EXTENSIONS[name].oid, name]),
)
