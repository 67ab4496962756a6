import { refuse } from '@scel/contract/errors'
import { normalName, wildcardOver } from './normal-name.ts'

/** The names by which the desk itself is reached, as they are at this moment. */
export type DeskNames = () => readonly string[]

/** @param publicAddress as it stands in certificates; @param more names besides its host, such as those of the listener */
export function deskNamesOf(publicAddress: string, more: DeskNames = () => []): DeskNames {
  const host = normalName(new URL(publicAddress).hostname)
  return () => [host, ...more().map(normalName)]
}

/** The first of the names that is the desk’s, or a wildcard that covers one of its. */
export function nameOfDesk(names: readonly string[], desk: DeskNames): string | undefined {
  const own = new Set(desk().flatMap((name) => [name, wildcardOver(name) ?? name]))
  return names.find((name) => own.has(normalName(name)))
}

/**
 * Nobody else is certified for a name of the desk, nor for a wildcard that covers one: whoever trusts the desk’s root
 * would take them for the desk.
 * @throws DeskError name_not_allowed
 */
export function requireNotOfDesk(names: readonly string[], desk: DeskNames): void {
  const taken = nameOfDesk(names, desk)
  if (taken !== undefined) refuseNameOfDesk(taken)
}

/** @throws DeskError name_not_allowed */
export const refuseNameOfDesk = (name: string): never =>
  refuse('name_not_allowed', { name: name.slice(0, 100), rule: 'desk' })
