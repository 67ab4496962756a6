/** The attributes of a distinguished name, each with its comma: RFC 4514 separates with commas that are not escaped. */
export const nameParts = (name: string): string[] => name.match(/(?:\\.|[^\\,])*,?/gs)?.filter(Boolean) ?? []
