import { type AttributeType, attributeByType, type NameInput } from '@scel/pki/x509'

/** An attribute of a name, cut to the length that its type may have (the ub- bounds of RFC 5280 appendix A.1). */
export function fitting(type: AttributeType, value: string): NameInput {
  const cut = [...value.trim()].slice(0, attributeByType(type).longest)
  return { type, value: cut.join('').trim() }
}
