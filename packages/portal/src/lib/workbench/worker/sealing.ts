import { opensByPassphrase, opensForAll } from '@scel/files/kinds'
import { checkRecipient, type RecipientPath, sealableAmong } from '@scel/files/recipients'
import { toHex } from '@scel/pki/bytes'
import { describeSealed, openContent, sealContent } from '@scel/pki/cms'
import { hasCode } from '@scel/pki/errors'
import { type Certificate, parseCertificate, parseCrl } from '@scel/pki/x509'
import { FilesFailure } from '../failure.ts'
import type { OpenedFile, ResultFile, SealAsked, SealedCard, Trust, Work } from '../protocol.ts'
import { keepContent } from './inside.ts'
import { decryptionKeys } from './keyring.ts'
import { openPlace, type Place } from './place.ts'
import { bytesOf, contentOf, lengthOf, type OnProgress } from './source.ts'

/** Seals for all recipients with AES-256-GCM. */
export async function seal(
  { items, recipients, trust, mixed, target }: SealAsked,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ResultFile> {
  const at = new Date()
  const path = listedBy(trust)
  const all = new Map<string, Certificate>() // each once, though the directory and a file may both have it
  for (const { ders, from } of recipients) {
    const question = from === 'directory' ? { at, path } : { at }
    const good = await sealableAmong(ders.map(parseCertificate), (one) => checkRecipient(one, question))
    for (const one of good) all.set(toHex(one.der), one)
  }
  const sealed = sealContent(contentOf(items, onProgress, signal), {
    recipients: [...all.values()].map((certificate) => ({ kind: 'certificate', certificate })),
    ...(mixed ? { mixing: 'classical-and-post-quantum' } : {}),
    ...lengthOf(items),
    at,
    signal,
  })
  return into(await openPlace(target), async (place) => {
    for await (const bytes of sealed) await place.write(bytes)
  })
}

/** What the directory names must come from an authority of the desk and must not be revoked. */
const listedBy = (trust: Trust): RecipientPath => ({
  anchors: trust.anchors.map(parseCertificate),
  intermediates: trust.intermediates.map(parseCertificate),
  revocation: { mode: 'required', crls: trust.crls.map(parseCrl) },
})

/** Opens with the keys that are unlocked, or with the passphrase. The outcome is there only when its tag holds. */
export async function open(
  { file, passphrase, target }: Work['open']['asked'],
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<OpenedFile> {
  let authenticated = false
  const work = async (place: Place): Promise<void> => {
    const options = { keys: decryptionKeys(), ...(passphrase ? { passphrase } : {}), signal }
    const opened = await openContent(bytesOf(file, onProgress, signal), options, place).catch(explain)
    authenticated = opened.authenticated
  }
  const kept = await into(await openPlace(target), work, keepContent)
  return { kept, authenticated }
}

/** Browsers have no RSA decryption with the padding of PKCS #1 v1.5, on purpose; the command line does. */
function explain(error: unknown): never {
  const old = hasCode(error, 'algorithm_unsupported') && error.facts.oid === RSA_ENCRYPTION
  throw old ? new FilesFailure('old-transport', {}, error) : error
}

/** What a sealed file says of itself; nobody vouches for it. */
export async function describe(
  { file }: Work['describe']['asked'],
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<SealedCard> {
  const facts = await describeSealed(bytesOf(file, onProgress, signal))
  const { cipher, recipients } = facts
  return {
    ...{ cipher, recipients: recipients.length },
    ...{ passphrase: opensByPassphrase(facts), forAll: opensForAll(facts) },
  }
}

/** Keeps what the work wrote when it ends well, and leaves nothing of it otherwise. */
export async function into(
  place: Place,
  work: (place: Place) => Promise<void>,
  keep: (place: Place) => Promise<ResultFile> = (whole) => whole.keep(),
): Promise<ResultFile> {
  try {
    await work(place)
    return await keep(place)
  } catch (error) {
    await place.discard()
    throw error
  }
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
