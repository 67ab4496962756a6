import { atMost } from './at-most.ts'
import type { RequestNotice } from './finding.ts'
import type { RequestContent } from './request-content.ts'
import type { RequestRules } from './rules.ts'

/** Usages, extensions and attributes that were asked for and will not be in the certificate, and usages that it has besides. */
export function judgeUsages(said: RequestContent, rules: RequestRules): RequestNotice[] {
  const { key, keyUsage: usages = [], extendedKeyUsage: purposes = [] } = said
  const given = key.kind === 'rsa' || key.kind === 'ec' ? rules.keyUsage[key.kind] : undefined
  const granted = new Set([...(given ?? usages), ...rules.extendedKeyUsage])
  const refused = [...usages, ...purposes].filter((usage) => !granted.has(usage))
  const notGranted = [
    ...[...refused, ...(said.basicConstraints?.ca ? ['CA'] : [])].map(usageNotGranted),
    ...said.otherExtensions.map(
      (extension): RequestNotice => ({ code: 'extension_not_granted', level: 'notice', facts: { extension } }),
    ),
    ...attributesNotUsed(said, rules),
  ]
  return [
    ...atMost(MOST, notGranted),
    ...added(said.keyUsage, given),
    // Left open or not: whoever asks should know what the key may then be used for.
    ...added(purposes, rules.extendedKeyUsage),
  ]
}

const usageNotGranted = (usage: string): RequestNotice => ({
  code: 'usage_not_granted',
  level: usage === 'CA' ? 'warning' : 'notice',
  facts: { usage },
})

/** What the certificate will have although the request names others. */
const added = (asked: readonly string[] | undefined, given: readonly string[] | undefined): RequestNotice[] =>
  asked === undefined || given === undefined
    ? []
    : given
        .filter((usage) => !asked.includes(usage))
        .map((usage) => ({ code: 'usage_added', level: 'notice', facts: { usage } }))

function attributesNotUsed({ otherAttributes }: RequestContent, { applicant }: RequestRules): RequestNotice[] {
  const names = otherAttributes.filter((oid) => oid !== applicant?.attribute).map((oid) => ATTRIBUTES[oid] ?? oid)
  return [...new Set(names)].map((attribute) => ({
    code: 'attribute_not_used',
    level: 'notice',
    facts: { attribute },
  }))
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.7': 'challengePassword', // RFC 2985 §5.4.1
  '1.2.840.113549.1.9.2': 'unstructuredName', // RFC 2985 §5.4.3
  // What Windows says of itself ([MS-WCCE] §2.2.2.7.1 to §2.2.2.7.4): its version, the client, the provider of the key.
  '1.3.6.1.4.1.311.13.2.3': 'windows',
  '1.3.6.1.4.1.311.21.20': 'windows',
  '1.3.6.1.4.1.311.13.2.2': 'windows',
}
const MOST = 10
