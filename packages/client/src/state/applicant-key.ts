import { dirname } from 'node:path'
import { applicantThumbprint } from '@scel/contract/applicant'
import { fromUtf8, pemDecode, pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, importPrivateKey, type Key, type PrivateKey } from '@scel/pki/crypto'
import { isCliError, stop } from '../ui/cli-error.ts'
import { readIfPresent, sweepOnce, writeNew } from './files.ts'

/** The key that this user's calls are signed with: P-256, made at first use, never sent. */
export interface ApplicantKey {
  readonly key: Key
  /** SHA-256 of its SPKI, lower-case hex: how the desk names this applicant. */
  readonly thumbprint: string
}

/** Opens the applicant key, and makes it at first use. @throws key_file_malformed, file_unwritable */
export async function applicantKey(file: string): Promise<ApplicantKey> {
  const key = (await readKey(file)) ?? (await makeKey(file))
  await sweepOnce(dirname(file)) // nothing else is written there: whoever made it may have been killed before it had one name
  return { key, thumbprint: await applicantThumbprint(key.publicKey) }
}

async function readKey(file: string): Promise<PrivateKey | undefined> {
  const content = await readIfPresent(file, LIMIT)
  if (!content) return undefined
  try {
    const [block] = pemDecode(fromUtf8(content))
    const key = block?.label === 'PRIVATE KEY' ? await importPrivateKey(block.der) : undefined
    if (key?.spec === 'ec-p256') return key
  } catch {
    // said below: the reason would quote the file
  }
  return stop('key_file_malformed', { file })
}

async function makeKey(file: string): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('ec-p256')
  try {
    await writeNew(file, pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey)))
    return privateKey
  } catch (error) {
    // Two first runs at once: one key wins, and both sign with it, or nobody could fetch what the other asked for.
    const winner = isCliError(error) && error.code === 'file_exists' ? await readKey(file) : undefined
    if (winner) return winner
    throw error
  }
}

const LIMIT = 64 * 1024
