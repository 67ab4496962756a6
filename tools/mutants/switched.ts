import type { Mutant } from './mutate.ts'

/** A breakage with the number under which it is switched on. */
export interface Numbered extends Mutant {
  readonly id: number
}

/**
 * A text in which all breakages are there at once, each behind a switch: `globalThis.scelBroken(id)` says whether it is on.
 * So a process loads the code once, and tries one after the other.
 */
export function switched(text: string, mutants: readonly Numbered[]): string {
  const spans = new Map<string, { start: number; end: number; mutants: Numbered[] }>()
  for (const mutant of mutants) {
    const [start, end] = [mutant.offset, mutant.offset + mutant.before.length]
    const span = spans.get(`${start}-${end}`) ?? { start, end, mutants: [] }
    span.mutants.push(mutant)
    spans.set(`${start}-${end}`, span)
  }
  const ordered = [...spans.values()].sort((a, b) => a.start - b.start || b.end - a.end)
  let next = 0
  const render = (from: number, to: number): string => {
    let [out, at] = ['', from]
    for (let span = ordered[next]; span && span.end <= to; span = ordered[next]) {
      next++
      out += text.slice(at, span.start) + choice(span.mutants, render(span.start, span.end))
      at = span.end
    }
    return out + text.slice(at, to)
  }
  return render(0, text.length)
}

function choice(mutants: readonly Numbered[], whole: string): string {
  const [first] = mutants
  if (first?.after === ';') return `{ if (!globalThis.scelBroken(${first.id})) { ${whole} } }`
  return `(${mutants.map(({ id, after }) => `globalThis.scelBroken(${id}) ? (${after}) : `).join('')}(${whole}))`
}
