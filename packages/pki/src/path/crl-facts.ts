// What path validation asks of a CRL before it looks at an entry (RFC 5280 §5.2), read once per CRL.

import { fail, isPkiError, PkiError } from '../errors/index.ts'
import type { AuthorityKeyIdentifier, Crl, ExtensionName, IssuingDistributionPoint } from '../x509/index.ts'
import { EXTENSIONS, extension, extensionName } from '../x509/index.ts'
import { nameText } from './name-text.ts'

export interface CrlFacts {
  readonly number?: bigint
  /** Of a delta: the number of the CRL that it starts from. */
  readonly base?: bigint
  readonly point?: IssuingDistributionPoint
  /** The same as it came, to compare the scopes of two CRLs. */
  readonly pointDer?: Uint8Array
  readonly authority?: AuthorityKeyIdentifier
  /** Why this CRL tells nothing about any certificate. */
  readonly unusable?: PkiError
}

export function crlFacts(crl: Crl): CrlFacts {
  let facts = known.get(crl)
  if (!facts) {
    facts = Object.freeze(read(crl))
    known.set(crl, facts)
  }
  return facts
}

/** The issuer as errors name it. */
export const issuerText = ({ issuer }: Crl): string => nameText(issuer)

/** @throws crl_outdated also when it is not yet in force, as after a look into the past */
export function checkCurrent(crl: Crl, at: Date): void {
  const { thisUpdate } = crl
  // The standard always has an end (§5.1.2.5); a list without one counts for a day, as an OCSP response does.
  const nextUpdate = crl.nextUpdate ?? new Date(thisUpdate.getTime() + DAY)
  const second = Math.floor(at.getTime() / 1_000) * 1_000
  if (thisUpdate.getTime() <= at.getTime() + SKEW && second <= nextUpdate.getTime()) return
  const [from, to, now] = [thisUpdate.toISOString(), nextUpdate.toISOString(), at.toISOString()]
  fail('crl_outdated', { issuer: issuerText(crl), thisUpdate: from, nextUpdate: to, at: now })
}

function read(crl: Crl): CrlFacts {
  try {
    const number = extension(crl, 'cRLNumber')
    const base = extension(crl, 'deltaCRLIndicator')
    const point = extension(crl, 'issuingDistributionPoint')
    const pointDer = crl.extensions.find(({ oid }) => oid === EXTENSIONS.issuingDistributionPoint.oid)?.value
    const authority = extension(crl, 'authorityKeyIdentifier')
    const unusable = unknownCritical(crl)
    return {
      ...(number === undefined ? {} : { number }),
      ...(base === undefined ? {} : { base }),
      ...(point && pointDer ? { point, pointDer } : {}),
      ...(authority ? { authority } : {}),
      ...(unusable ? { unusable } : {}),
    }
  } catch (error) {
    if (isPkiError(error)) return { unusable: error }
    throw error
  }
}

/** §5.2 and §5.3: such a CRL must not be used, wherever in it the extension stands. */
function unknownCritical(crl: Crl): PkiError | undefined {
  const strange = crl.extensions.find(({ oid, critical }) => {
    const name = extensionName(oid)
    return critical && !(name && UNDERSTOOD.has(name))
  })
  const oid = strange?.oid ?? crl.unknownCriticalInEntries[0]
  return oid === undefined ? undefined : new PkiError('extension_critical_unknown', { subject: issuerText(crl), oid })
}

const UNDERSTOOD: ReadonlySet<ExtensionName> = new Set<ExtensionName>([
  'issuingDistributionPoint',
  'deltaCRLIndicator',
  'cRLNumber',
  'authorityKeyIdentifier',
])
const known = new WeakMap<Crl, CrlFacts>()
const DAY = 24 * 60 * 60_000
// The clock of the authority may be ahead of ours: the five minutes that OCSP is granted.
const SKEW = 5 * 60_000
