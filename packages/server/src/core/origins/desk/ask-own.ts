import { KEY_CHOICES } from '@scel/contract/values'
import { equal } from '@scel/pki/bytes'
import { buildRequest, makeExtension, parseTbsCertificate } from '@scel/pki/x509'
import { type DeskActor, deskDecider } from '../../actor.ts'
import { hasNames } from '../../authorities/has-names.ts'
import { ownKey } from '../../authorities/own-key.ts'
import type { AskOwn, OwnOrder } from '../../authorities/own-order.ts'
import type { SettledConfig } from '../../config.ts'
import { type ProvenCsr, proveCsrDer } from '../../issuance/csr.ts'
import { type Intent, ownerOfIntent } from '../../issuance/intent.ts'
import type { Issuance } from '../../issuance/issuance.ts'
import { lint } from '../../issuance/linted.ts'
import type { Signers } from '../../issuance/signer.port.ts'
import { askedName } from '../../names/asked-name.ts'
import { THE_DESK } from '../../owner.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import { register } from '../../registration/register.ts'
import type { Work } from '../../work.ts'
import { DAY, isAhead, later, nowOf, type World } from '../../world.ts'
import { ownRequest } from './own-request.ts'

interface Needs {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly issuance: Issuance
  readonly readUnder: ReadUnder
  readonly config: Pick<SettledConfig, 'deskName'>
}

/**
 * What the desk needs for itself, it asks for like everybody else: by a CSR, which shows that it has the key, taken in as a request that it
 * decides itself. What was asked for already and could not be signed is signed now, instead of asking again: while a key is away, nobody's
 * calls fill the database.
 */
export function createAskOwn(needs: Needs): AskOwn {
  const { work, world, signers, issuance, readUnder, config } = needs

  return async (order) => {
    const { authority, profile, keyId, subject, names = [], use } = order
    const spki = await ownKey(signers, keyId, profile.proposedKey, use)
    const begun = await underWay(needs, order, spki)
    if (begun) return issuance.complete({ intent: begun, proof: lint(begun.tbs) })
    const csr = await csrOf(signers, order)
    const wanted = { authority, profile, subject, names: names.map(askedName), spki, key: csr.spec }
    const prepared = await issuance.prepare({ ...wanted, owner: THE_DESK })
    const by = deskDecider(config.deskName)
    const at = nowOf(world)
    const request = ownRequest(order, csr, { deskName: by.name, at }, readUnder)
    const facts = { profile: request.profile }
    const made = await work.transaction((stores) =>
      register(stores, DESK, { request, at, standing: { by, prepared }, facts }),
    )
    return issuance.complete(made.prepared ?? prepared)
  }
}

async function csrOf(signers: Signers, { keyId, subject, names = [] }: OwnOrder): Promise<ProvenCsr> {
  const extensions = names.length > 0 ? [makeExtension('subjectAltName', names.map(askedName))] : []
  const signer = await signers.open(keyId)
  try {
    return await proveCsrDer(await buildRequest({ subject, key: signer.key, extensions }), KEY_CHOICES)
  } finally {
    signer.close()
  }
}

/** The newest that was asked for, for the same key and names, within a day: what could not be signed for so long may never be. */
async function underWay(
  { work, world }: Pick<Needs, 'work' | 'world'>,
  { authority, profile, names = [] }: OwnOrder,
  spki: Uint8Array,
): Promise<Intent | undefined> {
  const now = nowOf(world)
  const open = await work.read((stores) => stores.intents.open())
  return open.findLast((one) => {
    const { authority: by, profile: of, createdAt, tbs } = one
    if (ownerOfIntent(one).kind !== 'desk' || by !== authority.id || of !== profile.name) return false
    if (createdAt < later(now, -DAY) || isAhead(createdAt, now)) return false
    const content = parseTbsCertificate(tbs)
    return equal(content.publicKey.spki, spki) && hasNames(content, names)
  })
}

const DESK: DeskActor = { kind: 'desk', name: 'own certificates' }
