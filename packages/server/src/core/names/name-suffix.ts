import { refuse } from '@scel/contract/errors'
import { isHostName, nameOutside } from '@scel/files/request'
import type { DeskNames } from './desk-names.ts'
import { normalName } from './normal-name.ts'

// The names that an organisation may have certified for its servers: those that the administrator gave it, and all below
// them. `example.org` allows example.org, www.example.org and a.b.example.org, and never badexample.org.

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
  const outside = nameOutside(names.map(normalName), nameSuffixes)
  if (outside) refuse('name_outside_organisation', outside)
}
