import { confirm, isCancel, password, select, text } from '@clack/prompts'
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
  const answered = <T>(answer: T): Exclude<T, symbol> =>
    isCancel(answer) ? stop('interrupted') : (answer as Exclude<T, symbol>)
  return {
    line: async (message, check) =>
      answered(await text({ ...io, message, validate: (answer) => check((answer ?? '').trim()) })).trim(),
    secret: async (message, check) =>
      answered(await password({ ...io, message, validate: (answer) => check(answer ?? '') })),
    choice: async (message, choices) =>
      answered(
        await select({
          ...io,
          showInstructions: false, // clack has them in English only
          message,
          options: choices.map(({ value, note }) => ({ value, label: value, ...(note ? { hint: note } : {}) })),
          ...(choices[0] ? { initialValue: choices[0].value } : {}),
        }),
      ),
    yes: async (message) =>
      answered(await confirm({ ...io, message, active: voice.text('yes'), inactive: voice.text('no') })),
  }
}
