// Texts that are hard for a regular expression, made from the expression itself. Not every hard text is found this way;
// what takes expressions down in practice is a run of letters that two of its parts may share, after a beginning that
// fits and before an end that does not.

/** What an expression says of one letter: a class, an escape, a point, or the letter itself. */
const ATOM = /\[(?:\\.|[^\]\\])*\]|\\(?:p\{[^}]*\}|P\{[^}]*\}|x[0-9a-f]{2}|u[0-9a-f]{4}|.)|[^\\^$*+?(){}|[\]]/giu

const LETTERS: readonly string[] = [
  ...Array.from({ length: 128 }, (_, at) => String.fromCharCode((at + 97) % 128)), // small letters first: they are read best
  ...['é', '°', '\u0301', '\u00a0', '\u0085', '\u2028', '\u202e', '\u200b', '\ud800', '中', '😀'],
]

/** One letter for each way in which the parts of the expression tell letters apart. */
function representatives({ source, flags }: RegExp): readonly string[] {
  const plain = flags.replace(/[gy]/g, '')
  const atoms = [...new Set(source.match(ATOM) ?? [])].map((atom) => new RegExp(`^(?:${atom})$`, plain))
  const found = new Map<string, string>()
  for (const letter of LETTERS) {
    const told = atoms.map((atom) => (atom.test(letter) ? '1' : '0')).join('')
    if (!found.has(told)) found.set(told, letter)
  }
  return [...found.values()]
}

/** A text of any length: a beginning, something again and again, an end. */
export interface Growing {
  readonly head: string
  readonly again: string
  readonly tail: string
}

export const grown = ({ head, again, tail }: Growing, length: number): string =>
  head + again.repeat(Math.ceil(length / again.length)) + tail

/** @param samples texts that fit: their beginnings are tried as beginnings */
export function* worstLetters(expression: RegExp, samples: readonly string[] = []): Generator<Growing> {
  const letters = representatives(expression)
  const several = letters.length > 8 ? [] : letters.flatMap((a) => letters.map((b) => a + b))
  const begun = samples.flatMap((sample) => Array.from(sample, (_, at) => sample.slice(0, at + 1)))
  const heads = new Set(['', ...letters, ...several, ...begun])
  const bodies = new Set([...letters, ...letters.flatMap((a) => letters.map((b) => a + b))])
  for (const head of heads) {
    for (const again of bodies) {
      for (const tail of ['', ...letters]) yield { head, again, tail }
    }
  }
}
