import { atMost } from './at-most.ts'
import type { RequestNotice, RequestRefusal } from './finding.ts'
import { isHostName } from './host-name.ts'
import type { RequestName } from './request-content.ts'

/** The common name as the certificate will have it, or why it cannot. @param form how machines are named: see `RequestRules` */
export function judgeCommonName(name: string, form: string): { readonly commonName: string } | RequestRefusal {
  const lower = name.toLowerCase()
  if (form !== 'host-name') return FINGERPRINT.test(name) ? { commonName: name } : nameRefusal(name, 'fingerprint')
  // ub-common-name is 64, shorter than a host name may be.
  return lower.length <= 64 && isHostName(lower) ? { commonName: lower } : nameRefusal(name, 'host')
}

/** Many programs name a server by its alternative names alone: the first that a common name may be. */
export const firstHostName = (wished: readonly RequestName[]): string | undefined =>
  wished.find(({ kind, text }) => kind === 'dNSName' && 'commonName' in judgeCommonName(text, 'host-name'))?.text

interface GrantedNames {
  /** dNSNames. */
  readonly names: readonly string[]
  readonly refused: readonly RequestRefusal[]
  readonly notices: readonly RequestNotice[]
}

/** Host names besides the common name. The first that is refused ends the list: whoever wrote the request decides how long it is. */
export function judgeHostNames(commonName: string, wished: readonly RequestName[]): GrantedNames {
  const names = [commonName]
  const refusal = (text: string, rule: string): GrantedNames => ({
    ...{ names, refused: [nameRefusal(text, rule)] },
    notices: [],
  })
  for (const { kind, text } of wished) {
    if (kind !== 'dNSName') return refusal(text, 'type')
    const lower = text.toLowerCase()
    if (!isHostName(lower)) return refusal(text, 'host')
    if (!names.includes(lower)) names.push(lower)
    if (names.length > MOST_NAMES) return refusal(text, 'count')
  }
  const isNamed = wished.some(({ text }) => text.toLowerCase() === commonName)
  const added: RequestNotice = { code: 'common_name_added_to_names', level: 'notice', facts: { name: commonName } }
  return { names, refused: [], notices: isNamed ? [] : [added] }
}

/** Of a certificate without alternative names: those asked for are left out. */
export const namesNotGranted = (wished: readonly RequestName[]): RequestNotice[] =>
  atMost<RequestNotice>(
    MOST_NAMES,
    wished.map(({ text }) => ({ code: 'name_not_granted', level: 'notice', facts: { name: text.slice(0, 100) } })),
  )

/** Whether the name is the suffix, or lies below it, label by label. */
export const isWithin = (name: string, suffix: string): boolean => name === suffix || name.endsWith(`.${suffix}`)

/**
 * The first name that an organisation may not have, and what it may; undefined when it may have all.
 * @param suffixes what its names may be or lie below, in small letters, as the names
 */
export function nameOutside(
  names: readonly string[],
  suffixes: readonly string[],
): { readonly name: string; readonly allowed: string } | undefined {
  const outside = names.find((name) => !suffixes.some((suffix) => isWithin(name, suffix)))
  if (outside === undefined) return undefined
  const allowed = suffixes.length === 0 ? 'none' : suffixes.slice(0, MOST_NAMES).join(', ')
  return { name: outside.slice(0, 100), allowed: suffixes.length > MOST_NAMES ? `${allowed}, …` : allowed }
}

const nameRefusal = (name: string, rule: string): RequestRefusal => ({
  level: 'refused',
  code: 'name_not_allowed',
  facts: { name: name.slice(0, 100), rule },
})

/** A workstation's name: 26 characters of base32, 130 bits of what the machine is. */
const FINGERPRINT = /^ws-[a-z2-7]{26}$/
const MOST_NAMES = 10
