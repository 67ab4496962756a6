import { hasDeskCode, refuse } from '@scel/contract/errors'
import { type DeskStatement, OLDEST_LIST, type SignedStatement } from '@scel/contract/kit'
import { pemEncode, toBase64, utf8 } from '@scel/pki/bytes'
import { signBytes } from '@scel/pki/cms'
import { isPkiError } from '@scel/pki/errors'
import { buildName, parseCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import type { SettledConfig } from '../config.ts'
import { sha256 } from '../hash.ts'
import type { Directory } from '../issuance/directory.ts'
import { fitting } from '../issuance/fitting.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { SignerPool } from '../issuance/signer-pool.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Work } from '../work.ts'
import { DAY, HOUR, type Instant, instant, later, MINUTE, nowOf, type World } from '../world.ts'
import { isDue } from './is-due.ts'
import type { AskOwn } from './own-order.ts'

/** What the desk says of itself, signed under production's root: how programs tell it from whoever passes themselves off as it. */
export interface DeskStatements {
  /**
   * Signed within the last hour, and since the newest list of revoked certificates, which it carries.
   * Under a clock that is known to be wrong, the last one from before.
   * @throws DeskError authority_unavailable while the key is away, or the newest list is older than anybody takes; not_ready where there is
   *   none from before
   */
  current(where: Whereabouts): Promise<SignedStatement>
  /** Issues the certificate that statements are signed under, where it is missing, revoked, or has less than a third of its life left. */
  renewDue(): Promise<boolean>
  /** Whether a statement could be signed that is taken. Makes nothing. @throws DeskError authority_unavailable */
  requireVoice(): Promise<void>
}

/** Where the desk is, and what the certificate it shows there is checked against. */
export interface Whereabouts {
  readonly services: DeskStatement['services']
  /** PEM: see `Identity` of the mutual door. */
  readonly tls: { readonly anchor: string; readonly given: boolean }
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly pool: SignerPool
  readonly signers: Signers
  readonly directory: Directory
  readonly askOwn: AskOwn
  readonly profiles: Profiles
  readonly config: SettledConfig
  /** Whether the clock is known to be wrong: what is said then has a date that is not so. */
  readonly isWrong: () => boolean
  /** The newest list of an authority; given from above, because revocation calls the authorities. */
  readonly list: (authority: string) => Promise<Listed | undefined>
}

interface Listed {
  readonly der: Uint8Array
  readonly number: number
  readonly thisUpdate: Instant
}

export function createDeskStatements(needs: Needs): DeskStatements {
  const { work, world, pool, signers, directory, askOwn, profiles, config } = needs
  const profile = profiles.own['desk-statement']
  let last: { readonly key: string; readonly since: number; readonly signed: SignedStatement } | undefined
  let known: { readonly voice: Voice; readonly since: number } | undefined
  let renewing: Promise<boolean> | undefined
  let failed: { readonly error: unknown; readonly since: number } | undefined

  /** Of keys that are here: they stay what they are. */
  const hashes = new Map<string, string>()
  const hashOf = async (keyId: string): Promise<string | undefined> => {
    const signer = await signers.open(keyId).catch((error: unknown) => {
      if (hasDeskCode(error, 'authority_unavailable') || isPkiError(error)) return undefined
      throw error
    })
    if (!signer) return undefined
    const hash = await sha256(signer.key.publicKey)
    signer.close()
    hashes.set(keyId, hash)
    return hash
  }
  /** Keys of a month that are here, the oldest first. */
  const keysOf = async (month: string): Promise<string[]> => {
    const found: string[] = []
    while (await signers.has(keyOf(month, found.length + 1))) found.push(keyOf(month, found.length + 1))
    return found
  }
  /** The certificates of a key that is here: each desk of one database has its own. @returns undefined for a key that does not open */
  const certificatesOf = async (keyId: string): Promise<Certificate[] | undefined> => {
    const key = hashes.get(keyId) ?? (await hashOf(keyId))
    if (key === undefined) return undefined
    const found = await work.read((stores) => stores.certificates.ofKey({ environment: 'production' }, key))
    return found
      .filter((one) => one.profile === profile.name)
      .toSorted((one, other) => (one.notAfter < other.notAfter ? 1 : -1))
  }
  /** What statements are signed with now: this month's key; that of the last one while this month's has no certificate. */
  const voice = async (): Promise<Voice | undefined> => {
    const now = nowOf(world)
    for (const month of [monthOf(now), monthOf(later(`${monthOf(now)}-01T00:00:00.000Z`, -DAY))]) {
      for (const keyId of (await keysOf(month)).reverse()) {
        const all = await certificatesOf(keyId)
        const certificate = !all || isSpoilt(all) ? undefined : all.find((one) => isGood(one, now))
        if (certificate) return { keyId, certificate }
      }
    }
    return undefined
  }
  const issue = async (keyId: string): Promise<Certificate> =>
    askOwn({
      authority: await directory.signing('production', 'desk'),
      profile,
      keyId,
      use: 'statement',
      subject: buildName([
        fitting('organizationName', config.deskName),
        { type: 'commonName', value: `${[...config.deskName].slice(0, 54).join('')} Statement` },
      ]),
    })

  const renew = async (): Promise<boolean> => {
    const now = nowOf(world)
    const keys = await keysOf(monthOf(now))
    const newest = keys.at(-1)
    const certified = newest === undefined ? [] : await certificatesOf(newest)
    // A key that does not open is of no use either: the next one takes its place.
    const spoilt = !certified || isSpoilt(certified)
    if (!spoilt && certified.some((one) => isGood(one, now) && !isDue(one, now))) return false
    await issue(newest === undefined || spoilt ? keyOf(monthOf(now), keys.length + 1) : newest)
    return true
  }
  /** Once for all who ask meanwhile. */
  const renewOnce = (): Promise<boolean> => {
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
    return renewing
  }
  const look = async (): Promise<Voice | undefined> => {
    const found = await voice()
    known = found && { voice: found, since: world.elapsed() }
    return found
  }
  /** Which keys there are is looked at once a minute; whether the certificate counts, at every call. */
  const stillGood = async (): Promise<Voice | undefined> => {
    if (!known || world.elapsed() - known.since >= MINUTE) return undefined
    const { keyId, certificate } = known.voice
    const all = (await certificatesOf(keyId)) ?? []
    const row = all.find(({ id }) => id === certificate.id)
    return row && isGood(row, nowOf(world)) && !isSpoilt(all) ? known.voice : undefined
  }
  /**
   * The voice for whoever calls. The job sees to it in time; after a revocation, or at the first call of all, a call does what the job
   * would do in a minute. What just failed is not tried again for each caller.
   */
  const voiceNow = async (): Promise<Voice> => {
    const found = (await stillGood()) ?? (await look())
    if (found) return found
    if (failed && world.elapsed() - failed.since < MINUTE) throw failed.error
    try {
      await renewOnce()
    } catch (error) {
      failed = { error, since: world.elapsed() }
      throw error
    }
    return (await look()) ?? refuse('authority_unavailable', { purpose: 'desk' })
  }

  const sign = async (
    text: string,
    { keyId, certificate: found }: Voice,
    lists: readonly Listed[],
  ): Promise<Uint8Array> => {
    const certificate = parseCertificate(found.der)
    const { key } = await pool.kept(keyId, certificate.publicKey.spki)
    const above = (await directory.chainOf(found.authority)).filter(({ parent }) => parent !== undefined)
    return signBytes(utf8(text), {
      signers: [{ certificate, key }],
      certificates: above.map((one) => parseCertificate(one.certificate)),
      crls: lists.map(({ der }) => der),
      capabilities: [],
      at: world.now(),
    })
  }

  /** The newest lists of those who certify a key. */
  const listsFor = async ({ authority }: Certificate): Promise<Listed[]> => {
    const lists: Listed[] = []
    for (const { id } of await directory.chainOf(authority)) {
      const listed = await needs.list(id)
      if (listed) lists.push(listed)
    }
    return lists
  }
  /**
   * A statement counts with a list of two days at most, so that without one none is signed: those who ask hear what is wrong here, and not
   * that somebody else answers. @throws DeskError authority_unavailable
   */
  const requireList = async ({ authority }: Certificate): Promise<void> => {
    const listed = await needs.list(authority)
    if (!listed || listed.thisUpdate < later(nowOf(world), -OLDEST_LIST))
      refuse('authority_unavailable', { purpose: 'desk' })
  }

  return {
    current: async ({ services, tls }) => {
      const pemOf = async (environment: 'production' | 'test'): Promise<string> =>
        pemEncode('CERTIFICATE', (await directory.current(environment, 'root')).certificate)
      const [production, test] = [await pemOf('production'), await pemOf('test')]
      // The listener's certificate comes from production's hierarchy, unless the operator gave one.
      const roots = { production, test, desk: tls.given ? tls.anchor : production, tls: tls.anchor }
      const what: Omit<DeskStatement, 'saidAt'> = { format: 'scel-desk/1', name: config.deskName, services, roots }
      const said = JSON.stringify(what)
      if (needs.isWrong()) return last?.signed ?? refuse('not_ready', { part: 'clock', look: 'failed' })
      const by = await voiceNow()
      await requireList(by.certificate)
      const lists = await listsFor(by.certificate)
      const key = JSON.stringify([said, by.certificate.id, lists.map(({ number }) => number)])
      if (last && last.key === key && world.elapsed() - last.since < HOUR) return last.signed
      const text = JSON.stringify({ ...what, saidAt: instant(world.now()) } satisfies DeskStatement)
      const statement = await sign(text, by, lists)
      last = { key, since: world.elapsed(), signed: { root: production, statement: toBase64(statement) } }
      return last.signed
    },
    renewDue: renewOnce,
    requireVoice: async () => {
      const by = (await stillGood()) ?? (await look()) ?? refuse('authority_unavailable', { purpose: 'desk' })
      await requireList(by.certificate)
    },
  }
}

/** A key of this desk's own with a certificate that is good now. */
interface Voice {
  readonly keyId: string
  readonly certificate: Certificate
}

/** One of whose certificates was revoked, whichever and for whatever reason: who has the key has it under the others as well. */
const isSpoilt = (certificates: readonly Certificate[]): boolean => certificates.some(({ revoked }) => revoked)

const isGood = ({ revoked, notBefore, notAfter }: Certificate, now: Instant): boolean =>
  !revoked && notBefore <= now && now < notAfter

/** A key of each desk's own, and of each month: one that got into other hands is of no use long after it was taken away. */
const keyOf = (month: string, number: number): string => `${KEY}-${month}${number === 1 ? '' : `-${number}`}`
const monthOf = (at: Instant): string => at.slice(0, 7)
const KEY = 'desk-statement'
