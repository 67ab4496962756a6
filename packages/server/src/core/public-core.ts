import { refuse } from '@scel/contract/errors'
import { ENVIRONMENTS } from '@scel/contract/values'
import { ocspError } from '@scel/pki/ocsp'
import type { Authorities } from './authorities/authorities.ts'
import { createResponders, isResponderKey, responderKey } from './authorities/responders.ts'
import { createDirectory } from './issuance/directory.ts'
import type { Signers } from './issuance/signer.port.ts'
import { createSignerPool } from './issuance/signer-pool.ts'
import { keptLists } from './revocation/kept-lists.ts'
import { createOcspResponder, type OcspResponder } from './revocation/ocsp-responder.ts'
import type { Revocation } from './revocation/revocation.ts'
import { type SerialBlock, serialsFrom } from './timestamps/serials.ts'
import { createStampToken } from './timestamps/stamp-token.ts'
import { createStampsInUse, isStampKey } from './timestamps/stamps-in-use.ts'
import { createTimeStamps, type TimeStamps } from './timestamps/time-stamps.ts'
import type { Reading } from './work.ts'
import type { World } from './world.ts'

/** What the rules of the public door stand on: a database to read, and the few keys that answer strangers. */
export interface PublicOutside {
  readonly work: Reading
  readonly world: World
  readonly signers: Pick<Signers, 'has' | 'open'>
  /** Takes serial numbers of time stamps, durably. */
  readonly takeSerials: () => Promise<SerialBlock>
  /** Whether the database is an older copy than the desk remembers: it may call good what was revoked. */
  readonly isOlder: () => boolean
  /** How often it was found to be: what is read while this changes may be of the copy. */
  readonly doubts: () => number
  /** Whether the clock is known to be wrong: what is dated by it now would say what is not so. */
  readonly isWrong: () => boolean
}

/** The rules of the public door alone. They write nothing, and need no key but those of `isPublicKey`. */
export interface PublicCore {
  readonly revocation: Pick<Revocation, 'crl'>
  readonly authorities: Pick<Authorities, 'certificate'>
  readonly ocsp: OcspResponder
  readonly timeStamps: TimeStamps
  /** Opens and reads what the first answers need, so that they wait for nobody. Never throws: they will say what is missing. */
  warmUp(): Promise<void>
  /** Drops the keys from memory. */
  close(): void
}

export function buildPublicCore({ work, world, signers, takeSerials, isWrong, ...doubt }: PublicOutside): PublicCore {
  const pool = createSignerPool(signers)
  const directory = createDirectory({ work, world, signers })
  const { isOlder, doubts } = doubt
  let lists = { kept: keptLists(work), since: doubts() }
  const responders = createResponders({ work, world })
  const ocsp = createOcspResponder({ work, world, pool, directory, responders })
  const inUse = createStampsInUse({ work, world, signers })
  const serials = serialsFrom(takeSerials, world, { ahead: true })
  const requireNewest = (): void => {
    if (isOlder()) refuse('not_ready', { part: 'restored', look: 'failed' })
  }
  /** Of a copy nothing is kept. */
  const keptNow = (): typeof lists => {
    const since = doubts()
    if (lists.since !== since) lists = { kept: keptLists(work), since }
    return lists
  }
  return {
    revocation: {
      crl: async (id) => {
        requireNewest()
        const { kept, since } = keptNow()
        const list = await kept(id)
        requireNewest() // it may have been read on a new connection, of another server
        return since === doubts() ? list : refuse('not_ready', { part: 'restored', look: 'failed' })
      },
    },
    authorities: { certificate: async (id) => (await directory.find(id))?.certificate },
    ocsp: {
      answer: async (der) => {
        if (isOlder() || isWrong()) return LATER
        const since = doubts()
        const answer = await ocsp.answer(der)
        return isOlder() || doubts() !== since ? LATER : answer
      },
    },
    timeStamps: createTimeStamps({ world, inUse, serials, isWrong, token: createStampToken({ pool, directory }) }),
    warmUp: async () => {
      const issuing = (await directory.all()).filter(({ purpose }) => purpose !== 'root')
      await Promise.allSettled([
        ...issuing.map(({ id }) => responders.current(id)),
        ...issuing.map(({ id }) => pool.kept(responderKey(id))),
        ...ENVIRONMENTS.map((environment) => inUse.current(environment)),
        serials.next(),
      ])
    },
    close: () => pool.close(),
  }
}

const LATER = { response: ocspError('tryLater') }

/** Whether a key answers strangers, and nothing else: what it signs makes nobody anybody. */
export const isPublicKey = (keyId: string): boolean => isResponderKey(keyId) || isStampKey(keyId)
