import { TST_INFO } from '@scel/pki/tsp'
import type { Voice } from '../ui/voice.ts'

/** What a CMS file has inside, in words, or its OID; undefined for plain files, of which there is nothing to say. */
export function contentText(oid: string, voice: Voice): string | undefined {
  if (oid === DATA) return undefined
  const key = WORDS[oid]
  return key === undefined ? oid : voice.text(key)
}

const DATA = '1.2.840.113549.1.7.1'
type ContentKey = 'content_signed' | 'content_sealed' | 'content_compressed' | 'content_time_stamp'

const WORDS: Readonly<Record<string, ContentKey>> = {
  '1.2.840.113549.1.7.2': 'content_signed',
  '1.2.840.113549.1.7.3': 'content_sealed',
  '1.2.840.113549.1.9.16.1.23': 'content_sealed',
  '1.2.840.113549.1.9.16.1.9': 'content_compressed',
  [TST_INFO]: 'content_time_stamp',
}
