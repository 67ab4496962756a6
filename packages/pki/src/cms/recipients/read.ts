// RecipientInfos (RFC 5652 §6.2).

import type { BerStream } from '../../asn1/ber-stream.ts'
import { contextConstructed, TAG } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { FoundRecipient } from './found.ts'
import { readKeyAgreement } from './key-agreement.ts'
import { readOther } from './key-encapsulation.ts'
import { readKeyTransport } from './key-transport.ts'
import { readPassphrase } from './passphrase.ts'
import { readSecretKey } from './secret-key.ts'

/** All recipients, in the order of the message. Their secrets are not touched. @throws input_too_large */
export async function readRecipients(stream: BerStream): Promise<FoundRecipient[]> {
  const found: FoundRecipient[] = []
  let left = MOST_OCTETS
  await stream.enter(TAG.set)
  for (let tag = await stream.peek(); tag !== undefined; tag = await stream.peek()) {
    const der = await stream.element(left)
    left -= der.length
    const read = READERS[tag] ?? fail('cms_malformed', { what: 'RecipientInfo' })
    for (const one of read(der)) found.push(one)
    if (found.length > MOST) fail('input_too_large', { what: 'recipients', limit: MOST })
  }
  await stream.leave()
  return found.length > 0 ? found : fail('cms_malformed', { what: 'RecipientInfos' })
}

const READERS: Readonly<Record<number, (der: Uint8Array) => readonly FoundRecipient[]>> = {
  [TAG.sequence]: (der) => [readKeyTransport(der)],
  [contextConstructed(1)]: readKeyAgreement,
  [contextConstructed(2)]: (der) => [readSecretKey(der)],
  [contextConstructed(3)]: (der) => [readPassphrase(der)],
  [contextConstructed(4)]: (der) => [readOther(der)],
}

// Ten times what one message is sent to; a post-quantum recipient takes two kilobytes.
const MOST = 10_000
const MOST_OCTETS = 32 * 1024 * 1024
