import { DerReader, TAG, timeForm } from '../../asn1/index.ts'
import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const validity: LintRule = {
  name: 'rfc5280/validity',
  clause: 'RFC 5280 §4.1.2.5',
  severity: 'error',
  check: ({ notBefore, notAfter, tbs }) => {
    const [before, after] = timeTags(tbs)
    return breaches(
      [notBefore > notAfter, { problem: 'ends before it begins' }],
      [before !== expectedTag(notBefore), { problem: 'wrong time type', field: 'notBefore' }],
      [after !== expectedTag(notAfter), { problem: 'wrong time type', field: 'notAfter' }],
    )
  },
}

const expectedTag = (date: Date): number => (timeForm(date) === 'UTCTime' ? TAG.utcTime : TAG.generalizedTime)

/** The two tags, which the parsed dates no longer show. */
function timeTags(tbs: Uint8Array): [number | undefined, number | undefined] {
  return DerReader.whole(tbs, 'TBSCertificate', (reader) =>
    reader.sequence((fields) => {
      // version, serialNumber, signature and issuer come before validity; version may be missing.
      if (fields.tag !== TAG.integer) fields.element()
      for (let i = 0; i < 3; i++) fields.element()
      const tags = fields.sequence((pair) => {
        const first = pair.tag
        pair.element()
        const second = pair.tag
        pair.element()
        return [first, second] as [number | undefined, number | undefined]
      })
      fields.list((rest) => rest.element())
      return tags
    }),
  )
}
