// How the command line speaks:
//   - standard output carries data only, so that it can be piped; with --json it is one document, errors too;
//   - everything else goes to standard error, in lower case, without a full stop;
//   - an error says what is wrong, and each hint says one thing to do about it;
//   - what others wrote is made plain before it reaches the terminal.

import { type ErrorCode, isDeskError, type Language, SENTENCES } from '@scel/contract/errors'
import type { Reason } from '@scel/files/verdicts'
import { isPkiError } from '@scel/pki/errors'
import type { Outside } from '../outside.ts'
import { isCliError, isDeskRefusal } from './cli-error.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { formatInstant, formatSpan } from './language.ts'
import { failureIn, fill, hintIn, type TextFacts, type TextKey, textIn } from './messages/index.ts'
import { plain, plainJson, plainLines } from './plain.ts'

/** An error in words. */
export interface Spoken {
  readonly code: string
  readonly message: string
  readonly hints: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>
  readonly exit: ExitCode
}

/** A list that is handed out item by item, as fast as the reader takes it; with --json it is one document all the same. */
export interface ListResult {
  /** The item as the document has it, and its lines, which are told how many items there were before. */
  item(document: unknown, lines: (before: number) => readonly string[]): Promise<void>
  end(): Promise<void>
  /** Ends the list with what went wrong, and returns the exit code. Before the first item it is thrown: nothing was handed out. */
  broken(error: unknown): Promise<ExitCode>
}

export class Voice {
  readonly language: Language
  readonly json: boolean
  readonly #outside: Pick<Outside, 'out' | 'err'>

  constructor(outside: Pick<Outside, 'out' | 'err'>, language: Language, json: boolean) {
    this.#outside = outside
    this.language = language
    this.json = json
  }

  /** A text in the language of the person. */
  text<K extends TextKey>(key: K, ...facts: TextFacts<K>): string {
    return textIn(this.language, key, ...facts)
  }

  /** The same with control characters made visible: for lines of a result. */
  plain<K extends TextKey>(key: K, ...facts: TextFacts<K>): string {
    return plain(this.text(key, ...facts))
  }

  instant(at: Date | string): string {
    return formatInstant(at, this.language)
  }

  span(milliseconds: number): string {
    return formatSpan(milliseconds, this.language)
  }

  /** Says one line to the person, on standard error. */
  say<K extends TextKey>(key: K, ...facts: TextFacts<K>): void {
    this.lines([this.plain(key, ...facts)])
  }

  /** Says lines that were made plain already (see `table`), on standard error. */
  lines(lines: readonly string[]): void {
    for (const line of lines) this.#outside.err(`${line}\n`)
  }

  /** A line of the result as soon as it is known; with --json the document at the end has it. */
  data(line: string): void {
    if (!this.json) this.#outside.out(`${line}\n`)
  }

  hint(text: string): void {
    this.#outside.err(`scel: ${this.text('hint')}: ${plainLines(text).join('\n  ')}\n`)
  }

  /** Hands out the result of the command: the document with --json, the lines without. */
  result(document: unknown, lines: () => readonly string[]): void {
    if (this.json) this.#outside.out(`${plainJson(document)}\n`)
    else for (const line of lines()) this.#outside.out(`${line}\n`)
  }

  /**
   * A result that is a list, handed out as it comes: nothing of it is kept. `name` is what it is called in the document;
   * `write` takes it to standard output.
   */
  list(name: string, write: Outside['write']): ListResult {
    let count = 0
    return {
      item: async (document, lines) => {
        const opening = count === 0 ? `{\n  ${JSON.stringify(name)}: [` : ','
        const text = this.json
          ? `${opening}\n    ${indented(document, 4)}`
          : lines(count)
              .map((line) => `${line}\n`)
              .join('')
        count += 1
        await write(text)
      },
      end: async () => {
        if (this.json) await write(count === 0 ? `${plainJson({ [name]: [] })}\n` : '\n  ]\n}\n')
      },
      broken: async (error) => {
        if (count === 0) throw error
        const { exit: _, ...spoken } = this.words(error)
        if (this.json) await write(`\n  ],\n  "error": ${indented(spoken, 2)}\n}\n`)
        return this.complaint(error)
      },
    }
  }

  /** Says what went wrong, and returns the exit code that goes with it. */
  failure(error: unknown): ExitCode {
    const { exit, ...spoken } = this.words(error)
    if (this.json) this.#outside.out(`${plainJson({ error: spoken })}\n`)
    this.complaint(error)
    return exit
  }

  /** Says what went wrong with a part of the work, after which the command goes on. */
  complaint(error: unknown, about = ''): ExitCode {
    const { message, hints, exit } = this.words(error)
    this.#outside.err(`scel: ${this.text('error')}: ${about}${plainLines(message).join('\n  ')}\n`)
    for (const hint of hints) this.hint(hint)
    return exit
  }

  /** An error in words, whoever threw it. An unknown one is a defect: it is named, so that it can be reported. */
  words(error: unknown): Spoken {
    if (isCliError(error)) {
      const { says, hint } = failureIn(this.language, error.code, error.facts)
      return { code: error.code, message: says, hints: [hint, ...error.advice], facts: error.facts, exit: error.exit }
    }
    if (isDeskRefusal(error)) {
      const { code, detail, hint, facts } = error.problem
      return {
        code,
        message: plain(inVoice(detail)),
        hints: hint ? [plain(inVoice(hint))] : [],
        facts,
        exit: EXIT.failed,
      }
    }
    if (isPkiError(error) || isDeskError(error))
      return this.#shared(error.code, error.facts as Record<string, string | number>)
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    const { says, hint } = failureIn(this.language, 'unexpected', { what })
    return { code: 'unexpected', message: says, hints: [hint], facts: { what }, exit: EXIT.failed }
  }

  /** Why a verdict does not hold, in words: what `words` says of the error that it was. */
  reason({ code, facts }: Reason): Spoken {
    if (Object.hasOwn(SENTENCES.en, code)) return this.#shared(code as ErrorCode, facts)
    const { says, hint } = failureIn(this.language, 'unexpected', { what: code })
    return { code, message: says, hints: [hint], facts, exit: EXIT.failed }
  }

  /** In the sentences that all programs share. */
  #shared(code: ErrorCode, facts: Readonly<Record<string, string | number>>): Spoken {
    const { says, hint: general } = SENTENCES[this.language][code]
    const hint = hintIn(this.language, code) ?? general
    const [message = '', advice] = [says, hint].map((text) => inVoice(fill(text, this.language, facts)))
    return { code, message, hints: advice ? [advice] : [], facts, exit: EXIT.failed }
  }
}

/** Between texts, JSON has no line ends but its own. */
const indented = (document: unknown, by: number): string => plainJson(document).replaceAll('\n', `\n${' '.repeat(by)}`)

/** A sentence of the desk as the command line speaks: no capital that only begins it, no stop that only ends it. */
export function inVoice(sentence: string): string {
  const text = sentence.trim().replace(/(?<![.…])\.$/, '')
  return /^\p{Lu}(?!\p{Lu}|\d|-)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
