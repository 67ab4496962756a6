import { refuse } from '@scel/contract/errors'
import { normalName, wildcardOver } from './normal-name.ts'

/** The names by which the desk itself is reached, as they are at this moment. */
export type DeskNames = () => readonly string[]

/** @param publicAddress as it stands in certificates; @param more names besides its host, such as those of the listener */
export function deskNamesOf(publicAddress: string, more: DeskNames = () => []): DeskNames {
  const host = normalName(new URL(publicAddress).hostname)
  return () => [host, ...more().map(normalName)]
}

/**
 * Nobody else is certified for a name of the desk, nor for a wildcard that covers one: whoever trusts the desk’s root
 * would take them for the desk.
 * @throws DeskError name_not_allowed
 */
export function requireNotOfDesk(names: readonly string[], desk: DeskNames): void {
  const own = new Set(desk().flatMap((name) => [name, wildcardOver(name) ?? name]))
  const taken = names.find((name) => own.has(normalName(name)))
  if (taken !== undefined) refuse('name_not_allowed', { name: taken.slice(0, 100), rule: 'desk' })
}
