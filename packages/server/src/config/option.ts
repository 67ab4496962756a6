/** Why a value given by the operator is refused: a code of this folder's own, put into words by the terminal. */
export type ConfigFault =
  | 'unknown_option'
  | 'not_a_port'
  | 'not_a_host_name'
  | 'not_a_network_address'
  | 'not_a_whole_number'
  | 'not_one_of'
  | 'not_a_postgres_address'
  | 'password_in_address'
  | 'needs_other_option'
  | 'same_port_twice'
  | 'same_file_twice'
  | 'line_too_long'
  | 'letters_unseen'
  | 'file_unreadable'
  | 'file_not_json'
  | 'not_text'
  | 'given_twice'
  | 'not_a_token'
  | 'not_a_web_address'
  | 'same_token_twice'

/** One thing that is wrong, and where it was given: `--portal-port`, `SCEL_PORTAL_PORT` or `portalPort in desk.json`. */
export interface ConfigProblem {
  readonly fault: ConfigFault
  readonly where: string
  /** What would be right, or what else is concerned; never the value of a secret. */
  readonly facts: Readonly<Record<string, string>>
}

/** All that is wrong with the configuration, at once: an operator should not have to find out one by one. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ where, fault }) => `${where}: ${fault.replaceAll('_', ' ')}`).join('; '))
    this.problems = problems
  }
}

/** What a parser of one option answers: the value, or why not. */
export type Parsed<T> = { readonly value: T } | { readonly fault: ConfigFault; readonly facts?: Record<string, string> }

/** One option: the names under which it is given, and how its text becomes a value. */
export interface Option<T> {
  /** Name in the configuration file; the flag and the variable follow from it (`--portal-port`, `SCEL_PORTAL_PORT`). */
  readonly name: string
  /** What stands for the value in `--help`. */
  readonly placeholder: string
  parse(text: string): Parsed<T>
}

export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
export const variableOf = (name: string): string =>
  `SCEL_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
