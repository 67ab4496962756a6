// Whom a command trusts when no file says so: the roots of the desks at which this user has enrolled.

import type { Environment } from '@scel/contract/values'
import { rootsOf, type TrustedRoot } from '@scel/files/trust'
import { certificateOf } from '../../enrol/verify-issued.ts'
import type { DeskRecord } from '../../state/desk-record.ts'
import { deskLabel } from '../../state/desks.ts'
import type { Desks } from '../../state/open-desks.ts'
import { chosenDesks } from './chosen-desks.ts'
import { certificatesOf } from './evidence.ts'
import type { Given } from './given.ts'
import type { Shell } from './shell.ts'

/** A root that is trusted, and whose it is; nobody's where a file gave it. */
export type DeskRoot = TrustedRoot<DeskRecord>

/** The roots in the files of an option. @throws what reading and opening throw */
export async function givenRoots(shell: Shell, given: Given, option: string): Promise<readonly DeskRoot[]> {
  const certificates = await certificatesOf(shell, given, given.list(option))
  return rootsOf(certificates.map((anchor) => ({ anchor })))
}

/** Each root once, of the desks that are meant. @throws what `chosenDesks` throws, pem_malformed, certificate_malformed */
export async function deskRoots(desks: Desks, given: Given, environment?: Environment): Promise<readonly DeskRoot[]> {
  return rootsOfDesks((await chosenDesks(desks, given, environment)).map(({ record }) => record))
}

/** @throws pem_malformed, certificate_malformed */
export const rootsOfDesks = (records: readonly DeskRecord[]): readonly DeskRoot[] =>
  rootsOf(records.map((desk) => ({ anchor: certificateOf(desk.roots.environment), desk })))

/** Names desks, to choose one: nothing else tells two roots of one name apart. */
export const namesOf = (desks: readonly DeskRecord[]): string => [...new Set(desks.map(deskLabel))].sort().join(' · ')
