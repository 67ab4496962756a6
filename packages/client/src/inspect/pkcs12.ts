import type { Pkcs12Protection } from '@scel/pki/pkcs12'
import type { Voice } from '../ui/voice.ts'
import type { Pair } from './common.ts'

export type { Pkcs12Protection } from '@scel/pki/pkcs12'

/** The names of what protects a file. */
export const protectionText = ({ mac, encryption }: Pkcs12Protection): string =>
  [...encryption, ...(mac === undefined ? [] : [mac])].join(', ') || '—'

export function protectionPairs({ mac, encryption, weak }: Pkcs12Protection, voice: Voice): Pair[] {
  const how = encryption.join(', ') || voice.text('pkcs12_plain')
  return [
    [voice.text('label_encryption'), weak ? voice.text('pkcs12_weak_protection', { how }) : how],
    [voice.text('label_integrity'), mac ?? voice.text('pkcs12_no_mac')],
  ]
}
