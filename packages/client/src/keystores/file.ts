import { randomBytes } from 'node:crypto'
import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pemDecode, pemEncode, toBase64Url } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, importPrivateKey, type PrivateKey } from '@scel/pki/crypto'
import { readPkcs12, writePkcs12 } from '@scel/pki/pkcs12'
import { parseCertificate } from '@scel/pki/x509'
import {
  makePrivateFolder,
  namesIn,
  readIfPresent,
  readLimited,
  writePrivate,
  writePrivateIfChanged,
} from '../state/files.ts'
import { partName } from '../state/part-name.ts'
import { sweep } from '../state/sweep.ts'
import { isCliError, stop } from '../ui/cli-error.ts'
import { adoptedKey, checkPresent, holderNameOf, withChain } from './adoption.ts'
import { certifiedFiles, fullchainOf, readCertified } from './certified-files.ts'
import { atDesk, FILES, holderFolder, IMPORTED, KEY_ID, keyFolder, readCurrent, writeCurrent } from './file-layout.ts'
import { identitiesBelow } from './identities-below.ts'
import { keyId } from './key-id.ts'
import type { Certified, DeskHolder, Holder, Identity, Installation, KeyStore } from './key-store.ts'
import type { StoreKind, StorePlace } from './store-kind.ts'

/** Files: one store for each scope. */
export const files: StoreKind = {
  name: 'file',
  known: async (place) => [storeAt(place)],
  named: async (name, place) => (name === 'file' ? storeAt(place) : undefined),
}

const storeAt = ({ paths, platform, scope }: StorePlace): KeyStore =>
  fileStore(scope === 'machine' ? paths.machineStore : paths.userStore, platform, scope)

/**
 * The store in files: PEM for servers, .p12 for other programs, 0600 in folders of 0700. `root` is the folder of the
 * user's or of the machine's store.
 */
export function fileStore(root: string, platform: NodeJS.Platform, scope: 'user' | 'machine'): KeyStore {
  const folderOf = ({ holder, key }: Pick<Identity, 'holder' | 'key'>): string => keyFolder(root, atDesk(holder), key)
  const closed = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      const reason = isCliError(error) && error.code === 'file_unwritable' ? error.facts.reason : undefined
      if (scope === 'machine' && CLOSED.has(reason)) stop('machine_store_closed', { folder: root })
      throw error
    })

  const read = async (holder: DeskHolder | undefined, key: string): Promise<Identity | undefined> => {
    const folder = keyFolder(root, holder, key)
    const made = await stat(join(folder, FILES.key)).catch(() => undefined)
    if (!made) return undefined
    const certified = await readCertified(folder)
    const known = { key, madeAt: made.mtime, chain: [], ...certified }
    if (!holder) {
      const { certificate } = certified ?? stop('key_file_malformed', { file: join(folder, FILES.certificate) })
      return { ...known, holder: { name: holderNameOf(certificate) }, place: folder, current: true }
    }
    const current = (await readCurrent(holderFolder(root, holder), platform)) === key
    // Programs are pointed at the link, which outlives a renewal.
    const place = current && platform !== 'win32' ? join(holderFolder(root, holder), 'current') : folder
    return { ...known, holder, place, current }
  }

  const { list, find } = identitiesBelow(root, read)

  return {
    name: 'file',
    list,
    find,
    present: () => closed(probe(root)),

    async make(holder, spec) {
      const { privateKey, publicKey } = await generateKeyPair(spec)
      const key = await keyId(publicKey)
      const pem = pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey))
      await closed(writePrivate(join(folderOf({ holder, key }), FILES.key), pem))
      return { key, use: privateKey }
    },

    async add(installation) {
      const { desk, key, certificate } = installation
      const certified = await keyId(parseCertificate(certificate).publicKey.spki)
      const { holder } = (certified === key ? await find(desk, key) : undefined) ?? stop('certificate_key_absent')
      const at = atDesk(holder) ?? stop('certificate_key_absent')
      const place = keyFolder(root, at, key)
      let changed = false
      for (const [file, content] of pemFiles(installation)) {
        if (await closed(writePrivateIfChanged(join(place, file), content))) changed = true
      }
      if (await closed(writeP12(place, holder, installation, changed))) changed = true
      const folder = holderFolder(root, at)
      if ((await readCurrent(folder, platform)) !== key) {
        await closed(writeCurrent(folder, key, platform)) // last: programs see the whole pair or the former one
        changed = true
      }
      return { changed, identity: (await read(at, key)) ?? stop('key_file_malformed', { file: place }) }
    },

    async adopt(material, wish) {
      const key = await adoptedKey(material)
      const present = await find(undefined, key)
      checkPresent(present, material, wish)
      const place = keyFolder(root, undefined, key)
      const pem = pemEncode('PRIVATE KEY', await exportPrivateKey(material.key))
      let changed = false
      // The key comes last: what has none is no identity yet.
      for (const [file, content] of [...pemFiles(withChain(present, material)), [FILES.key, pem] as const]) {
        if (await closed(writePrivateIfChanged(join(place, file), content))) changed = true
      }
      return { changed, identity: (await read(undefined, key)) ?? stop('key_file_malformed', { file: place }) }
    },

    export: (identity) => readKey(folderOf(identity)),
    use: (identity) => readKey(folderOf(identity)),

    async tls(identity) {
      const { certificate, chain } = identity
      return {
        key: pemEncode('PRIVATE KEY', await exportPrivateKey(await readKey(folderOf(identity)))),
        cert: certificate ? fullchainOf({ certificate, chain }) : '',
      }
    },

    async remove(identity) {
      await closed(rm(folderOf(identity), { recursive: true, force: true }))
    },
  }
}

async function probe(root: string): Promise<void> {
  await makePrivateFolder(root)
  const file = join(root, partName('probe'))
  await writePrivate(file, '')
  await rm(file, { force: true })
  await sweepStore(root)
}

/** What killed runs left behind under temporary names: half a key has a folder that nobody writes into again. */
async function sweepStore(root: string): Promise<void> {
  const now = new Date()
  const sweepKeys = async (holder: string): Promise<void> => {
    await sweep(holder, now)
    for (const key of (await namesIn(holder)).filter((entry) => KEY_ID.test(entry))) {
      const folder = join(holder, key)
      await sweep(folder, now)
      if ((await readdir(folder).catch(() => ['?'])).length === 0) await rmdir(folder).catch(() => undefined)
    }
  }
  await sweepKeys(join(root, IMPORTED))
  for (const desk of (await namesIn(root)).filter((name) => name !== IMPORTED)) {
    for (const name of await namesIn(join(root, desk))) await sweepKeys(join(root, desk, name))
  }
}

const pemFiles = (certified: Certified): [string, string][] => [
  ...certifiedFiles(certified),
  [FILES.fullchain, fullchainOf(certified)],
]

/** 24 characters, 143 random bits; the first is a letter, since programs that take it as an option would refuse a hyphen there. */
const newPassphrase = (): string => {
  const bytes = randomBytes(18)
  bytes[0]! &= 0x7f
  return toBase64Url(bytes)
}

/** Writes the .p12 when there is none, when the certificate changed, or when a passphrase is given. */
async function writeP12(place: string, holder: Holder, installation: Installation, changed: boolean): Promise<boolean> {
  const { certificate, chain, passphrase } = installation
  const file = join(place, FILES.p12)
  const present = changed ? undefined : await readIfPresent(file, LIMIT)
  if (present && (passphrase === undefined || (await opensWith(present, passphrase)))) return false
  const secret = passphrase ?? newPassphrase()
  const key = await readKey(place)
  const p12 = await writePkcs12({ key, certificate, chain, friendlyName: holder.name, passphrase: secret })
  if (passphrase === undefined) await writePrivate(join(place, FILES.passphrase), `${secret}\n`)
  else await rm(join(place, FILES.passphrase), { force: true })
  await writePrivate(file, p12)
  return true
}

const opensWith = (p12: Uint8Array, passphrase: string): Promise<boolean> =>
  readPkcs12(p12, passphrase).then(
    () => true,
    () => false,
  )

async function readKey(place: string): Promise<PrivateKey> {
  const file = join(place, FILES.key)
  const content = await readLimited(file, LIMIT)
  try {
    const [block] = pemDecode(content.toString('utf8'))
    const key = block?.label === 'PRIVATE KEY' ? await importPrivateKey(block.der) : undefined
    if (key && (await keyId(key.publicKey)) === basename(place)) return key
  } catch {
    // said below: the reason would quote the file
  }
  return stop('key_file_malformed', { file })
}

const LIMIT = 1024 * 1024
const CLOSED: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS'])
