import type { PublicKeyFacts } from '@scel/files/certificates'
import type { Voice } from '../ui/voice.ts'
import type { Pair } from './common.ts'
import type { KeyFacts } from './key.ts'

export function keyHeading({
  kind,
  form,
}: KeyFacts): 'object_public_key' | 'object_encrypted_key' | 'object_private_key' {
  if (kind === 'public key') return 'object_public_key'
  return form === 'PKCS #8, encrypted' ? 'object_encrypted_key' : 'object_private_key'
}

export const keyPairs = ({ form, key }: KeyFacts, voice: Voice): Pair[] => [
  [voice.text('label_form'), form],
  ...(key
    ? ([
        [voice.text('label_key'), keyText(key, voice)],
        [voice.text('label_key_fingerprint'), key.fingerprint],
      ] as const)
    : []),
]

/** `RSA 3072`, `P-256`, `ML-DSA-65`, with a word when it is too short for today. */
export function keyText({ name, weak }: PublicKeyFacts, voice: Voice): string {
  return weak ? `${name} (${voice.text('inspect_weak')})` : name
}
