import type * as Clack from '@clack/prompts'
import type { Terminal } from '../outside.ts'
import { stop } from './cli-error.ts'
import type { Voice } from './voice.ts'

/** Questions at a terminal. They go to standard error, so that standard output stays data. */
export interface Prompts {
  /** An answer in one line, trimmed; `check` says what is wrong with it. */
  line(question: string, check: (answer: string) => string | undefined): Promise<string>
  /** An answer that is not shown while it is typed, taken as it is. */
  secret(question: string, check: (answer: string) => string | undefined): Promise<string>
  choice(question: string, choices: readonly { readonly value: string; readonly note?: string }[]): Promise<string>
  yes(question: string): Promise<boolean>
}

/** Ctrl-C at a question ends the command. @throws interrupted */
export function terminalPrompts({ input, output }: Terminal, signal: AbortSignal, voice: Voice): Prompts {
  const io = { input, output, signal }
  // Loaded at the first question: most commands ask none.
  const ask = async <T>(question: (clack: typeof Clack) => Promise<T>): Promise<Exclude<T, symbol>> => {
    const clack = await import('@clack/prompts')
    const answer = await question(clack)
    return clack.isCancel(answer) ? stop('interrupted') : (answer as Exclude<T, symbol>)
  }
  return {
    line: async (message, check) =>
      (await ask(({ text }) => text({ ...io, message, validate: (answer) => check((answer ?? '').trim()) }))).trim(),
    secret: (message, check) =>
      ask(({ password }) => password({ ...io, message, validate: (answer) => check(answer ?? '') })),
    choice: (message, choices) =>
      ask(({ select }) =>
        select({
          ...io,
          showInstructions: false, // clack has them in English only
          message,
          options: choices.map(({ value, note }) => ({ value, label: value, ...(note ? { hint: note } : {}) })),
          ...(choices[0] ? { initialValue: choices[0].value } : {}),
        }),
      ),
    yes: (message) =>
      ask(({ confirm }) => confirm({ ...io, message, active: voice.text('yes'), inactive: voice.text('no') })),
  }
}
