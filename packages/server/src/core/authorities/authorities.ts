import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { ENVIRONMENTS } from '@scel/contract/values'
import { pemEncode } from '@scel/pki/bytes'
import { publicKeyInfo } from '@scel/pki/x509'
import type { PersonActor } from '../actor.ts'
import { sha256 } from '../hash.ts'
import type { Addresses } from '../issuance/addresses.ts'
import type { Directory } from '../issuance/directory.ts'
import { issuerOf } from '../issuance/issuer.ts'
import type { Signers } from '../issuance/signer.port.ts'
import { may } from '../rights/rights.ts'
import type { Readers, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import type { Authority } from './authority.ts'
import { type Hierarchy, ISSUING, requireLiving } from './hierarchy.ts'
import type { KeysAtHand } from './keys-at-hand.ts'
import { responderKey } from './responders.ts'

export interface Authorities {
  /** First start: makes what is missing of both hierarchies; later: makes nothing. */
  ensure(): Promise<number>
  /** What is public of them, for everybody who signs in; how many certificates each has issued takes a right. */
  list(actor: PersonActor): Promise<{ items: contract.Authority[] }>
  /** The root of each environment, for everybody. */
  roots(): Promise<Root[]>
  /** DER of one authority, for `/ca/:id.cer`; undefined when there is none. */
  certificate(id: string): Promise<Uint8Array | undefined>
  /** The authority itself first, root last. @throws DeskError authority_unavailable */
  chainOf(id: string): Promise<Authority[]>
  /** See `KeysAtHand`. */
  missingKeys(): Promise<string[]>
  /**
   * Opens the keys of each issuing authority that signs here, and of whoever answers OCSP for it.
   * @throws DeskError authority_unavailable when one is gone or damaged, token_unavailable, root_ended
   */
  requireKeys(): Promise<void>
  /** Authorities whose certificates open the mutual-TLS door, DER, roots included: the list sent to clients. */
  clientAuthorities(): Promise<Uint8Array[]>
}

export interface Root {
  readonly environment: contract.Environment
  readonly name: string
  readonly fingerprint: string
  readonly pem: string
  readonly der: Uint8Array
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly directory: Directory
  readonly hierarchy: Hierarchy
  readonly keysAtHand: Pick<KeysAtHand, 'missing'>
  readonly addresses: Addresses
  /** What the newest list of an authority is; given from above, because revocation calls the authorities. */
  readonly newestList: (stores: Readers, authority: string) => Promise<ListFacts | undefined>
}

export function createAuthorities(needs: Needs): Authorities {
  const { work, world, signers, directory, hierarchy, keysAtHand } = needs
  const opened = new Map<string, string>()
  /** Opened once: whether its token is there is asked by itself, and a slow one takes its time for each key. */
  const requireResponder = async (keyId: string, hash: string): Promise<void> => {
    if (!(await signers.has(keyId))) refuse('authority_unavailable', { purpose: keyId })
    if (opened.get(keyId) === hash) return
    const signer = await signers.open(keyId)
    const { publicKey } = signer.key
    signer.close()
    if ((await sha256(publicKey)) !== hash) refuse('authority_unavailable', { purpose: keyId })
    opened.set(keyId, hash)
  }

  return {
    ensure: () => hierarchy.ensure(),
    list: (actor) =>
      work.read(async (stores) => {
        const items: contract.Authority[] = []
        const now = nowOf(world)
        const { environment } = actor
        for (const authority of await stores.authorities.list({ environment })) {
          const seen = await viewOf(stores, authority, needs, now)
          items.push(may(actor, 'read_authorities') ? { ...seen, issued: await issuedBy(stores, authority) } : seen)
        }
        return { items }
      }),
    roots: async () =>
      (await directory.all())
        .filter((authority) => authority.purpose === 'root')
        .map(({ environment, name, fingerprint, certificate: der }) => ({
          environment,
          name,
          fingerprint,
          pem: pemEncode('CERTIFICATE', der),
          der,
        })),
    certificate: async (id) => (await directory.find(id))?.certificate,
    chainOf: (id) => directory.chainOf(id),
    missingKeys: () => keysAtHand.missing(),
    requireKeys: async () => {
      for (const environment of ENVIRONMENTS) {
        requireLiving(await directory.current(environment, 'root'), nowOf(world))
        for (const purpose of ISSUING) {
          const { id, keyId } = await directory.signing(environment, purpose)
          const signer = await signers.open(keyId)
          signer.close()
          const now = nowOf(world)
          const responder = await work.read((stores) => stores.certificates.latestOf(id, 'ocsp-responder', now))
          if (responder) await requireResponder(responderKey(id), responder.key)
        }
      }
    },
    clientAuthorities: async () =>
      (await directory.all()).filter(({ purpose }) => purpose !== 'desk').map(({ certificate }) => certificate),
  }
}

async function viewOf(
  stores: Readers,
  authority: Authority,
  { addresses, newestList }: Pick<Needs, 'addresses' | 'newestList'>,
  now: Instant,
): Promise<contract.Authority> {
  const { id, purpose, name, subject, parent, serial, fingerprint, notBefore, notAfter } = authority
  const crl = await newestList(stores, id)
  const responder = await stores.certificates.latestOf(id, 'ocsp-responder', now)
  const key = publicKeyInfo(issuerOf(authority).spki)
  return {
    id,
    purpose,
    name,
    subject,
    ...(parent === undefined ? {} : { parent }),
    serial,
    fingerprint,
    key: key.spec ?? `${key.kind}-${key.bits}`,
    notBefore,
    notAfter,
    ...(crl ? { crl: crlView(crl, addresses.crl(id)) } : {}),
    // A root answers by its yearly list alone: its key is away.
    ...(purpose === 'root'
      ? {}
      : { ocsp: { address: addresses.ocsp, ...(responder ? { responderUntil: responder.notAfter } : {}) } }),
    pem: pemEncode('CERTIFICATE', authority.certificate),
  }
}

type CrlView = NonNullable<contract.Authority['crl']>
type ListFacts = Omit<CrlView, 'address'>
const crlView = ({ number, thisUpdate, nextUpdate, entries }: ListFacts, address: string): CrlView => ({
  number,
  thisUpdate,
  nextUpdate,
  entries,
  address,
})

/** A root signs authorities alone. */
const issuedBy = async (stores: Readers, { id, purpose, environment }: Authority): Promise<number> =>
  purpose === 'root'
    ? (await stores.authorities.list({ environment })).filter(({ parent }) => parent === id).length
    : stores.certificates.countOf(id)
