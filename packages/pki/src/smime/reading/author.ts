// Who a mail is from. One address, plainly written, or nobody: everything else is read differently by different programs.

import { hasCode } from '../../errors/index.ts'
import { sameMailbox } from '../../x509/index.ts'
import type { Mailbox } from '../mime/addresses.ts'
import { readAddresses } from '../mime/addresses.ts'
import type { HeaderField } from '../mime/fields.ts'
import { allFields } from '../mime/fields.ts'
import type { MailWarning } from './mail.ts'

/** @returns the author, and what to be warned of */
export function authorOf(fields: readonly HeaderField[]): {
  readonly from: Mailbox | undefined
  readonly warnings: readonly MailWarning[]
} {
  const written = allFields(fields, 'From')
  const from = written.length === 1 ? onlyMailbox(written[0]!) : undefined
  if (!from) return { from, warnings: [{ kind: 'from-unclear', value: written.join(', ') }] }
  const warnings: MailWarning[] = []
  if (from.name !== undefined && misleads(from.name, from.address)) {
    warnings.push({ kind: 'from-misleading', name: from.name, address: from.address })
  }
  for (const sender of others('Sender')) warnings.push({ kind: 'sender-differs', sender })
  // An answer goes there, and not to whoever signed.
  for (const replyTo of others('Reply-To')) warnings.push({ kind: 'reply-differs', replyTo })
  for (const by of others('Resent-From')) warnings.push({ kind: 'resent', by })
  return { from, warnings }

  /** What fields of this name say, where it is not the author alone. */
  function others(name: string): string[] {
    return allFields(fields, name).filter((value) => {
      const other = onlyMailbox(value)
      return !other || !sameMailbox(other.address, from!.address)
    })
  }
}

function onlyMailbox(value: string): Mailbox | undefined {
  try {
    const { mailboxes, grouped } = readAddresses(value)
    return mailboxes.length === 1 && !grouped ? mailboxes[0] : undefined
  } catch (error) {
    if (hasCode(error, 'mime_malformed')) return undefined
    throw error
  }
}

/** A name with an address in it that is not the author's, also in letters that only look like those of one. */
function misleads(name: string, address: string): boolean {
  const plain = name.normalize('NFKC')
  // Nobody has a longer name, and looking for addresses in one takes time by its square.
  if (plain.length > LONGEST_NAME) return plain.includes('@')
  const shown = plain.match(/[^\s<>()",;:]+\s*@\s*[^\s<>()",;:]+/gu) ?? []
  return shown.some((one) => one.replace(/\s/g, '').toLowerCase() !== address.toLowerCase())
}

const LONGEST_NAME = 500
