import type { RequestSummary } from '@scel/contract/values'
import { deskOfRequest, knownDesks } from '../commands/input/chosen-desks.ts'
import type { Session } from '../commands/input/session.ts'
import type { Identity, KeyStore } from '../keystores/index.ts'
import type { NamedRecord } from '../state/desk-record.ts'
import { isCliError, stop } from '../ui/cli-error.ts'

/** A key with its certificate in a store of this machine. */
export interface StoredIdentity {
  readonly store: KeyStore
  readonly identity: Identity & { readonly certificate: Uint8Array }
}

export interface ChosenIdentity extends StoredIdentity {
  readonly desk: NamedRecord
}

/**
 * The installed certificate that a command is about: that of the request named, or the only one there is.
 * @throws no_desk, request_unknown, no_certificate, certificate_pending, certificate_several, file_unreadable
 */
export async function chosenIdentity(
  session: Session,
  environment: string | undefined,
  number: number | undefined,
): Promise<ChosenIdentity> {
  const known = await knownDesks(session.desks, environment)
  const desks = number === undefined ? known : [deskOfRequest(known, number)]
  const found: ChosenIdentity[] = []
  for (const desk of desks) {
    const key = number === undefined ? undefined : desk.record.keys[number]
    for (const { store, identity } of await identitiesOf(session, desk)) {
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
  if (meant.some(isUnderway)) stop('certificate_pending')
  return meant.some(({ state }) => state === 'installed') ? stop('key_gone') : stop('no_certificate')
}

async function identitiesOf(session: Session, { name }: NamedRecord): Promise<StoredIdentity[]> {
  return (await storedIdentities(session)).filter(({ identity }) => identity.holder.desk === name)
}

/** Everything in the stores of this machine, keys that have no certificate too. What is damaged is told, once, and left out: it is the matter of whoever needs it. */
export async function everyIdentity(session: Session): Promise<{ store: KeyStore; identity: Identity }[]> {
  const all: { store: KeyStore; identity: Identity }[] = []
  const told = TOLD.get(session) ?? new Set()
  TOLD.set(session, told)
  const complain = (error: unknown, folder: string): void => {
    if (!told.has(folder)) session.voice.complaint(error, `${folder}: `)
    told.add(folder)
  }
  for (const scope of ['user', 'machine'] as const) {
    for (const store of await session.stores(scope)) {
      const identities = await store.list(complain).catch((error: unknown) => {
        // The machine store is its administrators' alone; a user's own certificates are still to be found.
        if (scope === 'machine' && isCliError(error) && error.code === 'file_unreadable') return []
        throw error
      })
      all.push(...identities.map((identity) => ({ store, identity })))
    }
  }
  return all
}

/** Folders that a command has told of. */
const TOLD = new WeakMap<object, Set<string>>()

/** Everything with a certificate in the stores of this machine, of every desk; also what is not in use any more. */
export async function storedIdentities(session: Session): Promise<StoredIdentity[]> {
  return (await everyIdentity(session)).flatMap(({ store, identity }) => {
    const { certificate } = identity
    return certificate ? [{ store, identity: { ...identity, certificate } }] : []
  })
}

/** Number of the request that a key belongs to. */
export function numberOf({ record }: NamedRecord, key: string): number | undefined {
  const [number] = Object.entries(record.keys).find(([, value]) => value === key) ?? []
  return number === undefined ? undefined : Number(number)
}

const isUnderway = ({ state }: RequestSummary): boolean => state === 'pending' || state === 'approved'
