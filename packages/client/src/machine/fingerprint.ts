import { utf8 } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'
import { stop } from '../ui/cli-error.ts'
import type { MachineIdentity, NetworkCard } from './machine.ts'

/**
 * The common name of a workstation (E2): `ws-` and 26 characters of base32, the first 130 bits of SHA-256 over the
 * sorted set of what identifies the machine. The same facts in any order give the same name.
 * @throws machine_unrecognisable when there is neither a system identifier nor a built-in card
 */
export async function machineName(identity: MachineIdentity): Promise<string> {
  const cards = builtInAddresses(identity.cards)
  if (!identity.system && cards.length === 0) stop('machine_unrecognisable')
  const facts = [
    ...(identity.system ? [`system=${identity.system.trim().toLowerCase()}`] : []),
    ...(identity.processor ? [`processor=${identity.processor.trim()}`] : []),
    ...cards.map((address) => `card=${address}`),
  ].sort()
  return `ws-${base32(await digest('SHA-256', utf8(['scel-machine-v1', ...facts].join('\n')))).slice(0, 26)}`
}

/** Permanent addresses of the cards that are part of the machine, sorted, each once. */
export function builtInAddresses(cards: readonly NetworkCard[]): string[] {
  const addresses = cards.filter((card) => card.builtIn).map((card) => card.permanentAddress.toLowerCase())
  return [...new Set(addresses.filter((address) => ADDRESS.test(address) && address !== NO_ADDRESS))].sort()
}

/** RFC 4648 §6 in lower case, without padding. */
function base32(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(value >> bits) & 31]
    }
  }
  return text
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const ADDRESS = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/
const NO_ADDRESS = '00:00:00:00:00:00'
