import type { Name } from '../x509/index.ts'
import { formatName } from '../x509/index.ts'

/** A name as errors have it, made once: names may be long, and a search meets the same one at every step. */
export function nameText(name: Name): string {
  let text = known.get(name)
  if (text === undefined) {
    text = formatName(name, 'rfc4514')
    known.set(name, text)
  }
  return text
}

const known = new WeakMap<Name, string>()
