// Who signs: a certificate with its key, from a file that a person names or from the stores of this machine.

import { maySign, type Signer } from '@scel/pki/cms'
import { keyMatches } from '@scel/pki/crypto'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import { chosenIdentity } from '../../identities/chosen-identity.ts'
import type { StoredIdentity } from '../../identities/identities.ts'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from '../input/command.ts'
import { isFileWord } from '../input/file-or-name.ts'
import type { Given } from '../input/given.ts'
import { identitiesMeant, isMeant, isRequestNumber, namesApart } from '../input/identity-meant.ts'
import type { Keys } from '../input/keys.ts'
import { dersOf, type Item, itemsIn } from '../input/material.ts'
import { type LooseKey, usable } from '../input/open-key.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

/** Options of {@link findSigner} besides the one that names who. */
export const SIGNER_OPTIONS: readonly CommandOption[] = [
  { name: 'key', help: 'sign_key', value: 'value_key_file', many: true },
  { name: 'chain', help: 'sign_chain', value: 'value_file', many: true },
]

export interface FoundSigner {
  readonly signer: Signer
  /** What may stand above it, as far as it is at hand. */
  readonly chain: readonly Certificate[]
}

/**
 * The certificate and key of `wanted`: a file (.p12, PEM), an e-mail address, a common name, a fingerprint or the number
 * of a request; without it, the only one of the stores that can sign.
 * @throws signer_missing, signers_several, certificate_of_key_missing, key_missing, keys_several, and what reading,
 *   opening and the stores throw
 */
export async function findSigner(
  session: Shell & State & Keys,
  given: Given,
  wanted: string | undefined,
): Promise<FoundSigner> {
  if (wanted !== undefined && isRequestNumber(wanted)) {
    return fromStore(await chosenIdentity(session, undefined, Number(wanted)))
  }
  if (wanted !== undefined && (await isFileWord(session, wanted))) return fromFile(session, given, wanted)
  const candidates = await identitiesMeant(session, async (certificate) =>
    wanted === undefined ? maySign(certificate) : isMeant(certificate, wanted),
  )
  const [only, ...more] = candidates
  if (only && more.length === 0) return fromStore(only)
  if (only) return stop('signers_several', { count: candidates.length, names: await namesApart(candidates) })
  return wanted === undefined ? stop('signer_missing') : stop('signer_not_found', { wanted })
}

async function fromStore({ store, identity }: StoredIdentity): Promise<FoundSigner> {
  return {
    signer: { certificate: parseCertificate(identity.certificate), key: await store.use(identity) },
    // Without the root, which others trust or do not: it helps nobody in the file.
    chain: identity.chain.map(parseCertificate),
  }
}

async function fromFile(shell: Shell, given: Given, file: string): Promise<FoundSigner> {
  const items = await itemsIn(shell, given, [file])
  const further = await itemsIn(shell, given, given.list('chain'))
  const certificates = [...dersOf(items, 'certificate'), ...dersOf(further, 'certificate')].map(parseCertificate)
  const ofKey = (key: LooseKey): Certificate | undefined =>
    certificates.find(({ publicKey }) => keyMatches(key, publicKey.spki))
  const own = keysOf(items)
  // With several signers the keys beside are meant for one of them each.
  const keys = own.length > 0 ? own : keysOf(await itemsIn(shell, given, given.list('key'))).filter(ofKey)
  const [key, ...more] = keys
  if (!key || more.length > 0) return stop(key ? 'keys_several' : 'key_missing', { file })
  const certificate = ofKey(key) ?? stop('certificate_of_key_missing', { file })
  return { signer: { certificate, key: usable(key) }, chain: certificates.filter((one) => one !== certificate) }
}

const keysOf = (items: readonly Item[]): LooseKey[] =>
  items.flatMap((item) => (item.kind === 'private key' ? [item.key] : []))
