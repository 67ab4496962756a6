// ML-DSA and ML-KEM private keys (RFC 9881 §6, RFC 9935 §6): the seed, the key expanded from it, or both.

import { contextPrimitive, DerReader, implicit, octetString, sequence, TAG } from '../../asn1/index.ts'
import { keyMalformed, readingKey } from './malformed.ts'

/** At least one of the two is there. */
export interface SeedPrivateKey {
  readonly seed?: Uint8Array
  readonly expanded?: Uint8Array
}

/** Which of the three forms to write. */
export type PrivateKeyForm = 'seed' | 'expanded' | 'both'

/** Lengths in bytes of one parameter set. */
export interface SeedKeyLengths {
  readonly seed: number
  readonly expanded: number
}

/** @throws key_malformed */
export function readSeedPrivateKey(der: Uint8Array, lengths: SeedKeyLengths): SeedPrivateKey {
  const key = readingKey('seed or expanded key', () => DerReader.whole(der, 'private key', readChoice))
  if (key.seed && key.seed.length !== lengths.seed) keyMalformed('seed length')
  if (key.expanded && key.expanded.length !== lengths.expanded) keyMalformed('expanded key length')
  return key
}

/** The form that the parts allow. */
export function writeSeedPrivateKey({ seed, expanded }: SeedPrivateKey): Uint8Array {
  if (seed && expanded) return sequence(octetString(seed), octetString(expanded))
  return seed ? implicit(0, seed) : octetString(expanded!)
}

function readChoice(reader: DerReader): SeedPrivateKey {
  switch (reader.tag) {
    case contextPrimitive(0):
      return { seed: reader.octetString(contextPrimitive(0)) }
    case TAG.octetString:
      return { expanded: reader.octetString() }
    default:
      return reader.sequence((both) => ({ seed: both.octetString(), expanded: both.octetString() }))
  }
}
