// Where the file store puts things:
//
//   <store>/<desk>/<common name>/<key id>/key.pem          PKCS #8, made at enrolment
//                                         certificate.pem  the certificate alone
//                                         chain.pem        intermediates, issuer first
//                                         fullchain.pem    certificate and intermediates, what servers are given
//                                         root.pem         the root, what peers are checked against
//                                         identity.p12     all of it for other programs
//                                         identity.passphrase  only when it was generated
//   <store>/<desk>/<common name>/current                   link to the key id in use; programs are pointed here
//   <store>/imported/<key id>/                             a key that came from elsewhere: the same files, without a .p12; programs
//                                                          are pointed at the folder itself
//
// A renewal has a new key and so a folder of its own: the link moves in one step, and a half pair never shows.

import { readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, sweepOnce, syncFolder, writeFailure, writePrivate } from '../state/files.ts'
import { partName } from '../state/part-name.ts'
import type { DeskHolder, Holder } from './key-store.ts'

export const FILES = {
  key: 'key.pem',
  certificate: 'certificate.pem',
  chain: 'chain.pem',
  fullchain: 'fullchain.pem',
  root: 'root.pem',
  p12: 'identity.p12',
  passphrase: 'identity.passphrase',
} as const

export const KEY_ID: RegExp = /^[0-9a-f]{16}$/

/** In the place of a desk's name: no desk is called so. */
export const IMPORTED = 'imported'

/** Whether a desk’s keys may lie in a folder of this name. */
export const isDeskFolder = (name: string): boolean => FOLDER.test(name) && name !== IMPORTED

export function holderFolder(root: string, { desk, name }: DeskHolder): string {
  // Both names come from the desk; neither may walk out of the store.
  if (!isDeskFolder(desk) || !FOLDER.test(name)) throw new RangeError('not the name of a holder')
  return join(root, desk, name)
}

/** @param holder undefined for a key that came from elsewhere */
export function keyFolder(root: string, holder: DeskHolder | undefined, key: string): string {
  if (!KEY_ID.test(key)) throw new RangeError('not a key id')
  return join(holder ? holderFolder(root, holder) : join(root, IMPORTED), key)
}

/** Whose folder a key lies in: nobody's at a desk where it came from elsewhere. */
export const atDesk = ({ desk, name }: Holder): DeskHolder | undefined =>
  desk === undefined ? undefined : { desk, name }

/** Key id that `current` points at. Windows lets only administrators make links, so there it is a text file. */
export async function readCurrent(folder: string, platform: NodeJS.Platform): Promise<string | undefined> {
  const path = join(folder, pointer(platform))
  const target = await (platform === 'win32' ? readFile(path, 'utf8') : readlink(path)).catch(() => '')
  return KEY_ID.test(target.trim()) ? target.trim() : undefined
}

export async function writeCurrent(folder: string, key: string, platform: NodeJS.Platform): Promise<void> {
  const path = join(folder, pointer(platform))
  if (platform === 'win32') return writePrivate(path, `${key}\n`)
  const temporary = join(folder, partName('current'))
  try {
    await symlink(key, temporary)
    await rename(temporary, path)
    await syncFolder(folder)
    await sweepOnce(folder)
  } catch (error) {
    await rm(temporary, { force: true })
    throw codeOf(error) ? writeFailure(error, path) : error
  }
}

const pointer = (platform: NodeJS.Platform): string => (platform === 'win32' ? 'current.txt' : 'current')
const FOLDER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
