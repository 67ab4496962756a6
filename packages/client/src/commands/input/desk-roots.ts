// Whom a command trusts when no file says so: the roots of the desks at which this user has enrolled.

import type { Environment } from '@scel/contract/values'
import { nameOf } from '@scel/files/certificates'
import { toHex } from '@scel/pki/bytes'
import { type Certificate, fingerprint } from '@scel/pki/x509'
import { certificateOf } from '../../enrol/verify-issued.ts'
import type { Trust, VouchedBy } from '../../signing/index.ts'
import type { DeskRecord, NamedRecord } from '../../state/desk-record.ts'
import { deskLabel, hostOf } from '../../state/desks.ts'
import type { Desks } from '../../state/open-desks.ts'
import { chosenDesks } from './chosen-desks.ts'
import { certificatesOf } from './evidence.ts'
import type { Given } from './given.ts'
import type { Session } from './session.ts'

/** A root that is trusted, and whose it is; nobody's where a file gave it. */
export interface TrustedRoot {
  readonly anchor: Certificate
  readonly desks: readonly DeskRecord[]
}

/** The roots in the files of an option. @throws what reading and opening throw */
export async function givenRoots(session: Session, given: Given, option: string): Promise<TrustedRoot[]> {
  const certificates = await certificatesOf(session, given, given.list(option))
  return certificates.map((anchor) => ({ anchor, desks: [] }))
}

/** Each root once, of the desks that are meant. @throws what `chosenDesks` throws, pem_malformed, certificate_malformed */
export async function deskRoots(desks: Desks, given: Given, environment?: Environment): Promise<TrustedRoot[]> {
  return rootsOf((await chosenDesks(desks, given, environment)).map(({ record }) => record))
}

/** @throws pem_malformed, certificate_malformed */
export function rootsOf(records: readonly DeskRecord[]): TrustedRoot[] {
  const found = new Map<string, { anchor: Certificate; desks: DeskRecord[] }>()
  for (const record of records) {
    const anchor = certificateOf(record.roots.environment)
    const key = toHex(anchor.der)
    const present = found.get(key)
    if (present) present.desks.push(record)
    else found.set(key, { anchor, desks: [record] })
  }
  return [...found.values()]
}

/** Names the desks whose roots they are, to choose one: nothing else tells two roots of one name apart. */
export const desksIn = (roots: readonly TrustedRoot[], unbelieved: readonly NamedRecord[] = []): string => {
  const records = [...roots.flatMap(({ desks }) => desks), ...unbelieved.map(({ record }) => record)]
  return [...new Set(records.map(deskLabel))].sort().join(' · ')
}

/** Anchors that know whose they are. */
export async function trustIn(roots: readonly TrustedRoot[]): Promise<Trust> {
  const vouching = new Map<string, VouchedBy[]>()
  for (const { anchor, desks } of roots) {
    const print = await fingerprint(anchor.der)
    const root = { subject: nameOf(anchor), fingerprint: print }
    const by = desks.map(({ desk, environment }) => ({ desk: desk.name, host: hostOf(desk), environment, root }))
    vouching.set(print, by)
  }
  return { anchors: roots.map(({ anchor }) => anchor), vouchedBy: (root) => vouching.get(root) ?? [] }
}
