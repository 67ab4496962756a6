// Whom something is sealed for: certificates in files, and those of e-mail addresses and names.

import { checkRecipient, receiversAmong } from '@scel/files/recipients'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import type { Directory } from '../../enrol/directory.ts'
import type { DirectoryDoor } from '../../enrol/doors.ts'
import type { DeskRecord } from '../../state/desk-record.ts'
import { stop } from '../../ui/cli-error.ts'
import { chosenDesks, DESK_OPTION } from '../input/chosen-desks.ts'
import { isFileWord } from '../input/file-or-name.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { dersOf, readMaterial } from '../input/material.ts'
import { type Online, openOnline } from '../input/online.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { recipientByName, type Search } from './recipient-by-name.ts'

export interface Recipient {
  readonly certificate: Certificate
  /** Where it was read, when it was not looked for by a name. */
  readonly file?: string
  /** The desk by whose word it is of the one who was named. */
  readonly desk?: string
}

/**
 * The certificates that `--to` means, each once: a file, else an e-mail address or a whole name that the stores of this
 * machine or the directories of its desks know.
 * @throws recipient_needed, desk_for_names, certificate_missing, and what `recipientByName`, `checkRecipient`, reading and `chosenDesks` throw
 */
export async function recipientsOf(session: Shell & State & Keys & DirectoryDoor, given: Given): Promise<Recipient[]> {
  const wanted = given.list('to')
  if (wanted.length === 0) stop('recipient_needed')
  let opened: Promise<Online> | undefined
  const directories = new Map<DeskRecord, Promise<Directory>>()
  const search: Search = {
    session,
    environment: given.environment() ?? 'production',
    given,
    online: () => {
      opened ??= openOnline(session) // one for all names: many are on the same list
      return opened
    },
    directoryOf: (record) => {
      const directory = directories.get(record) ?? session.directory(record)
      directories.set(record, directory)
      return directory
    },
    mode: given.text('revocation') === 'if-known' ? 'if-known' : 'required',
  }
  const words: { readonly word: string; readonly isFile: boolean }[] = []
  for (const word of wanted) words.push({ word, isFile: await isFileWord(session, word) })
  if (given.text(DESK_OPTION.name) !== undefined) {
    await chosenDesks(session.desks, given, search.environment) // a mistyped one is told, whoever is meant
    if (words.every(({ isFile }) => isFile)) stop('desk_for_names', { file: wanted[0] ?? '' })
  }
  const found = new Map<string, Recipient>()
  for (const { word, isFile } of words) {
    session.checkpoint()
    const all = isFile ? await fromFile(session, given, word) : await fromDesk(search, word)
    for (const one of all) found.set(Buffer.from(one.certificate.der).toString('latin1'), one)
  }
  return [...found.values()]
}

/** Those of whom was named. @throws what `recipientByName` throws */
async function fromDesk(search: Search, name: string): Promise<Recipient[]> {
  const { certificates, desk } = await recipientByName(search, name)
  return certificates.map((certificate) => ({ certificate, desk }))
}

/** Those of a file that are meant. @throws certificate_missing, what `checkRecipient`, reading and opening throw */
async function fromFile(shell: Shell, given: Given, file: string): Promise<Recipient[]> {
  const { items } = await readMaterial(shell, given, file)
  const meant = receiversAmong(dersOf(items, 'certificate').map(parseCertificate))
  if (meant.length === 0) stop('certificate_missing', { file })
  for (const certificate of meant) await checkRecipient(certificate, { at: shell.outside.now() })
  return meant.map((certificate) => ({ certificate, file }))
}
