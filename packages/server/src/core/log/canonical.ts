/** What JSON can say, of whole objects without holes. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/**
 * The one text of a value: JSON as RFC 8785 (JCS) writes it, names in the order of their UTF-16 code units, nothing between what is
 * needed. Halves of characters, which no database gives back, stand as U+FFFD.
 */
export function canonical(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = value as { readonly [name: string]: Json }
  // Without a comparison of its own, sort goes by UTF-16 code units.
  const names = Object.keys(members).sort()
  return `{${names.map((name) => `${canonical(name)}:${canonical(members[name]!)}`).join(',')}}`
}
