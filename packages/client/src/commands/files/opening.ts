import { opensByPassphrase, opensForAll } from '@scel/files/kinds'
import type { ByteSource } from '@scel/pki/asn1'
import { type ByteSink, describeSealed, type Opened, openContent, type SealedFacts } from '@scel/pki/cms'
import { hasCode } from '@scel/pki/errors'
import { readFileInParts } from '../../sealing/index.ts'
import { unwrapped } from '../../signing/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { progressBar } from '../../ui/progress.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { passphraseFor } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { decryptionKeys } from './decryption-keys.ts'

/** A sealed file, and with what it is opened. */
export interface Opening {
  readonly file: string
  /** Opens it once. @throws what `openContent` throws */
  into(sink: ByteSink): Promise<Opened>
}

/** @throws own_key_missing, not_sealed, and what reading file and keys throws */
export async function openingOf(session: Shell & Keys, given: Given, file: string): Promise<Opening> {
  const { signal } = session.outside
  const found = file === '-' ? undefined : await readFileInParts(file, signal)
  const options = await optionsOf(session, given, file, found && unwrapped(found))
  const source = unwrapped(found ?? session.outside.input())
  return {
    file,
    async into(sink) {
      const bar = progressBar(session.outside, session.voice, found?.length)
      try {
        return await openContent(source, { ...options, progress: bar.reach }, sink)
      } finally {
        bar.end()
      }
    },
  }
}

/** Says what opening found that a person must know. */
export function sayOpened({ voice }: Shell, { authenticated, cipher }: Opened): void {
  if (!authenticated && cipher) voice.say('open_not_protected', { cipher })
}

async function optionsOf(
  session: Shell & Keys,
  given: Given,
  file: string,
  source: ByteSource | undefined,
): Promise<Parameters<typeof openContent>[1]> {
  const facts = source && (await factsOf(source, file))
  const keys = await decryptionKeys(session, given, facts)
  const forPassphrase = facts ? opensByPassphrase(facts) : given.text('passphrase-file') !== undefined
  const passphrase = forPassphrase && keys.length === 0 ? await passphraseFor(session, given, file) : undefined
  if (keys.length === 0 && passphrase === undefined && !(facts && opensForAll(facts))) stop('own_key_missing', { file })
  return {
    keys,
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(given.flag('danger-old') ? { danger: { oldCiphers: true } } : {}),
    signal: session.outside.signal,
  }
}

/** Whom it is sealed for. @throws not_sealed, and what `describeSealed` throws */
async function factsOf(source: ByteSource, file: string): Promise<SealedFacts> {
  try {
    return await describeSealed(source)
  } catch (error) {
    if (hasCode(error, 'der_malformed') && error.facts.offset === 0) return stop('not_sealed', { file })
    throw error
  }
}
