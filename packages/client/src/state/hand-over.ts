import { lstat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, nameValue, parseCertificate, sameName } from '@scel/pki/x509'
import { stop } from '../ui/cli-error.ts'
import { makeFolder, readIfPresent, writeShared, writeSharedNew } from './files.ts'

/** Where the certificate of a server somewhere else was written: absolute paths. */
export interface HandedOver {
  readonly certificate: string
  /** Those above it, without the root. */
  readonly chain: string
  /** Both: what most programs want. */
  readonly fullchain: string
}

interface Issued {
  readonly certificate: Certificate
  /** Issuer first, root last. */
  readonly chain: readonly Certificate[]
}

/**
 * Writes NAME.pem, NAME-chain.pem and NAME-fullchain.pem, whose name is the common name, for everybody to read. Written over is only the same
 * or an earlier certificate of the same holder under the same root.
 * @param later serial numbers of certificates that were asked for after this one, which may say the same second
 * @throws hand_over_taken, hand_over_newer, file_unreadable, file_unwritable, disk_full
 */
export async function writeHandOver(
  folder: string,
  { certificate, chain }: Issued,
  later: ReadonlySet<string>,
): Promise<HandedOver> {
  const name = fileName(certificate)
  const place = (ending: string): string => resolve(join(folder, `${name}${ending}.pem`))
  const files = { certificate: place(''), chain: place('-chain'), fullchain: place('-fullchain') }
  const [above, root] = [chain.slice(0, -1), chain.at(-1) ?? certificate]
  // Where nothing stands between, the root is all that is above.
  const intermediates = above.length > 0 ? above : [root]
  const isOfHolder = ([first]: readonly Certificate[]): boolean =>
    first !== undefined && sameName(first.subject, certificate.subject)
  const isUnderRoot = (all: readonly Certificate[]): boolean =>
    all.length > 0 && sameName(all[all.length - 1]!.issuer, root.subject)
  const isNewer = ([first]: readonly Certificate[]): boolean =>
    first !== undefined && (first.notBefore > certificate.notBefore || later.has(first.serialHex))
  const wanted: readonly (readonly [string, readonly Certificate[], (present: readonly Certificate[]) => boolean])[] = [
    [files.chain, intermediates, isUnderRoot],
    [files.fullchain, [certificate, ...above], (present) => isOfHolder(present) && isUnderRoot(present)],
    [files.certificate, [certificate], (present) => isOfHolder(present) && present.length === 1],
  ]
  // All of them are looked at before the first is written.
  const taken = await Promise.all(
    wanted.map(async ([file, , isOurs]) => {
      const present = await presentIn(file)
      if (present && !isOurs(present)) stop('hand_over_taken', { file })
      if (present && file !== files.chain && isNewer(present)) stop('hand_over_newer', { file })
      return present !== undefined
    }),
  )
  await makeFolder(folder)
  for (const [index, [file, certificates]] of wanted.entries()) {
    const text = certificates.map(({ der }) => pemEncode('CERTIFICATE', der)).join('')
    await (taken[index] ? writeShared : writeSharedNew)(file, text)
  }
  return files
}

/** Host names and fingerprints of machines are names of files, whatever the system; nothing else is certified with a kit. */
function fileName({ subject }: Certificate): string {
  const name = nameValue(subject, 'commonName') ?? ''
  return /^[a-z0-9][a-z0-9.-]{0,63}$/.test(name) ? name : stop('hand_over_nameless', { name })
}

/** The certificates of a file; undefined where there is none. @throws hand_over_taken, file_unreadable */
async function presentIn(file: string): Promise<readonly Certificate[] | undefined> {
  const there = await lstat(file).catch(() => undefined)
  if (!there) return undefined
  const content = there.isFile() ? await readIfPresent(file, LARGEST) : undefined
  return (content && certificatesOf(content.toString('latin1'))) ?? stop('hand_over_taken', { file })
}

/** Certificates and nothing else; undefined when there is anything else. */
function certificatesOf(text: string): readonly Certificate[] | undefined {
  try {
    const blocks = pemDecode(text)
    return blocks.every(({ label }) => label === 'CERTIFICATE')
      ? blocks.map(({ der }) => parseCertificate(der))
      : undefined
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

const LARGEST = 1024 * 1024
