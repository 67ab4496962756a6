import { readFileSync } from 'node:fs'
import { type Config, settle } from './config.ts'
import { memberTwice } from './member-twice.ts'
import { type ConfigProblem, ConfigRefused, flagOf, variableOf } from './option.ts'
import { OPTION_NAMES, OPTIONS, type OptionName, type OptionValues } from './options.ts'

/** Where options come from. The command line wins over the environment, the environment over the file. */
export interface Sources {
  /** Options of the command line by their names in the file (`portalPort`). */
  readonly flags: Readonly<Record<string, string | undefined>>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Path of the configuration file, when there is one. */
  readonly file?: string | undefined
}

interface Given {
  readonly name: OptionName
  readonly where: string
  readonly text: string
}

/**
 * Reads, checks and freezes the configuration.
 *
 * @throws ConfigRefused naming everything that is wrong, each with the place where it was given
 */
export function loadConfig(sources: Sources): Config {
  const problems: ConfigProblem[] = []
  const values: Record<string, unknown> = {}
  const winners = new Map<OptionName, Given>()
  for (const given of [...fromFile(sources.file, problems), ...fromEnvironment(sources), ...fromFlags(sources)])
    winners.set(given.name, given)
  for (const { name, where, text } of winners.values()) {
    const parsed = OPTIONS[name].parse(text)
    if ('value' in parsed) values[name] = parsed.value
    else problems.push({ fault: parsed.fault, where, facts: parsed.facts ?? {} })
  }
  try {
    const config = settle(values as Partial<OptionValues>)
    if (problems.length === 0) return config
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    problems.push(...error.problems)
  }
  throw new ConfigRefused(problems)
}

const fromFlags = ({ flags }: Sources): Given[] =>
  OPTION_NAMES.flatMap((name) => {
    const text = flags[name]
    return text === undefined ? [] : [{ name, where: flagOf(name), text }]
  })

// An empty variable counts as not given: that is how one takes it back in a unit file or a container.
const fromEnvironment = ({ environment }: Sources): Given[] =>
  OPTION_NAMES.flatMap((name) => {
    const text = environment[variableOf(name)]
    return text ? [{ name, where: variableOf(name), text }] : []
  })

function fromFile(file: string | undefined, problems: ConfigProblem[]): Given[] {
  if (file === undefined) return []
  const refuseFile = (fault: 'file_unreadable' | 'file_not_json'): Given[] => {
    problems.push({ fault, where: file, facts: {} })
    return []
  }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return refuseFile('file_unreadable')
  }
  let fields: unknown
  try {
    fields = JSON.parse(text)
  } catch {
    return refuseFile('file_not_json')
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return refuseFile('file_not_json')
  const twice = memberTwice(text)
  if (twice !== undefined) problems.push({ fault: 'given_twice', where: `${file}: ${twice.slice(0, 40)}`, facts: {} })
  return Object.entries(fields).flatMap(([name, value]) => {
    const where = `${file}: ${name}`
    if (!OPTION_NAMES.includes(name as OptionName)) problems.push({ fault: 'unknown_option', where, facts: {} })
    else if (typeof value !== 'string' && typeof value !== 'number')
      problems.push({ fault: 'not_text', where, facts: {} })
    else return [{ name: name as OptionName, where, text: String(value) }]
    return []
  })
}
