// A content, three who receive, each by another kind of key, and Ana, who opens with the first.

import type { Holder } from '@scel/testkit/authority'
import type { DecryptionKey, Recipient, SealOptions } from '../src/cms/index.ts'
import { randomBytes } from '../src/crypto/index.ts'
import { keyOf, receiver, seal } from './sealing.ts'

export const CONTENT: Uint8Array = randomBytes(40_000)
export const rsa: Holder = await receiver('rsa-2048')
export const ec: Holder = await receiver('ec-p256')
export const kem: Holder = await receiver('ml-kem-768')
export const ana: { readonly keys: readonly DecryptionKey[] } = { keys: [keyOf(rsa)] }

export const sealedFor = (recipient: Recipient, options: Partial<SealOptions> = {}): Promise<Uint8Array> =>
  seal(CONTENT, { recipients: [recipient], ...options })
