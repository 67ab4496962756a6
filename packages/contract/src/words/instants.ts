export type Facts = Readonly<Record<string, string | number>>

/**
 * Readies a sentence for a formatter of ICU messages. The sentence says which of its arguments are instants:
 * `{at, date, long}`. Those facts are written by `moment`, as each program writes instants; whatever else a fact looks
 * like, it is text, since others chose it. A fact that should be an instant and is none stays the text it is.
 */
export function withInstants(
  text: string,
  facts: Facts,
  moment: (instant: string) => string,
): { readonly text: string; readonly facts: Facts } {
  const readable: Record<string, string | number> = { ...facts }
  for (const [, name = ''] of text.matchAll(INSTANT)) {
    const fact = facts[name]
    if (typeof fact === 'string' && isInstant(fact)) readable[name] = moment(fact)
  }
  return { text: text.replaceAll(INSTANT, '{$1}'), facts: readable }
}

/** Whether it is an instant as the desk writes them, on a day that there is. */
function isInstant(text: string): boolean {
  if (text.length > 32 || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text)) return false
  const at = new Date(text)
  // JavaScript takes 30 February for 2 March.
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19) === text.slice(0, 19)
}

const INSTANT = /\{(\w+), date, long\}/g
