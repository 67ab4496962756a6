import { isPkiError, type PkiError } from '@scel/pki/errors'
import { type Extension, type ExtensionName, type ExtensionValues, extension, extensionName } from '@scel/pki/x509'

/** An extension as far as it can be read: a malformed one does not hide the others. */
export type ReadExtension = Pick<Extension, 'oid' | 'critical'> &
  (
    | { readonly name: ExtensionName; readonly value: ExtensionValues[ExtensionName] }
    | { readonly name: ExtensionName; readonly error: PkiError }
    /** One that the library does not know: its bytes, DER. */
    | { readonly value: Uint8Array }
  )

type Holder = { readonly extensions: readonly Extension[] }

/** All extensions of a certificate, request, list or entry, in their order. */
export const readExtensions = (holder: Holder): readonly ReadExtension[] =>
  holder.extensions.map((one) => readOne(holder, one))

function readOne(holder: Holder, { oid, critical, value }: Extension): ReadExtension {
  const name = extensionName(oid)
  if (!name) return { oid, critical, value }
  try {
    return { oid, critical, name, value: extension(holder, name)! }
  } catch (error) {
    if (isPkiError(error)) return { oid, critical, name, error }
    throw error
  }
}

/** The value of one of them; undefined when it is not there, or malformed. */
export function extensionValue<N extends ExtensionName>(
  extensions: readonly ReadExtension[],
  name: N,
): ExtensionValues[N] | undefined {
  const found = extensions.find((one) => 'name' in one && one.name === name)
  return found && 'value' in found ? (found.value as ExtensionValues[N]) : undefined
}

/** OIDs of those that the library does not know. */
export const unknownIn = (extensions: readonly ReadExtension[]): string[] =>
  extensions.filter((one) => !('name' in one)).map(({ oid }) => oid)
