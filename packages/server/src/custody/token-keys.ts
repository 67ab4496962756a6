import { randomBytes } from 'node:crypto'
import { refuse } from '@scel/contract/errors'
import { absenceOf, formatTokenUri, openToken, parseTokenUri, type Token } from '@scel/pkcs11'
import { equal } from '@scel/pki/bytes'
import { type Key, keyElsewhere, sign } from '@scel/pki/crypto'
import type { KeyUse, RootCustody, Signer } from '../core/issuance/signer.port.ts'
import { signerOf } from './open-signer.ts'
import { readPassphrase } from './passphrase-file.ts'
import { isMissing } from './secret-file.ts'
import type { TokenRecord } from './token-records.ts'

/** Which keys are made and kept in a token: its PKCS #11 URI, with `token`, `module-path` and, but for the roots', `pin-source`. */
export type TokenUris = Readonly<Partial<Record<Exclude<KeyUse, 'listener' | 'log'>, string>>>

/** Keys in tokens. */
export interface TokenCustody {
  /** Whether new keys of this use are made in a token. */
  takes(use: KeyUse): boolean
  generate(keyId: string, spec: TokenRecord['spec'], use: KeyUse): Promise<TokenRecord>
  /** Looks whether the key is there, and is the one that the record says. */
  open(keyId: string, record: TokenRecord): Promise<Signer>
  /** Where the roots' PIN is: `shared` when no token is for roots. */
  rootCustody(): RootCustody
  /** Takes the PIN of the roots' token. @throws DeskError root_passphrase_wrong, token_unavailable */
  openRoots(pin: Uint8Array): Promise<void>
  closeRoots(): void
  /** Looks at every token of daily work. @throws DeskError token_unavailable with the first that does not answer */
  look(): Promise<void>
  close(): void
}

/** @throws DeskError passphrase_file_exposed for the roots' PIN; the file system's error when it cannot be read */
export async function tokenCustody(uris: TokenUris): Promise<TokenCustody> {
  const byUri = new Map<string, KeptToken>()
  const tokens = new Map<KeyUse, KeptToken>()
  for (const [use, uri] of Object.entries(uris) as [KeyUse, string][]) {
    // However it is written (RFC 7512 §2.5): a token that is opened twice is given a wrong PIN twice.
    const one = formatTokenUri(parseTokenUri(uri))
    const kept = byUri.get(one) ?? keptToken(use, uri)
    byUri.set(one, kept)
    tokens.set(use, kept)
  }
  const roots = tokens.get('root')
  await roots?.readPin()

  /**
   * The token of a record: the only one of its label, since a token may be put in the place of one that broke and its key says whether it is
   * the right one; of several, the one of its serial number.
   */
  const tokenOf = async ({ token: label, serial, root }: TokenRecord): Promise<KeptToken> => {
    const named = [...tokens].filter(([use, kept]) => kept.label === label && (use === 'root') === root)
    const [only, ...more] = new Set(named.map(([, kept]) => kept))
    if (only && more.length === 0) return only
    if (only && serial !== undefined) {
      const all = [only, ...more]
      const said = all.find((kept) => kept.serial === serial)
      if (said) return said
      for (const kept of all) if (kept.serial === undefined && (await serialOf(kept)) === serial) return kept
    }
    // The record names a token that the configuration does not, or does not tell from another.
    return refuse('token_unavailable', { token: label, why: 'absent' })
  }
  const requireRoots = (kept: KeptToken): void => {
    if (kept === roots && !kept.hasPin()) refuse('root_passphrase_needed', {})
  }

  return {
    takes: (use) => tokens.has(use),
    generate: async (keyId, spec, use) => {
      const kept = tokens.get(use)!
      requireRoots(kept)
      // A name that no other desk has, nor this one had before a crash: what is left of that stays in the token, unused.
      const label = `${keyId} ${randomBytes(4).toString('hex')}`
      const key = await inWords(kept, () => kept.token.generate(spec, { label, uses: ['sign'] }))
      const serial = await serialOf(kept)
      return {
        ...{ spec, spki: key.publicKey, token: kept.label, object: key.id, root: use === 'root' },
        ...(serial !== '' && { serial }),
      }
    },
    open: async (keyId, record) => {
      const kept = await tokenOf(record)
      requireRoots(kept)
      const key = await inWords(kept, () => kept.token.key({ id: record.object }))
      if (!equal(key.publicKey, record.spki)) refuse('authority_unavailable', { purpose: keyId })
      return signerOf(keyId, inWordsOf(kept, key))
    },
    rootCustody: () => (roots ? (roots.hasPin() ? 'open' : 'away') : 'shared'),
    openRoots: async (pin) => {
      if (!roots) return
      roots.takePin(pin)
      try {
        await inWords(roots, () => roots.token.look())
      } catch (error) {
        roots.dropPin()
        throw error
      }
    },
    closeRoots: () => roots?.dropPin(),
    look: async () => {
      for (const kept of new Set(tokens.values())) if (kept !== roots) await inWords(kept, () => kept.token.look())
    },
    close: () => {
      for (const kept of byUri.values()) kept.token.close()
    },
  }
}

/** A token with where its PIN comes from. */
interface KeptToken {
  readonly label: string
  /** That the configuration names. */
  readonly serial: string | undefined
  readonly token: Token
  /** Whether it is for ceremonies alone: its PIN is in memory for as long as they last, and never read again. */
  readonly forRoots: boolean
  readPin(): Promise<void>
  takePin(pin: Uint8Array): void
  dropPin(): void
  hasPin(): boolean
}

function keptToken(use: KeyUse, text: string): KeptToken {
  const { token: label = '', modulePath = '', pinSource, object: _, id: __, ...rest } = parseTokenUri(text)
  const forRoots = use === 'root'
  let held: Uint8Array | undefined
  const pin = async (): Promise<Uint8Array> => {
    // A copy: what is given to the token is erased after its login.
    if (forRoots) return held ? new Uint8Array(held) : refuse('root_passphrase_needed', {})
    return readPassphrase(pinSource ?? '')
  }
  const token = openToken({
    ...{ name: label, module: modulePath, token: { token: label, ...rest }, pin },
    limits: { call: CALL },
  })
  return {
    ...{ label, serial: rest.serial, token, forRoots },
    readPin: async () => {
      if (pinSource === undefined) return
      try {
        held = await readPassphrase(pinSource)
      } catch (error) {
        if (!isMissing(error)) throw error // it was taken away, as it should be
      }
    },
    takePin: (given) => {
      held = new Uint8Array(given)
    },
    dropPin: () => {
      held?.fill(0)
      held = undefined
      token.close()
    },
    hasPin: () => held !== undefined,
  }
}

/** That it has. No PIN is given for it. */
const serialOf = async (kept: KeptToken): Promise<string> => (await inWords(kept, () => kept.token.facts())).serial

/** The key, which is found again by itself after its token was away; what the token does not do is told as the desk says it. */
const inWordsOf = (kept: KeptToken, key: Key): Key =>
  keyElsewhere(key.publicKey, { sign: (data, row) => inWords(kept, () => sign(key, data, row)) })

/** @throws DeskError token_unavailable for whatever a token did not do; root_passphrase_wrong for the PIN of the roots' */
async function inWords<T>({ label, serial, forRoots }: KeptToken, act: () => Promise<T>): Promise<T> {
  const token = serial === undefined ? label : `${label} ${serial}`
  try {
    return await act()
  } catch (error) {
    const why = absenceOf(error)
    if (!why) throw error
    if (why === 'pin' && forRoots) return refuse('root_passphrase_wrong', {}, error)
    return refuse('token_unavailable', { token, why }, error)
  }
}

/** Milliseconds for a signature: most tokens take a few, those in a network some hundred. */
const CALL = 5_000
