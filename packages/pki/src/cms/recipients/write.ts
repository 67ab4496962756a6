import { fail } from '../../errors/index.ts'
import type { Recipient } from '../seal-options.ts'
import { writeKeyAgreement } from './key-agreement.ts'
import { writeKeyEncapsulation } from './key-encapsulation.ts'
import { writeKeyTransport } from './key-transport.ts'
import { writePassphrase } from './passphrase.ts'
import { writeSecretKey } from './secret-key.ts'
import { receives } from './usable.ts'

/** RecipientInfo, DER, of each; they were checked before. */
export async function writeRecipients(
  recipients: readonly Recipient[],
  contentKey: Uint8Array,
): Promise<readonly Uint8Array[]> {
  const written: Uint8Array[] = []
  // Some at a time: each holds a thread of the platform.
  for (let at = 0; at < recipients.length; at += TOGETHER) {
    const some = await Promise.all(recipients.slice(at, at + TOGETHER).map((one) => write(one, contentKey)))
    for (const one of some) written.push(one)
  }
  return written
}

async function write(recipient: Recipient, contentKey: Uint8Array): Promise<Uint8Array> {
  if (recipient.kind === 'passphrase') return writePassphrase(recipient, contentKey)
  if (recipient.kind === 'secret-key') return writeSecretKey(recipient, contentKey)
  switch (receives(recipient.certificate)) {
    case 'transport':
      return writeKeyTransport(recipient, contentKey)
    case 'agreement':
      return writeKeyAgreement(recipient, contentKey)
    case 'encapsulation':
      return writeKeyEncapsulation(recipient, contentKey)
    default:
      return fail('key_mismatch', { what: 'recipient' })
  }
}

const TOGETHER = 16
