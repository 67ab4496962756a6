import { type SignOptions, signContent, signDetached } from '@scel/pki/cms'
import type { ResultFile, SignAsked } from '../protocol.ts'
import { signerBy } from './keyring.ts'
import { openPlace } from './place.ts'
import { into } from './sealing.ts'
import { contentOf, type OnProgress } from './source.ts'
import { askTimeStamp } from './time-stamp.ts'

/** Signs with a key that is unlocked: the signature alone, or the content with it; time-stamped if that is asked. */
export async function sign(
  { items, detached, signer, stamp: asked, target }: SignAsked,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ResultFile> {
  const { certificate, key, chain } = signerBy(signer)
  const content = contentOf(items, onProgress, signal)
  const options: SignOptions = {
    ...{ signers: [{ certificate, key }], certificates: chain, at: new Date(), signal },
    ...(asked ? { stamp: ({ digest, value }) => askTimeStamp(asked, { digest, hash: value }, signal) } : {}),
  }
  return into(await openPlace(target), async (place) => {
    if (detached) return place.write(await signDetached(content, options))
    for await (const bytes of signContent(content, options)) await place.write(bytes)
  })
}
