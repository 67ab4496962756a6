import { formatBytes } from '../ui/bytes.ts'
import type { Voice } from '../ui/voice.ts'
import type { Pair } from './common.ts'
import { contentText } from './content-words.ts'
import { certificateText } from './sealed-words.ts'
import type { SignatureLine, SignedFileFacts } from './signed.ts'

export function signedPairs({ contentType, detached, length = 0, signatures }: SignedFileFacts, voice: Voice): Pair[] {
  const size = formatBytes(length, voice.language)
  const where = detached ? voice.text('content_elsewhere') : voice.text('content_inside', { size })
  const what = contentText(contentType, voice)
  return [
    [voice.text('label_content'), what === undefined ? where : `${where}, ${what}`],
    ...(signatures.length === 0 ? [[voice.text('label_signed_by'), voice.text('signed_by_nobody')] as const] : []),
    ...signatures.flatMap((one) => signaturePairs(one, voice)),
  ]
}

function signaturePairs(signature: SignatureLine, voice: Voice): Pair[] {
  const { signer, digest, algorithm, signingTime, timeStamps } = signature
  const missing = (): string => voice.text('signed_by_missing', { who: certificateText(signature, voice) })
  return [
    [voice.text('label_signed_by'), signer ?? missing()],
    [voice.text('label_algorithm'), algorithm],
    [voice.text('label_digest'), digest],
    ...(signingTime
      ? [[voice.text('label_signing_time'), voice.text('signature_time', { at: voice.instant(signingTime) })] as const]
      : []),
    [voice.text('label_time_stamp'), voice.text('signed_stamps', { count: timeStamps })],
  ]
}
