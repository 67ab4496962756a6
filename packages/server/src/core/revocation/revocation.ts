import { fromHex } from '@scel/pki/bytes'
import { sign, usualSignature } from '@scel/pki/crypto'
import { assembleSigned, buildTbsCrl, makeExtension } from '@scel/pki/x509'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Authority } from '../authorities/authority.ts'
import type { Directory } from '../issuance/directory.ts'
import { issuerOf } from '../issuance/issuer.ts'
import type { Signer, Signers } from '../issuance/signer.port.ts'
import type { SignerPool } from '../issuance/signer-pool.ts'
import type { Report } from '../report.ts'
import { isStorageFault } from '../storage-faults.ts'
import type { Work } from '../work.ts'
import { DAY, HOUR, type Instant, instant, later, nowOf, type World } from '../world.ts'
import { coalescing } from './coalescing.ts'
import type { Crl, CrlFacts } from './crl.ts'
import { keptLists } from './kept-lists.ts'
import { listFloor, raiseListFloor } from './list-floor.ts'

export interface Revocation {
  /** The newest list of an authority; undefined when there is no such authority. */
  crl(authorityId: string): Promise<Crl | undefined>
  /**
   * Publishes every list that is missing, old, of a time to come, or behind the revocations. Answers how many. A root's is left
   * out while its passphrase is away; see `Ceremonies`.
   * @param which `roots`: no other
   * @throws AggregateError with the reasons, after the others, when some could not be signed now
   */
  publishDue(which?: 'roots'): Promise<number>
  /** Authorities whose list `publishDue` would publish, roots whose passphrase is away included. */
  due(): Promise<DueList[]>
  /** Publishes the list of one authority now; calls that come while one is drawn up share the next. */
  publish(authorityId: string): Promise<void>
  /**
   * From now on every list has a number above this one. Publishes those that can be signed now; the others are due, and follow
   * when their key is back, or at a ceremony.
   * @returns those that could not be signed, with the reasons
   */
  publishAbove(number: number): Promise<Unpublished[]>
  /**
   * Publishes the list of one authority after a revocation that is stored: it stands, so a list that fails now is told to the
   * operator, and the job publishes. Answers whether the list is there.
   */
  tryPublish(authorityId: string): Promise<boolean>
}

/** A list that is to be published, and until when the one that is there holds. */
export interface DueList {
  readonly authority: Authority
  /** Undefined when there is none. */
  readonly until: Instant | undefined
}

/** A list that could not be signed now. */
export interface Unpublished {
  readonly authority: Authority
  readonly reason: unknown
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly pool: SignerPool
  readonly signers: Pick<Signers, 'rootCustody'>
  readonly directory: Directory
  readonly report: Report
  /** Whether what is signed now has a date to be believed; while it has not, other desks publish. */
  readonly mayDate: () => boolean
  /** Told of every list that was published, before anybody else is. */
  readonly published: () => Promise<void>
}

export function createRevocation(needs: Needs): Revocation {
  const { work, world, pool, signers, directory, report, mayDate, published } = needs
  const draw = async (authorityId: string): Promise<void> => {
    const authority = await directory.find(authorityId)
    if (!authority) return
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await drawOnce(authority))
        return published().catch((error: unknown) => report('the mark was not moved', error))
    }
    throw new Error(`the list of ${authorityId} is drawn up elsewhere at every attempt`)
  }

  /** @returns false when another process published that number meanwhile */
  const drawOnce = async (authority: Authority): Promise<boolean> => {
    const now = nowOf(world)
    const facts = await work.read(async (stores) => ({
      latest: await stores.crls.newest(authority.id),
      floor: await listFloor(stores),
      // Counted first: a revocation that slips in between is listed but not covered, which costs one list too many.
      covers: await stores.revocations.countRevoked(authority.id),
      revoked: await stores.revocations.revokedOf(authority.id, later(now, -EXPIRED_KEPT)),
    }))
    const number = Math.max(facts.latest?.number ?? 0, facts.floor) + 1
    const nextUpdate = later(now, lifeOf(authority))
    const draw = async (signer: Signer): Promise<Uint8Array> => {
      const signature = usualSignature(signer.key)
      const issuer = issuerOf(authority)
      const tbs = buildTbsCrl({
        signature,
        issuer: issuer.name,
        thisUpdate: new Date(now),
        nextUpdate: new Date(nextUpdate),
        entries: facts.revoked.map(({ serial, at, reason }) => ({
          serial: fromHex(serial),
          revokedAt: new Date(at < now ? at : now), // whoever revoked under a clock that was ahead meant: at once
          reason,
        })),
        extensions: [
          makeExtension('authorityKeyIdentifier', { keyIdentifier: issuer.keyIdentifier }),
          makeExtension('cRLNumber', BigInt(number)),
        ],
      })
      return assembleSigned(tbs, signature, await sign(signer.key, tbs, signature))
    }
    // A root's list is a ceremony: its key is in memory for this signature only.
    const der =
      authority.purpose === 'root'
        ? await pool.once(authority.keyId, issuerOf(authority).spki, draw)
        : await draw(await pool.kept(authority.keyId, issuerOf(authority).spki))
    const { covers } = facts
    const entries = facts.revoked.length
    const crl: Crl = { authority: authority.id, number, der, thisUpdate: now, nextUpdate, entries, covers }
    return work.transaction(async (stores) => {
      if (((await stores.crls.newest(authority.id))?.number ?? 0) >= number) return false
      await stores.crls.insert(crl)
      const { environment, id, name } = authority
      const target = { kind: 'authority', id, name } as const
      await record(stores, PUBLISHER, {
        environment,
        at: now,
        action: 'crl.published',
        target,
        facts: { number, entries },
      })
      await stores.outbox.append({ environment, kind: 'authority', target: id, at: now })
      return true
    })
  }

  const publish = coalescing(draw)

  const due = async (): Promise<DueList[]> => {
    const now = nowOf(world)
    const found: DueList[] = []
    for (const authority of await directory.all()) {
      const { latest, floor, revoked } = await work.read(async (stores) => ({
        latest: await stores.crls.newest(authority.id),
        floor: await listFloor(stores),
        revoked: await stores.revocations.countRevoked(authority.id),
      }))
      const isNow = latest !== undefined && latest.thisUpdate <= now && now < renewalOf(authority, latest)
      if (!isNow || latest.covers < revoked || latest.number <= floor)
        found.push({ authority, until: latest?.nextUpdate })
    }
    return found
  }

  return {
    publish,
    due,
    publishAbove: async (number) => {
      await work.transaction((stores) => raiseListFloor(stores, number))
      const unpublished: Unpublished[] = []
      for (const authority of await directory.all()) {
        try {
          await drawOnce(authority)
        } catch (reason) {
          if (isStorageFault(reason)) throw reason
          unpublished.push({ authority, reason })
        }
      }
      return unpublished
    },
    tryPublish: async (authorityId) => {
      try {
        if (!mayDate()) throw new Error('the clock of this host is wrong: a list is left to desks whose clock is right')
        await publish(authorityId)
        return true
      } catch (error) {
        report('a list is behind its revocations', error)
        return false
      }
    },
    crl: keptLists(work),
    publishDue: async (which) => {
      const away = (await signers.rootCustody()) === 'away'
      let published = 0
      const failed: unknown[] = []
      for (const { authority } of await due()) {
        const isRoot = authority.purpose === 'root'
        if (isRoot ? away : which === 'roots') continue
        try {
          await publish(authority.id)
          published++
        } catch (error) {
          if (isStorageFault(error)) throw error
          failed.push(error) // its key is away: the lists of the others do not wait for it
        }
      }
      if (failed.length > 0) throw new AggregateError(failed, 'lists could not be published')
      return published
    },
  }
}

const lifeOf = (authority: Authority): number => (authority.purpose === 'root' ? ROOT_LIFE : LIFE)

/** Issuing authorities publish daily; a root, whose key is away, a month before its list ends. */
const renewalOf = (authority: Authority, crl: CrlFacts): Instant =>
  authority.purpose === 'root'
    ? later(crl.nextUpdate, -30 * DAY)
    : instant(new Date(Date.parse(crl.thisUpdate) + DAILY))

const PUBLISHER: DeskActor = { kind: 'desk', name: 'revocation' }
const ATTEMPTS = 5
const LIFE = 7 * DAY
const ROOT_LIFE = 365 * DAY
const DAILY = 24 * HOUR
// RFC 5280 §3.3: an entry stays until it appears on one list after the certificate's end; lists come daily.
const EXPIRED_KEPT = 8 * DAY
