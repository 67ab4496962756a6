// What a policy comes with (RFC 5280 §4.2.1.4): a pointer to the practice statement, or words for the person who
// relies on the certificate.

import type { DerReader, StringType } from '../../asn1/index.ts'
import { checkDer, integer, oid, sequence, string, stringTypeOf, TAG } from '../../asn1/index.ts'

/** What a policy comes with: the address of its practice statement, a notice for people, or something else. */
export type PolicyQualifier =
  | { readonly kind: 'cps'; readonly uri: string }
  | UserNotice
  /** `value` is an element, DER. */
  | { readonly kind: 'other'; readonly oid: string; readonly value: Uint8Array }

/** Words for the person who relies on the certificate (RFC 5280 §4.2.1.4). */
export interface UserNotice {
  readonly kind: 'userNotice'
  /** Texts of an organization, by their numbers there. */
  readonly reference?: { readonly organization: string; readonly noticeNumbers: readonly number[] }
  readonly explicitText?: string
  /** What `explicitText` was or will be written with; undefined for UTF8String. */
  readonly explicitTextType?: Exclude<DisplayStringType, 'UTF8String'>
}

type DisplayStringType = Extract<StringType, 'UTF8String' | 'IA5String' | 'VisibleString' | 'BMPString'>

export function readPolicyQualifier(fields: DerReader): PolicyQualifier {
  const dotted = fields.oid()
  if (dotted === CPS) {
    if (fields.tag !== TAG.ia5String) fields.malformed()
    return Object.freeze({ kind: 'cps', uri: fields.string().text })
  }
  if (dotted === USER_NOTICE) return fields.sequence(readNotice)
  const value = fields.element()
  checkDer(value, 'policy qualifier')
  return Object.freeze({ kind: 'other', oid: dotted, value })
}

export function writePolicyQualifier(qualifier: PolicyQualifier): Uint8Array {
  if (qualifier.kind === 'cps') return sequence(oid(CPS), string('IA5String', qualifier.uri))
  if (qualifier.kind === 'other') return sequence(oid(qualifier.oid), qualifier.value)
  const { reference, explicitText, explicitTextType = 'UTF8String' } = qualifier
  return sequence(
    oid(USER_NOTICE),
    sequence(
      reference
        ? [
            sequence(
              string('UTF8String', reference.organization),
              sequence(reference.noticeNumbers.map((number) => integer(number))),
            ),
          ]
        : [],
      explicitText === undefined ? [] : [string(explicitTextType, explicitText)],
    ),
  )
}

function readNotice(fields: DerReader): UserNotice {
  const reference = fields.optional(TAG.sequence, (inner) =>
    inner.sequence((one) => {
      const organization = readDisplayText(one).text
      return Object.freeze({
        organization,
        noticeNumbers: Object.freeze(one.sequenceOf((number) => number.smallInteger())),
      })
    }),
  )
  const text = fields.done ? undefined : readDisplayText(fields)
  return Object.freeze({
    kind: 'userNotice',
    ...(reference ? { reference } : {}),
    ...(text ? { explicitText: text.text } : {}),
    ...(text && text.type !== 'UTF8String' ? { explicitTextType: text.type } : {}),
  })
}

/** DisplayText. Longer ones than the 200 characters allowed are to be put up with (RFC 5280 §4.2.1.4). */
function readDisplayText(fields: DerReader): { readonly text: string; readonly type: DisplayStringType } {
  const { tag, text } = fields.string()
  const type = stringTypeOf(tag)
  if (type === 'UTF8String' || type === 'IA5String' || type === 'VisibleString' || type === 'BMPString') {
    return { text, type }
  }
  return fields.malformed()
}

const CPS = '1.3.6.1.5.5.7.2.1'
const USER_NOTICE = '1.3.6.1.5.5.7.2.2'
