import type { CompiledQuery } from 'kysely'

/** A query with its values in it, as it is explained. */
export function withValues({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): string {
  let at = 0
  const value = (of: unknown) => (typeof of === 'number' ? String(of) : `'${String(of).replaceAll("'", "''")}'`)
  return sql.replace(/\?|\$(\d+)/g, (_, number?: string) => value(parameters[number ? Number(number) - 1 : at++]))
}
