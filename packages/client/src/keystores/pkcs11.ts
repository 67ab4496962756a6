// Keys in PKCS #11 tokens. What is in the token is the key, and its certificate beside it for other programs; what it is for lies in
// files, so that listing certificates asks no token and no PIN:
//
//   <tokens>/<desk>/<common name>/<key id>/token.json       which token, and which key in it
//                                         certificate.pem, chain.pem, root.pem
//   <tokens>/<desk>/<common name>/current                   as in the store of files
//   <tokens>/imported/<key id>/                             of a key that came from elsewhere and was put into a token: the same

import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import {
  formatTokenUri,
  isTokenError,
  isTokenUri,
  KEY_ABSENCE,
  openToken,
  parseTokenUri,
  type Token,
  type TokenKey,
  type TokenUri,
} from '@scel/pkcs11'
import { equal, fromHex, toHex } from '@scel/pki/bytes'
import { PkiError } from '@scel/pki/errors'
import { parseCertificate } from '@scel/pki/x509'
import { readIfPresent, writePrivate, writePrivateIfChanged } from '../state/files.ts'
import { isCliError, stop } from '../ui/cli-error.ts'
import { adoptedKey, checkPresent, holderNameOf, withChain } from './adoption.ts'
import { certifiedFiles, fullchainOf, readCertified } from './certified-files.ts'
import { atDesk, FILES, holderFolder, keyFolder, readCurrent, writeCurrent } from './file-layout.ts'
import { identitiesBelow } from './identities-below.ts'
import { keyId } from './key-id.ts'
import type { DeskHolder, Identity, KeyStore, Material } from './key-store.ts'
import { readPin } from './pin-file.ts'
import type { StoreKind, StorePlace } from './store-kind.ts'

/** Tokens: those that keys were made in are known, and one is named by its PKCS #11 URI. */
export const tokens: StoreKind = {
  name: 'pkcs11',
  known: async (place) => [tokenStore(place)],
  named: async (name, place) => (isTokenUri(name) ? tokenStore(place, uriIn(name)) : undefined),
}

const rootOf = ({ paths, scope }: StorePlace): string => (scope === 'machine' ? paths.machineTokens : paths.userTokens)

/** @param made the token in which keys are made; the others are found by their records */
function tokenStore(place: StorePlace, made?: UsableUri): KeyStore {
  const { platform, askPin } = place
  const root = rootOf(place)
  const open = new Map<string, Token>()
  const tokenAt = (uri: UsableUri): Token => {
    const key = formatTokenUri(uri)
    const token = open.get(key) ?? tokenOf(uri, pinOf(uri))
    open.set(key, token)
    return token
  }
  const pins = new Map<string, Pin | undefined>()
  const pinOf = (uri: UsableUri): Pin | undefined => {
    const key = formatTokenUri(uri)
    if (!pins.has(key)) pins.set(key, pinFor(uri, askPin))
    return pins.get(key)
  }
  const folderOf = ({ holder, key }: Pick<Identity, 'holder' | 'key'>): string => keyFolder(root, atDesk(holder), key)

  const read = async (holder: DeskHolder | undefined, key: string): Promise<Identity | undefined> => {
    const folder = keyFolder(root, holder, key)
    const record = await recordIn(folder)
    if (!record) return undefined
    const certified = await readCertified(folder)
    const place = formatTokenUri({ token: record.uri.token, object: record.label })
    const known = { key, place, madeAt: new Date(record.madeAt), chain: [], ...certified }
    if (holder) return { ...known, holder, current: (await readCurrent(holderFolder(root, holder), platform)) === key }
    const { certificate } = certified ?? stop('key_file_malformed', { file: join(folder, FILES.certificate) })
    return { ...known, holder: { name: holderNameOf(certificate) }, current: true }
  }
  const { list, find } = identitiesBelow(root, read)

  /** With the serial number of the token that is there: whatever takes its place is then another one, and is not given the PIN. */
  const withSerial = async (uri: UsableUri): Promise<UsableUri> => {
    if (uri.serial !== undefined) return uri
    const token = tokenAt(uri)
    const { serial } = await asked(uri, () => token.facts())
    token.close()
    return serial === '' ? uri : { ...uri, serial }
  }

  let pinned: Promise<UsableUri> | undefined
  /** The token in which keys are made: one in this run, whose PIN is asked for once. */
  const maker = (): Promise<UsableUri> => {
    pinned ??= withSerial(made ?? stop('store_unsupported', { store: 'pkcs11' }))
    return pinned
  }

  const keyOf = async (identity: Identity): Promise<{ record: TokenRecord; key: TokenKey }> => {
    const file = join(folderOf(identity), RECORD)
    const record = (await recordIn(folderOf(identity))) ?? stop('key_file_malformed', { file })
    const key = await asked(record.uri, () => tokenAt(record.uri).key({ id: fromHex(record.id) }))
    if ((await keyId(key.publicKey)) !== identity.key) stop('key_file_malformed', { file })
    return { record, key }
  }

  /** @returns false where it lay beside its key already */
  const putBeside = ({ uri, id, label }: TokenRecord, certificate: Uint8Array): Promise<boolean> =>
    asked(uri, async () => {
      const token = tokenAt(uri)
      const present = await token.certificates({ id: fromHex(id) })
      if (present.some((one) => equal(one.certificate, certificate))) return false
      await token.addCertificate({ label, id: fromHex(id), certificate })
      return true
    })

  /** The key in the token: the one that is there already, whoever put it there, else it is put in. */
  const placed = (
    uri: UsableUri,
    { key, certificate }: Material,
    id: string,
  ): Promise<{ readonly use: TokenKey; readonly put: boolean }> =>
    asked(uri, async () => {
      const token = tokenAt(uri)
      const present = (await token.keys()).find(({ publicKey }) => equal(publicKey, key.publicKey))
      if (present) return { use: present, put: false }
      // A name that no other key in the token has; what the file calls its holder may be of any length.
      const label = `${[...holderNameOf(certificate)].slice(0, 64).join('')} ${id}`
      return { use: await token.put(key, { label, uses: ['sign', 'decrypt', 'agree'] }), put: true }
    })

  return {
    name: 'pkcs11',
    present: async () => {
      if (!made) return
      const uri = await maker()
      await asked(uri, () => tokenAt(uri).look())
    },
    list,
    find,

    async make(holder, spec) {
      const uri = await maker()
      // A name that no other key in the token has: people take tokens from one machine to another.
      const label = `${holder.name} ${randomBytes(4).toString('hex')}`
      const use = await asked(uri, () => tokenAt(uri).generate(spec, { label, uses: ['sign', 'decrypt', 'agree'] }))
      const key = await keyId(use.publicKey)
      const record: TokenRecord = { uri, label, id: toHex(use.id), madeAt: new Date().toISOString() }
      await writePrivate(join(folderOf({ holder, key }), RECORD), formatRecord(record))
      return { key, use }
    },

    async add({ desk, key, certificate, chain, root: top }) {
      const certified = await keyId(parseCertificate(certificate).publicKey.spki)
      const identity = (certified === key ? await find(desk, key) : undefined) ?? stop('certificate_key_absent')
      const holder = atDesk(identity.holder) ?? stop('certificate_key_absent')
      const folder = folderOf(identity)
      const record = (await recordIn(folder)) ?? stop('certificate_key_absent')
      const files = certifiedFiles({ certificate, chain, ...(top && { root: top }) })
      await putBeside(record, certificate)
      let changed = await writeAll(folder, files)
      const holding = holderFolder(root, holder)
      if ((await readCurrent(holding, platform)) !== key) {
        await writeCurrent(holding, key, platform)
        changed = true
      }
      return { changed, identity: (await read(holder, key)) ?? stop('certificate_key_absent') }
    },

    async adopt(material, wish) {
      const key = await adoptedKey(material)
      const present = await find(undefined, key)
      checkPresent(present, material, wish)
      const folder = keyFolder(root, undefined, key)
      const files = certifiedFiles(withChain(present, material))
      const uri = await maker()
      const record = await recordIn(folder)
      const other = record && formatTokenUri({ token: record.uri.token, object: record.label })
      if (other && !isSameToken(record.uri, uri)) stop('adopted_elsewhere', { place: other, folder })
      const { use, put } = await placed(uri, material, key)
      const known: TokenRecord = { uri, label: use.label, id: toHex(use.id), madeAt: new Date().toISOString() }
      const certified = await putBeside(known, material.certificate)
      let changed = (await writeAll(folder, files)) || put || certified
      // The record comes last: what has none is no identity yet.
      if (record?.id !== known.id || record.label !== known.label) {
        await writePrivate(join(folder, RECORD), formatRecord(known))
        changed = true
      }
      return { changed, identity: (await read(undefined, key)) ?? stop('key_file_malformed', { file: folder }) }
    },

    use: async (identity) => (await keyOf(identity)).key,

    async tls(identity) {
      const { record, key } = await keyOf(identity)
      const { modulePath, pinSource: _, ...wanted } = record.uri
      // A file that cannot be read is no PIN: the token says so, in the words of a key that is away.
      const pin = await pinOf(record.uri)?.().catch((error: unknown) => {
        if (isCliError(error)) throw error
        return undefined
      })
      const { tlsKey } = await import('@scel/pkcs11/tls')
      const { certificate, chain } = identity
      return {
        ...tlsKey({
          ...{ name: wanted.token, module: modulePath, token: wanted },
          ...{ id: key.id, publicKey: key.publicKey, ...(pin && { pin }) },
        }),
        cert: certificate ? fullchainOf({ certificate, chain }) : '',
      }
    },

    async remove(identity) {
      const folder = folderOf(identity)
      const record = await recordIn(folder)
      if (record) await asked(record.uri, () => tokenAt(record.uri).remove(fromHex(record.id), 'all'))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type UsableUri = TokenUri & { readonly token: string; readonly modulePath: string }

interface TokenRecord {
  readonly uri: UsableUri
  readonly label: string
  /** CKA_ID, hex. */
  readonly id: string
  readonly madeAt: string
}

/**
 * As a person typed it, here: what it leads to is the same from whatever folder the next run starts in.
 * @throws store_unsupported for a URI that does not say which token, by which module; it is not shown, for a PIN may stand in it
 */
function uriIn(text: string): UsableUri {
  const { modulePath, pinSource, ...rest } = readUri(text) ?? stop('store_unsupported', { store: 'pkcs11:…' })
  return { ...rest, modulePath: resolve(modulePath), ...(pinSource !== undefined && { pinSource: resolve(pinSource) }) }
}

function readUri(text: string): UsableUri | undefined {
  try {
    const { object: _, id: __, token, modulePath, ...rest } = parseTokenUri(text)
    return token !== undefined && modulePath !== undefined ? { ...rest, token, modulePath } : undefined
  } catch (error) {
    if (isTokenError(error)) return undefined
    throw error
  }
}

/** UTF-8, a copy for each time: whoever logs in wipes it. */
type Pin = () => Promise<Uint8Array>

/** @param askPin for a token whose URI names no file; the answer is kept in memory, for as long as the run lasts */
function pinFor({ token, pinSource }: UsableUri, askPin: StorePlace['askPin']): Pin | undefined {
  if (pinSource !== undefined) return () => readPin(pinSource)
  let answer: Promise<string> | undefined
  return (
    askPin &&
    (async () => {
      answer ??= askPin(token)
      return Buffer.from(await answer, 'utf8')
    })
  )
}

const tokenOf = ({ modulePath, pinSource: _, ...wanted }: UsableUri, pin: Pin | undefined): Token =>
  openToken({ ...{ name: wanted.token, module: modulePath, token: wanted }, ...(pin && { pin }) })

/** What a token does not do, in the library's words. @throws key_unavailable */
async function asked<T>({ token: where }: UsableUri, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!isTokenError(error)) throw error
    throw new PkiError('key_unavailable', { where, why: KEY_ABSENCE[error.code] }, error)
  }
}

async function recordIn(folder: string): Promise<TokenRecord | undefined> {
  const file = join(folder, RECORD)
  const bytes = await readIfPresent(file, LIMIT)
  if (!bytes) return undefined
  try {
    const { format, uri, label, id, madeAt } = JSON.parse(bytes.toString('utf8'))
    const texts = [uri, label, id, madeAt]
    const read = format === FORMAT && texts.every((text) => typeof text === 'string') ? readUri(uri) : undefined
    // A path that begins nowhere leads to whatever lies in the folder of the run.
    if (read && [read.modulePath, read.pinSource ?? read.modulePath].every((path) => isAbsolute(path)))
      return { uri: read, label, id, madeAt }
  } catch {
    // said below
  }
  return stop('key_file_malformed', { file })
}

const formatRecord = ({ uri, ...rest }: TokenRecord): string =>
  `${JSON.stringify({ format: FORMAT, uri: formatTokenUri(uri), ...rest }, null, 2)}\n`

async function writeAll(folder: string, files: readonly (readonly [string, string])[]): Promise<boolean> {
  let changed = false
  for (const [file, content] of files) if (await writePrivateIfChanged(join(folder, file), content)) changed = true
  return changed
}

/** Whatever module it is called by, and wherever its PIN is. */
const isSameToken = (one: UsableUri, other: UsableUri): boolean =>
  one.token === other.token && one.serial === other.serial

const RECORD = 'token.json'
const FORMAT = 'scel-key-in-token/1'
const LIMIT = 1024 * 1024
