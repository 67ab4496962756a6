import { refuse } from '@scel/contract/errors'
import { readPrivateFile } from './private-file.ts'

/**
 * The secret that whoever is told checks signatures by, from its file: `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks write it.
 * @throws DeskError webhook_secret_malformed; those of `readPrivateFile`
 */
export async function readWebhookSecret(file: string): Promise<Uint8Array> {
  const text = (await readPrivateFile(file)).trim()
  const secret = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text.slice(6), 'base64') : Buffer.alloc(0)
  const isWhole = `whsec_${secret.toString('base64')}` === text
  if (!isWhole || secret.length < 24 || secret.length > 64) refuse('webhook_secret_malformed', { path: file })
  return new Uint8Array(secret)
}
