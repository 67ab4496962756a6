// The content of a signed file while it passes: hashed as often as signers need, and kept for those who signed it bare.

import { GrowingBytes } from '../../bytes/index.ts'
import type { DigestStream } from '../../crypto/index.ts'
import type { PkiError } from '../../errors/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { MessageDigestName } from './message-digest.ts'
import { messageDigestStream } from './message-digest.ts'

export class PassingContent {
  readonly #digests = new Map<MessageDigestName, DigestStream | PkiError>()
  readonly #values = new Map<MessageDigestName, Promise<Uint8Array>>()
  #kept: GrowingBytes | undefined
  #length = 0

  /**
   * What it will be asked for; `keep` when that may be the whole. A digest that the platform lacks fails the signers that
   * use it, and no others.
   */
  constructor(digests: Iterable<MessageDigestName>, keep: boolean) {
    if (keep) this.#kept = new GrowingBytes(WHAT, MOST_BARE)
    for (const name of digests) {
      if (this.#digests.has(name)) continue
      try {
        this.#digests.set(name, messageDigestStream(name))
      } catch (error) {
        if (!isPkiError(error)) throw error
        this.#digests.set(name, error)
      }
    }
  }

  get length(): number {
    return this.#length
  }

  update(bytes: Uint8Array): void {
    this.#length += bytes.length
    for (const stream of this.#digests.values()) if ('update' in stream) stream.update(bytes)
    if (this.#length > MOST_BARE) this.#kept = undefined
    else this.#kept?.append(bytes)
  }

  /** Asked after the last octet. @throws algorithm_unsupported; cms_malformed when nobody announced this digest */
  digest(name: MessageDigestName): Promise<Uint8Array> {
    const stream = this.#digests.get(name) ?? fail('cms_malformed', { what: 'digest algorithm not announced' })
    if (!('update' in stream)) throw stream
    let value = this.#values.get(name)
    if (!value) {
      value = stream.digest()
      this.#values.set(name, value)
    }
    return value
  }

  /**
   * All of it, for a signature without attributes: the algorithms take their message in one piece.
   * @throws input_too_large
   */
  whole(): Uint8Array {
    return this.#kept?.view() ?? fail('input_too_large', { what: WHAT, limit: MOST_BARE })
  }
}

const WHAT = 'content signed without attributes'
// Nobody signs large files without attributes: no program that streams can.
const MOST_BARE = 16 * 1024 * 1024
