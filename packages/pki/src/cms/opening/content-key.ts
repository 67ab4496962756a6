// Getting at the key of the content. The recipient is found by what the message says of it, and that one alone is
// tried: whoever tries them all and tells which one fitted answers questions for an attacker (OpenSSL CVE-2026-42768).

import { equal } from '../../bytes/index.ts'
import { DerivationBudget, keyMatches } from '../../crypto/index.ts'
import { fail, hasCode } from '../../errors/index.ts'
import { isNamed } from '../certificate-identifier.ts'
import type { OpenOptions, RecipientFacts } from '../open-options.ts'
import type { FoundRecipient } from '../recipients/found.ts'

export interface OpenedKey {
  readonly contentKey: Uint8Array
  readonly recipient: RecipientFacts
}

/**
 * @param length of the key in octets, undefined where any will do
 * @throws not_a_recipient, decryption_failed, algorithm_unsupported, key_mismatch when a key is not its certificate's,
 *   input_too_large for more work than a passphrase is worth
 */
export async function openContentKey(
  recipients: readonly FoundRecipient[],
  options: OpenOptions,
  length: number | undefined,
): Promise<OpenedKey> {
  const opened =
    (await byPrivateKey(recipients, options, length)) ??
    (await bySecretKey(recipients, options)) ??
    (await byPassphrase(recipients, options)) ??
    fail('not_a_recipient', {})
  if (length !== undefined && opened.contentKey.length !== length) fail('decryption_failed', {})
  return opened
}

async function byPrivateKey(
  recipients: readonly FoundRecipient[],
  { keys = [] }: OpenOptions,
  length: number | undefined,
): Promise<OpenedKey | undefined> {
  for (const found of recipients) {
    if (found.by !== 'private-key') continue
    const own = keys.find(({ certificate }) => isNamed(certificate, found.named))
    if (!own) continue
    if (!keyMatches(own.key, own.certificate.publicKey.spki)) fail('key_mismatch', { what: 'recipient' })
    return { contentKey: await found.contentKey(own.key, length ?? ANY_LENGTH), recipient: found.facts }
  }
  return undefined
}

async function bySecretKey(
  recipients: readonly FoundRecipient[],
  { secretKeys = [] }: OpenOptions,
): Promise<OpenedKey | undefined> {
  for (const found of recipients) {
    if (found.by !== 'secret-key') continue
    const own = secretKeys.find(({ identifier }) => equal(identifier, found.identifier))
    if (own) return { contentKey: await found.contentKey(own.key), recipient: found.facts }
  }
  return undefined
}

/** A passphrase has no name, so each of them is tried, as far as the work of one message goes. */
async function byPassphrase(
  recipients: readonly FoundRecipient[],
  { passphrase, signal }: OpenOptions,
): Promise<OpenedKey | undefined> {
  const own = recipients.filter((found) => found.by === 'passphrase')
  if (passphrase === undefined || own.length === 0) return undefined
  const budget = new DerivationBudget()
  let reason: unknown
  for (const found of own) {
    try {
      return { contentKey: await found.contentKey(passphrase, budget, signal), recipient: found.facts }
    } catch (error) {
      if (hasCode(error, 'decryption_failed')) reason = error
      else if (hasCode(error, 'algorithm_unsupported')) reason ??= error
      else throw error
    }
  }
  throw reason
}

// Of the key of an HMAC that came by RSA v1.5: as long as SHA-256.
const ANY_LENGTH = 32
