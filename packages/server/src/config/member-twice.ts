/**
 * The first name that an object of a JSON text gives to two of its members, wherever the object stands. `JSON.parse` takes the last one, and
 * whoever reads the file may have looked at the first.
 * @param text that `JSON.parse` takes
 */
export function memberTwice(text: string): string | undefined {
  /** Of each object or array that is open, the names so far. */
  const open: Set<string>[] = []
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token.endsWith(':')) {
      const name = JSON.parse(token.slice(0, -1)) as string
      if (open.at(-1)?.has(name)) return name
      open.at(-1)?.add(name)
    }
  }
  return undefined
}

/** A bracket, or a string; with its colon where it is the name of a member. */
const TOKEN = /[{}[\]]|"(?:[^"\\]|\\.?)*(?:"(?:\s*:)?|$)/gs
