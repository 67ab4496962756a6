import type { PkiError } from '../errors/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Certificate, Crl, ExtensionName, ExtensionValues } from '../x509/index.ts'
import { extension } from '../x509/index.ts'

/**
 * What `extension` gives, read once for each certificate or list: a search comes back to one by hundreds of ways, and what
 * stands in it may be as long as whoever wrote it pleased. One that cannot be read throws the same error each time.
 */
export function readExtension<N extends ExtensionName>(
  holder: Certificate | Crl,
  name: N,
): ExtensionValues[N] | undefined {
  let all = known.get(holder)
  if (!all) {
    all = new Map()
    known.set(holder, all)
  }
  let outcome = all.get(name)
  if (!outcome) {
    outcome = read(holder, name)
    all.set(name, outcome)
  }
  if (outcome.error) throw outcome.error
  return outcome.value as ExtensionValues[N] | undefined
}

interface Outcome {
  readonly value?: unknown
  readonly error?: PkiError
}

function read(holder: Certificate | Crl, name: ExtensionName): Outcome {
  try {
    return { value: extension(holder, name) }
  } catch (error) {
    if (isPkiError(error)) return { error }
    throw error
  }
}

const known = new WeakMap<Certificate | Crl, Map<ExtensionName, Outcome>>()
