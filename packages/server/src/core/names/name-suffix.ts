import { refuse } from '@scel/contract/errors'
import type { DeskNames } from './desk-names.ts'
import { isHostName } from './host-name.ts'
import { normalName } from './normal-name.ts'

// The names that an organisation may have certified for its servers: those that the administrator gave it, and all below
// them. `example.org` allows example.org, www.example.org and a.b.example.org, and never badexample.org.

/** Whether the name is the suffix, or lies below it, label by label. */
export const isWithin = (name: string, suffix: string): boolean => name === suffix || name.endsWith(`.${suffix}`)

/**
 * Reads the suffixes that an administrator gives; a star or dot in front says nothing more.
 * @throws DeskError name_suffix_invalid
 */
export function parseSuffixes(texts: readonly string[], desk: DeskNames): string[] {
  const suffixes = new Set<string>()
  for (const text of texts) {
    const suffix = normalName(text).replace(/^\*?\./, '')
    const wrong = (rule: string): never => refuse('name_suffix_invalid', { suffix: text.slice(0, 100), rule })
    if (!isHostName(suffix)) wrong('host')
    if (isOfRegistry(suffix)) wrong('registry')
    if (desk().includes(suffix)) wrong('desk')
    suffixes.add(suffix)
  }
  return [...suffixes].sort()
}

/**
 * Whether names below it are given to anybody by a registry: `co.uk`, `gouv.fr`. Not the whole list of such suffixes,
 * which changes every week: the forms that country registries have in common (decision 0014).
 */
function isOfRegistry(suffix: string): boolean {
  const [first = '', second = '', third] = suffix.split('.')
  return third === undefined && second.length === 2 && OF_REGISTRIES.has(first)
}

const OF_REGISTRIES: ReadonlySet<string> = new Set(
  'ac asso co com ed edu go gob gouv gov govt gv id info ltd me mil ne net nhs nom or org plc pol prd sch tm'.split(
    ' ',
  ),
)

/** @throws DeskError name_outside_organisation for the first name outside */
export function requireWithin(names: readonly string[], { nameSuffixes }: { nameSuffixes: readonly string[] }): void {
  const outside = names.find((name) => !nameSuffixes.some((suffix) => isWithin(normalName(name), suffix)))
  if (outside === undefined) return
  const allowed = nameSuffixes.length === 0 ? 'none' : nameSuffixes.slice(0, MOST_SAID).join(', ')
  refuse('name_outside_organisation', {
    name: outside.slice(0, 100),
    allowed: nameSuffixes.length > MOST_SAID ? `${allowed}, …` : allowed,
  })
}

const MOST_SAID = 10
