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
import { FILES, holderFolder, KEY_ID, readCurrent, writeCurrent } from './file-layout.ts'
import { identitiesBelow } from './identities-below.ts'
import { keyId } from './key-id.ts'
import type { Holder, Identity, Installation, KeyStore } from './key-store.ts'
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
  const versionFolder = (holder: Holder, key: string): string => {
    if (!KEY_ID.test(key)) throw new RangeError('not a key id')
    return join(holderFolder(root, holder), key)
  }
  const closed = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      const reason = isCliError(error) && error.code === 'file_unwritable' ? error.facts.reason : undefined
      if (scope === 'machine' && CLOSED.has(reason)) stop('machine_store_closed', { folder: root })
      throw error
    })

  const read = async (holder: Holder, key: string): Promise<Identity | undefined> => {
    const folder = versionFolder(holder, key)
    const made = await stat(join(folder, FILES.key)).catch(() => undefined)
    if (!made) return undefined
    const [certificate] = await certificatesIn(join(folder, FILES.certificate))
    const chain = certificate
      ? [...(await certificatesIn(join(folder, FILES.chain))), ...(await certificatesIn(join(folder, FILES.root)))]
      : []
    const current = (await readCurrent(holderFolder(root, holder), platform)) === key
    // Programs are pointed at the link, which outlives a renewal.
    const place = current && platform !== 'win32' ? join(holderFolder(root, holder), 'current') : folder
    return { holder, key, place, madeAt: made.mtime, ...(certificate ? { certificate } : {}), chain, current }
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
      await closed(writePrivate(join(versionFolder(holder, key), FILES.key), pem))
      return { key, use: privateKey }
    },

    async add(installation) {
      const { desk, key, certificate } = installation
      const certified = await keyId(parseCertificate(certificate).publicKey.spki)
      const { holder } = (certified === key ? await find(desk, key) : undefined) ?? stop('certificate_key_absent')
      const place = versionFolder(holder, key)
      let changed = false
      for (const [file, content] of pemFiles(installation)) {
        if (await closed(writePrivateIfChanged(join(place, file), content))) changed = true
      }
      if (await closed(writeP12(place, holder, installation, changed))) changed = true
      const folder = holderFolder(root, holder)
      if ((await readCurrent(folder, platform)) !== key) {
        await closed(writeCurrent(folder, key, platform)) // last: programs see the whole pair or the former one
        changed = true
      }
      return { changed, identity: (await read(holder, key)) ?? stop('key_file_malformed', { file: place }) }
    },

    use: ({ holder, key }) => readKey(versionFolder(holder, key)),

    async tls({ holder, key: id, certificate, chain }) {
      const key = await readKey(versionFolder(holder, id))
      return {
        key: pemEncode('PRIVATE KEY', await exportPrivateKey(key)),
        cert: certificate ? pemsOf([certificate, ...chain.slice(0, -1)]) : '',
      }
    },

    async remove({ holder, key }) {
      await closed(rm(versionFolder(holder, key), { recursive: true, force: true }))
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
  for (const desk of await namesIn(root)) {
    for (const name of await namesIn(join(root, desk))) {
      const holder = join(root, desk, name)
      await sweep(holder, now)
      for (const key of (await namesIn(holder)).filter((entry) => KEY_ID.test(entry))) {
        const folder = join(holder, key)
        await sweep(folder, now)
        if ((await readdir(folder).catch(() => ['?'])).length === 0) await rmdir(folder).catch(() => undefined)
      }
    }
  }
}

function pemFiles({ certificate, chain }: Installation): [string, string][] {
  const intermediates = chain.slice(0, -1)
  return [
    [FILES.certificate, pemsOf([certificate])],
    [FILES.chain, pemsOf(intermediates)],
    [FILES.fullchain, pemsOf([certificate, ...intermediates])], // never the root: peers have it or do not trust it
    [FILES.root, pemsOf(chain.slice(-1))],
  ]
}

/** Writes the .p12 when there is none, when the certificate changed, or when a passphrase is given. */
async function writeP12(place: string, holder: Holder, installation: Installation, changed: boolean): Promise<boolean> {
  const { certificate, chain, passphrase } = installation
  const file = join(place, FILES.p12)
  const present = changed ? undefined : await readIfPresent(file, LIMIT)
  if (present && (passphrase === undefined || (await opensWith(present, passphrase)))) return false
  const secret = passphrase ?? toBase64Url(randomBytes(18)) // 144 bits, 24 characters
  const key = await readKey(place)
  const intermediates = chain.slice(0, -1)
  const p12 = await writePkcs12({
    key,
    certificate,
    chain: intermediates,
    friendlyName: holder.name,
    passphrase: secret,
  })
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

async function certificatesIn(file: string): Promise<Uint8Array[]> {
  const content = await readIfPresent(file, LIMIT)
  if (!content?.length) return []
  return pemDecode(content.toString('utf8')).map((block) => block.der)
}

const pemsOf = (ders: readonly Uint8Array[]): string => ders.map((der) => pemEncode('CERTIFICATE', der)).join('')

const LIMIT = 1024 * 1024
const CLOSED: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS'])
