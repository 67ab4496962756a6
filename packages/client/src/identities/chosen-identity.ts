import type { RequestSummary } from '@scel/contract/values'
import { isElsewhere, type NamedRecord } from '../state/desk-record.ts'
import { type Desks, deskOfRequest, knownDesks } from '../state/open-desks.ts'
import { stop } from '../ui/cli-error.ts'
import type { Identities, StoredIdentity } from './identities.ts'

/** What this person has met and has. */
export interface Own {
  readonly desks: Desks
  readonly identities: Identities
}

/** A certificate with its key, and the desk that it is from where that is known here. */
export interface OwnIdentity extends StoredIdentity {
  readonly desk?: NamedRecord
}

export interface ChosenIdentity extends OwnIdentity {
  readonly desk: NamedRecord
}

/**
 * The installed certificate that a command is about: that of the request named, or the only one there is.
 * @throws no_desk, request_unknown, no_certificate, certificate_pending, certificate_several, key_elsewhere, file_unreadable
 */
export async function chosenIdentity(
  { desks: known, identities }: Own,
  environment: string | undefined,
  number: number | undefined,
): Promise<ChosenIdentity> {
  const all = await knownDesks(known, environment)
  const desks = number === undefined ? all : [deskOfRequest(all, number)]
  const certified = await identities.certified()
  const found: ChosenIdentity[] = []
  for (const desk of desks) {
    const key = number === undefined ? undefined : desk.record.keys[number]
    for (const { store, identity } of certified) {
      if (identity.holder.desk !== desk.name) continue
      const meant = number === undefined ? identity.current : identity.key === key
      if (meant) found.push({ desk, store, identity })
    }
  }
  const [only] = found
  if (only && found.length === 1) return only
  const requests = desks.flatMap(({ record }) => record.requests)
  if (found.length > 1) {
    const numbers = found.flatMap(({ desk, identity }) => numberOf(desk, identity.key) ?? []).join(', ')
    return stop('certificate_several', { count: found.length, numbers })
  }
  const meant = requests.filter((request) => number === undefined || request.number === number)
  if (number !== undefined && meant.length === 0) stop('request_unknown', { number })
  const [elsewhere] = desks.flatMap(({ record }) => meant.filter((one) => isElsewhere(record, one.number)))
  if (elsewhere && meant.length === 1) stop('key_elsewhere', { number: elsewhere.number })
  if (meant.some(isUnderway)) stop('certificate_pending')
  return meant.some(({ state }) => state === 'installed') ? stop('key_gone') : stop('no_certificate')
}

/** Number of the request that a key belongs to. */
export function numberOf({ record }: NamedRecord, key: string): number | undefined {
  const [number] = Object.entries(record.keys).find(([, value]) => value === key) ?? []
  return number === undefined ? undefined : Number(number)
}

const isUnderway = ({ state }: RequestSummary): boolean => state === 'pending' || state === 'approved'
