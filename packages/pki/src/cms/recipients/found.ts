import type { DerivationBudget, Key } from '../../crypto/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import { serialHex } from '../../x509/index.ts'
import type { CertificateIdentifier } from '../certificate-identifier.ts'
import type { RecipientFacts } from '../open-options.ts'

/** One recipient of a message, by what it takes to get at the key of the content. */
export type FoundRecipient = { readonly facts: RecipientFacts } & (
  | {
      readonly by: 'private-key'
      readonly named: CertificateIdentifier
      /** `length` is that of the content's key, in octets: what is found has this length, or is of no use. */
      contentKey(key: Key, length: number): Promise<Uint8Array>
    }
  | {
      readonly by: 'passphrase'
      contentKey(passphrase: string, budget: DerivationBudget, signal?: AbortSignal): Promise<Uint8Array>
    }
  | {
      readonly by: 'secret-key'
      readonly identifier: Uint8Array
      contentKey(key: Uint8Array): Promise<Uint8Array>
    }
  /** Of a kind that is not known here. */
  | { readonly by: 'nothing' }
)

/** How the message names a recipient, for those who are told of it. */
export const identifierFacts = (by: CertificateIdentifier): Partial<RecipientFacts> =>
  'serial' in by ? { issuer: by.issuer, serialHex: serialHex(by.serial) } : { keyIdentifier: by.keyIdentifier }

/**
 * What goes wrong with a key has one error, whatever it was: a point off its curve, a wrap that does not hold, a key of
 * another kind. Only what is not supported says so, since the algorithm stands in the open.
 */
export async function alike<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isPkiError(error) && !HIDDEN.has(error.code)) throw error
    return fail('decryption_failed', {}, error)
  }
}

const HIDDEN: ReadonlySet<string> = new Set(['decryption_failed', 'key_malformed', 'key_mismatch', 'der_malformed'])
