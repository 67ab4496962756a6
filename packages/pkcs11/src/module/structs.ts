// Structures of PKCS #11 in memory. No field is padded: on 64-bit Unix each is eight bytes, on Windows the header says pack(1).

import koffi from 'koffi'

/** Bytes of a CK_ULONG: 8 on 64-bit Unix, 4 on Windows. */
export const ULONG: number = koffi.sizeof('ulong')
/** Bytes of a pointer. */
export const POINTER: number = koffi.sizeof('void *')

/** A number as a CK_ULONG. */
export function ulong(value: number): Buffer {
  const bytes = Buffer.alloc(ULONG)
  bytes.writeUIntLE(value, 0, Math.min(ULONG, 6))
  return bytes
}

/** The CK_ULONG at a place; undefined for CK_UNAVAILABLE_INFORMATION, all ones. */
export function ulongAt(bytes: Uint8Array, at = 0): number | undefined {
  const field = Buffer.from(bytes.buffer, bytes.byteOffset + at, ULONG)
  return field.every((octet) => octet === 0xff) ? undefined : field.readUIntLE(0, Math.min(ULONG, 6))
}

/** A structure of numbers and pointers. What it points to is held as long as the structure is. */
export function struct(...fields: readonly (number | Uint8Array | undefined)[]): Buffer {
  const parts = fields.map((field) => (typeof field === 'number' ? ulong(field) : pointerTo(field)))
  return Object.assign(Buffer.concat(parts), { holds: fields })
}

/** CK_MECHANISM. */
export const mechanism = (type: number, parameter?: Uint8Array): Buffer =>
  struct(type, parameter, parameter?.length ?? 0)

/** A value of an attribute: a number is a CK_ULONG, a truth a CK_BBOOL. */
export type Value = number | boolean | string | Uint8Array

/** CK_ATTRIBUTE[]. */
export function template(attributes: readonly (readonly [type: number, value: Value])[]): Buffer {
  const rows = attributes.map(([type, value]) => {
    const bytes = bytesOf(value)
    return struct(type, bytes, bytes.length)
  })
  return Object.assign(Buffer.concat(rows), { holds: rows })
}

function bytesOf(value: Value): Uint8Array {
  if (typeof value === 'number') return ulong(value)
  if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0)
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value
}

function pointerTo(field: Uint8Array | undefined): Buffer {
  const bytes = Buffer.alloc(POINTER)
  if (!field?.length) return bytes
  const address = koffi.address(field)
  if (POINTER === 8) bytes.writeBigUInt64LE(address)
  else bytes.writeUInt32LE(Number(address))
  return bytes
}
