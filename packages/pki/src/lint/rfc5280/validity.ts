import { TAG, timeForm } from '../../asn1/index.ts'
import type { LintRule } from '../rule.ts'

export const validity: LintRule<'rfc5280/validity'> = {
  clause: 'RFC 5280 §4.1.2.5',
  problems: { 'ends-before-it-begins': 'error', 'wrong-time-type': 'error' },
  check: ({ notBefore, notAfter, timeTags: [before, after] }, report) => {
    if (notBefore > notAfter) report('ends-before-it-begins')
    if (before !== expectedTag(notBefore)) report('wrong-time-type', { field: 'notBefore' })
    if (after !== expectedTag(notAfter)) report('wrong-time-type', { field: 'notAfter' })
  },
}

/** The type that RFC 5280 asks for, by the year. */
export const expectedTag = (date: Date): number => (timeForm(date) === 'UTCTime' ? TAG.utcTime : TAG.generalizedTime)
