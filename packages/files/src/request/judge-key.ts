import type { RequestRefusal } from './finding.ts'
import type { RequestKey } from './request-content.ts'

/** Whether a key is of a kind that is taken. @param allowed as `ec-p256` */
export function judgeKey<K extends string>(key: RequestKey, allowed: readonly K[]): KeyAllowed<K> | KeyRefusal {
  const { kind, bits, name, spec, smallExponent } = key
  if (smallExponent) return weak('RSA exponent below 65537')
  if (kind === 'rsa' && bits < 2048) return weak(name)
  const choice = allowed.find((one) => one === spec)
  return choice === undefined
    ? { level: 'refused', code: 'csr_key_not_allowed', facts: { key: name, allowed: allowed.join(', ') } }
    : { level: 'good', code: 'key_allowed', facts: { key: choice } }
}

interface KeyAllowed<K extends string> {
  readonly level: 'good'
  readonly code: 'key_allowed'
  readonly facts: { readonly key: K }
}
type KeyRefusal = Extract<RequestRefusal, { code: 'csr_key_weak' | 'csr_key_not_allowed' }>

const weak = (what: string): KeyRefusal => ({ level: 'refused', code: 'csr_key_weak', facts: { what } })
