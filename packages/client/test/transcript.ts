// Reads and checks transcripts: a command, what it prints, its exit code. Files look like this:
//
//   # a remark
//   $ scel inspect leaf.pem
//   > subject  CN=ana                         standard output
//   ! scel: error: no such file: missing.pem  standard error
//   = 1                                       exit code, 0 when it is not given
//   @ approve 1                               what somebody else does meanwhile
//   $ scel key new | scel key public -        one command's output is the other's input
//
// A file with the line `# offline` needs no desk; its clock stands at 2026-06-01T12:00Z.
//
// {name} stands for a value. The first time it matches anything of its kind and is remembered; from then on it must be
// the same again. {…} matches anything, every time. Runs of spaces count as two, since columns follow their content.

export interface Step {
  readonly kind: 'command' | 'act'
  readonly text: string
  readonly out: string[]
  readonly err: string[]
  exit: number
}

export function parseTranscript(text: string): Step[] {
  const steps: Step[] = []
  for (const line of text.split('\n')) {
    const [mark, rest] = [line[0], line.slice(2)]
    const step = steps.at(-1)
    if (!line.trim() || mark === '#') continue
    if (mark === '$' || mark === '@') {
      steps.push({ kind: mark === '$' ? 'command' : 'act', text: rest, out: [], err: [], exit: 0 })
    } else if (!step) throw new Error(`a transcript starts with a command, not: ${line}`)
    else if (mark === '>') step.out.push(rest)
    else if (mark === '!') step.err.push(rest)
    else if (mark === '=') step.exit = Number(rest)
    else throw new Error(`unknown mark: ${line}`)
  }
  return steps
}

/** Values by name; matching adds to them. */
export type Values = Map<string, string>

/** Replaces every {name} by its value. */
export function expand(text: string, values: Values): string {
  return text.replace(PLACE, (whole, name: string) => values.get(name) ?? whole)
}

/** Splits a command line at spaces, except within double quotes. */
export function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

/** Compares what was printed with the transcript. @throws Error that shows both */
export function compare(expected: readonly string[], printed: string, values: Values, about: string): void {
  const lines = printed.split('\n').slice(0, printed.endsWith('\n') ? -1 : undefined)
  const actual = printed === '' ? [] : lines.map(squeeze)
  const fits =
    expected.length === actual.length && expected.every((line, index) => matches(line, actual[index] ?? '', values))
  if (fits) return
  const show = (all: readonly string[]): string => all.map((line) => `    ${line}`).join('\n')
  throw new Error(
    `${about}\n  expected:\n${show(expected.map((line) => expand(line, values)))}\n  printed:\n${show(actual)}`,
  )
}

function matches(expected: string, actual: string, values: Values): boolean {
  const names: string[] = []
  const pattern = squeeze(expand(expected, values))
    .split(/(\{[^{}\s]+\})/)
    .map((part) => {
      const name = /^\{([^{}\s]+)\}$/.exec(part)?.[1]
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      names.push(name)
      return `(${KINDS[name.replace(/\d+$/, '')] ?? '.+?'})`
    })
    .join('')
  const found = new RegExp(`^${pattern}$`, 'u').exec(actual)
  if (!found) return false
  for (const [index, name] of names.entries()) if (!FREE.has(name)) values.set(name, found[index + 1] ?? '')
  return true
}

const squeeze = (line: string): string => line.trimEnd().replace(/ {2,}/g, '  ')
const PLACE = /\{([^{}\s]+)\}/g
const FREE: ReadonlySet<string> = new Set(['…', 'date', 'days', 'port'])
const KINDS: Readonly<Record<string, string>> = {
  n: '[1-9]\\d*', // of a request: the desk has asked for its own before anybody else does
  ws: 'ws-[a-z2-7]{26}',
  serial: '[0-9a-f]{16,40}',
  hex: '[0-9a-f]{40,64}',
  date: '\\d{1,2} \\p{L}+\\.? \\d{4}, \\d\\d:\\d\\d',
  days: '\\d{3}',
  port: '\\d{4,5}',
  '…': '.*',
}
