// How extensions are found, made and read; list.ts says which there are.

import type { Extension, ExtensionCodec } from './extension.ts'
import type { ExtensionName, ExtensionValues } from './list.ts'
import { EXTENSIONS } from './list.ts'

export type { ExtensionName, ExtensionValues } from './list.ts'
export { EXTENSIONS } from './list.ts'

const names = new Map(Object.entries(EXTENSIONS).map(([name, codec]) => [codec.oid, name as ExtensionName]))

/**
 * The name of an extension that this library reads, by its OID; undefined for any other.
 * @example
 * assert.equal(extensionName('2.5.29.15'), 'keyUsage')
 */
export const extensionName = (oid: string): ExtensionName | undefined => names.get(oid)

/**
 * An extension ready to be written. `critical` is what the standard asks for unless told otherwise.
 * @throws string_malformed, name_malformed, certificate_malformed on a value that its type cannot hold
 * @example
 * const { critical, value } = makeExtension('basicConstraints', { ca: true, pathLength: 0 })
 * assert.deepEqual([critical, toHex(value)], [true, '30060101ff020100'])
 */
export function makeExtension<N extends ExtensionName>(
  name: N,
  value: ExtensionValues[N],
  critical?: boolean,
): Extension {
  const codec: ExtensionCodec<ExtensionValues[N]> = EXTENSIONS[name]
  return Object.freeze({ oid: codec.oid, critical: critical ?? codec.critical(value), value: codec.write(value) })
}

/**
 * The value of an extension of a certificate, request, CRL or CRL entry; undefined when it has none.
 * @throws der_malformed and the errors of what is inside
 * @example
 * assert.deepEqual(extension(sample.person.certificate, 'extendedKeyUsage'), ['emailProtection'])
 */
export function extension<N extends ExtensionName>(
  holder: { readonly extensions: readonly Extension[] },
  name: N,
): ExtensionValues[N] | undefined {
  const codec: ExtensionCodec<ExtensionValues[N]> = EXTENSIONS[name]
  const found = holder.extensions.find((one) => one.oid === codec.oid)
  return found && codec.parse(found.value)
}
