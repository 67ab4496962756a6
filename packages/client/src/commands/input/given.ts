import type { Environment } from '@scel/contract/values'
import { stop } from '../../ui/cli-error.ts'

/** Arguments and options of one call, read by name and checked. */
export class Given {
  readonly #arguments: readonly string[]
  readonly #options: Readonly<Record<string, unknown>>

  constructor(given: readonly string[], options: Readonly<Record<string, unknown>>) {
    this.#arguments = given
    this.#options = options
  }

  argument(index: number): string | undefined {
    return this.#arguments[index]
  }

  /** All arguments from this one on. */
  rest(index: number): readonly string[] {
    return this.#arguments.slice(index)
  }

  text(name: string): string | undefined {
    const value = this.#options[camel(name)]
    return typeof value === 'string' ? value : undefined
  }

  flag(name: string): boolean {
    return this.#options[camel(name)] === true
  }

  list(name: string): readonly string[] {
    const value = this.#options[camel(name)]
    return Array.isArray(value) ? value.map(String) : []
  }

  /** @throws option_missing */
  required(name: string): string {
    return this.text(name) ?? stop('option_missing', { option: `--${name}` })
  }

  /** That of --environment, where it is given: the option takes no other word. */
  environment(): Environment | undefined {
    const named = this.text('environment')
    return named === 'production' || named === 'test' ? named : undefined
  }

  /** A number of a request. @throws argument_wrong */
  requestNumber(index: number): number | undefined {
    const text = this.argument(index)
    if (text === undefined) return undefined
    const number = Number(text)
    return /^[1-9][0-9]{0,15}$/.test(text) && Number.isSafeInteger(number)
      ? number
      : stop('argument_wrong', { value: text, expected: 'NUMBER' })
  }
}

// As commander names them: --passphrase-file is passphraseFile.
const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
