import { DerReader, TAG } from '../asn1/index.ts'
import { isPkiError } from '../errors/index.ts'
import { parseCrl } from '../x509/index.ts'
import type { LintFinding, LintOptions } from './finding.ts'
import { bench, DEFAULT_SUITES, run, unreadable } from './finding.ts'
import type { LintCrl } from './rule.ts'
import { CRL_RULES } from './rules.ts'
import { readExtensionValues, skip } from './subject.ts'

/**
 * Findings over a revocation list, full, delta, indirect or partitioned. It throws nothing: what cannot be read is a
 * finding.
 * @param der the list, signed, DER (RFC 5280 §5.1)
 * @example
 * assert.deepEqual(lintCrl(sample.crl).filter(({ severity }) => severity === 'error'), [])
 */
export function lintCrl(
  der: Uint8Array,
  { suites = DEFAULT_SUITES }: Pick<LintOptions, 'suites'> = {},
): readonly LintFinding[] {
  const findings: LintFinding[] = []
  let subject: LintCrl
  try {
    const crl = parseCrl(der)
    const extensions = readExtensionValues(crl.extensions, (extension, { code, facts }) => {
      findings.push(unreadable('extension', 'RFC 5280 §5.2', { extension, code, ...facts }))
    })
    subject = { ...crl, ...extensions, ...readEncodings(crl.signedBytes) }
  } catch (error) {
    if (!isPkiError(error)) throw error
    return [unreadable('unreadable', 'RFC 5280 §5.1', { code: error.code, ...error.facts })]
  }
  run(BENCH, subject, suites, findings)
  return findings
}

/** What values no longer show: the version, which a list without extensions may leave out, the types of times, and
 * entries that are none. */
function readEncodings(tbs: Uint8Array): Pick<LintCrl, 'version' | 'timeTags' | 'hasEmptyEntries'> {
  return DerReader.whole(
    tbs,
    'TBSCertList',
    (reader) =>
      reader.sequence((fields) => {
        const version = fields.tag === TAG.integer ? 2 : 1
        if (version === 2) fields.element()
        // signature and issuer come before the times
        for (let i = 0; i < 2; i++) fields.element()
        const thisUpdate = skip(fields)
        const hasNext = fields.tag === TAG.utcTime || fields.tag === TAG.generalizedTime
        const timeTags = hasNext ? ([thisUpdate, skip(fields)] as const) : ([thisUpdate] as const)
        const hasEmptyEntries = fields.tag === TAG.sequence && fields.element().length === 2
        while (!fields.done) fields.element()
        return { version, timeTags, hasEmptyEntries }
      }),
    { maxBytes: tbs.length },
  )
}

const BENCH = bench<LintCrl>(CRL_RULES)
