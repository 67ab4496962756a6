import type { Signers } from '../core/issuance/signer.port.ts'
import type { LentKey } from './lent-signers.ts'

/** All of the desk's keys, wherever each is kept. */
export interface Custody extends Signers {
  /**
   * What a thread of this process is to sign with, and with no other: the key itself, whose bytes are erased by whoever takes it, or
   * leave to ask this thread, where the key stays in a token.
   * @throws DeskError authority_unavailable when there is no such key or it does not open
   */
  lend(keyId: string): Promise<LentKey>
  /** Names of all keys, in no order. */
  list(): Promise<string[]>
  /**
   * Has the roots' keys at hand, until `closeRoots`. Where they are in files, they lie under this passphrase from the first time
   * on, and no longer under the key that opens all: those that are there are moved. Where they are in a token it is the PIN.
   *
   * @returns how many were moved @throws DeskError root_passphrase_wrong, token_unavailable
   */
  openRoots(secret: Uint8Array): Promise<number>
  /** Drops what opens them from memory. */
  closeRoots(): void
}
