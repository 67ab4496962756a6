/** What is absent in a row (NULL) is absent in the value: no field at all, rather than one that holds nothing. */
export function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const found: Partial<T> = {}
  for (const name in fields) if (fields[name] !== null && fields[name] !== undefined) found[name] = fields[name]
  return found as { [K in keyof T]?: NonNullable<T[K]> }
}
