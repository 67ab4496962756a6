// The expanded key of a seed, for ML-DSA and ML-KEM alike.

import { equal } from '../../../bytes/index.ts'
import { keyMalformed } from '../malformed.ts'
import type { PrivateKeyContent } from '../private-key-content.ts'
import type { PrivateKeyForm } from '../seed-private-key.ts'
import { expandMlDsa } from './ml-dsa.ts'
import type { ExpandedKey } from './ml-kem.ts'
import { expandMlKem } from './ml-kem.ts'

type SeedContent = Extract<PrivateKeyContent, { form: 'seed' }>

const expandSeed = ({ row }: Pick<SeedContent, 'row'>, seed: Uint8Array): ExpandedKey =>
  row.kind === 'ml-dsa' ? expandMlDsa(seed, row.bits as 44 | 65 | 87) : expandMlKem(seed, row.bits as 512 | 768 | 1024)

/** Of "both", whether they are one key: RFC 9881 §6 and RFC 9935 §6 want the pair refused otherwise. @throws key_malformed */
export function checkSeed(content: SeedContent): void {
  const { seed, expanded } = content.key
  if (seed && expanded && !equal(expandSeed(content, seed).privateKey, expanded)) keyMalformed('seed and expanded key')
}

/** The same key in another form. @throws key_malformed when the seed is asked for of a key that came without it */
export function inForm(content: SeedContent, form: PrivateKeyForm): SeedContent {
  const { seed, expanded } = content.key
  if (form === 'expanded') {
    return { ...content, key: { expanded: expanded ?? expandSeed(content, seed!).privateKey } }
  }
  if (!seed) return keyMalformed('seed')
  if (form === 'seed') return { ...content, key: { seed } }
  return { ...content, key: { seed, expanded: expanded ?? expandSeed(content, seed).privateKey } }
}
