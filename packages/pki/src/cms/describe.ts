import type { ByteSource } from '../asn1/ber-stream.ts'
import { BerStream } from '../asn1/ber-stream.ts'
import { contentCipherName } from './content-cipher.ts'
import type { RecipientFacts, SealedFacts, SealedStructure } from './open-options.ts'
import {
  enterContent,
  enterContentInfo,
  enterEncryptedContent,
  optionalElement,
  readRecipientPart,
  readVersion,
} from './structure.ts'

/**
 * What a message says of itself before its content: which structure it is, and who can open it. No key is needed, and
 * nothing of it is vouched for. Only the beginning is read.
 * @throws cms_malformed, der_malformed, der_too_deep, input_too_large
 * @example
 * const content = async function* () {
 *   yield utf8('a bid')
 * }
 * const recipients = [{ kind: 'certificate', certificate: sample.person.certificate }] as const
 * const { structure, recipients: found } = await describeSealed(sealContent(content(), { recipients, at: sample.at }))
 * assert.equal(structure, 'authEnvelopedData')
 * assert.equal(found[0]?.serialHex, sample.person.certificate.serialHex)
 */
export async function describeSealed(sealed: ByteSource): Promise<SealedFacts> {
  const stream = new BerStream(sealed, 'ContentInfo')
  try {
    const structure = await enterContentInfo(stream)
    return Object.freeze({ structure, ...(await DESCRIBERS[structure](stream)) })
  } finally {
    await stream.close()
  }
}

type Facts = Omit<SealedFacts, 'structure'>

const ANY_VERSION: readonly number[] = [0, 1, 2, 3, 4]

async function encryptedFor(stream: BerStream): Promise<Facts> {
  const recipients = await readFacts(stream)
  return { ...(await encryptedContent(stream)), recipients }
}

const readFacts = async (stream: BerStream): Promise<readonly RecipientFacts[]> =>
  Object.freeze((await readRecipientPart(stream, ANY_VERSION)).map(({ facts }) => facts))

async function encryptedContent(stream: BerStream): Promise<Omit<Facts, 'recipients'>> {
  const { contentType, cipher } = await enterEncryptedContent(stream)
  return { contentType, cipher: contentCipherName(cipher) }
}

/** After one algorithm, and a digest's where there is one, the content. */
async function plain(stream: BerStream, recipients: readonly RecipientFacts[]): Promise<Facts> {
  await stream.element(LARGEST_ALGORITHM)
  await optionalElement(stream, 1)
  return { contentType: await enterContent(stream), cipher: '', recipients }
}

const DESCRIBERS: Readonly<Record<SealedStructure, (stream: BerStream) => Promise<Facts>>> = {
  authEnvelopedData: encryptedFor,
  envelopedData: encryptedFor,
  async encryptedData(stream) {
    await readVersion(stream, ANY_VERSION)
    return { ...(await encryptedContent(stream)), recipients: NOBODY }
  },
  authenticatedData: async (stream) => plain(stream, await readFacts(stream)),
  async digestedData(stream) {
    await readVersion(stream, ANY_VERSION)
    return plain(stream, NOBODY)
  },
  async compressedData(stream) {
    await readVersion(stream, ANY_VERSION)
    return plain(stream, NOBODY)
  },
}

const NOBODY: readonly RecipientFacts[] = Object.freeze([])
const LARGEST_ALGORITHM = 64 * 1024
