// Identifier octets (X.690 §8.1.2) of the types that PKIX uses. All fit in one octet.

/** Identifier octets by the name of their type. */
export const TAG: {
  readonly boolean: 0x01
  readonly integer: 0x02
  readonly bitString: 0x03
  readonly octetString: 0x04
  readonly null: 0x05
  readonly oid: 0x06
  readonly enumerated: 0x0a
  readonly utf8String: 0x0c
  readonly numericString: 0x12
  readonly printableString: 0x13
  readonly teletexString: 0x14
  readonly ia5String: 0x16
  readonly utcTime: 0x17
  readonly generalizedTime: 0x18
  readonly visibleString: 0x1a
  readonly universalString: 0x1c
  readonly bmpString: 0x1e
  readonly sequence: 0x30
  readonly set: 0x31
} = Object.freeze({
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
})

/**
 * `[number]` over a primitive type, such as an IMPLICIT OCTET STRING.
 * @example
 * assert.equal(contextPrimitive(1), 0x81)
 */
export const contextPrimitive = (number: number): number => 0x80 | number
/**
 * `[number]` over a constructed type, such as an EXPLICIT tag or an IMPLICIT SEQUENCE.
 * @example
 * assert.equal(contextConstructed(3), 0xa3)
 */
export const contextConstructed = (number: number): number => 0xa0 | number
