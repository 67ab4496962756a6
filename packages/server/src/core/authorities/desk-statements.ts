import { refuse } from '@scel/contract/errors'
import type { DeskStatement, SignedStatement } from '@scel/contract/kit'
import { pemEncode, toBase64, utf8 } from '@scel/pki/bytes'
import { signBytes } from '@scel/pki/cms'
import { buildName, parseCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import type { SettledConfig } from '../config.ts'
import { sha256 } from '../hash.ts'
import type { Directory } from '../issuance/directory.ts'
import { fitting } from '../issuance/fitting.ts'
import type { Issuance } from '../issuance/issuance.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { SignerPool } from '../issuance/signer-pool.ts'
import type { Profiles } from '../profiles/profile.ts'
import type { Work } from '../work.ts'
import { HOUR, instant, nowOf, type World } from '../world.ts'
import { isDue, issueOwn } from './issue-own.ts'

/** What the desk says of itself, signed under production's root: how programs tell it from whoever passes themselves off as it. */
export interface DeskStatements {
  /**
   * Signed within the last hour, and since the newest list of revoked certificates, which it carries.
   * Under a clock that is known to be wrong, the last one from before.
   * @throws DeskError authority_unavailable while the key is away, not_ready where there is none from before
   */
  current(where: Whereabouts): Promise<SignedStatement>
  /** Issues the certificate that statements are signed under, where it is missing or has less than a third of its life left. */
  renewDue(): Promise<boolean>
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
  readonly issuance: Issuance
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
}

/** What a statement is signed with, and what stands beside it: the newest lists of those who certify the key. */
interface Ground {
  readonly keyId: string
  readonly found: Certificate
  readonly lists: readonly Listed[]
}

export function createDeskStatements(needs: Needs): DeskStatements {
  const { work, world, pool, signers, directory, profiles, config } = needs
  const profile = profiles['desk-statement']
  let last: { readonly key: string; readonly since: number; readonly signed: SignedStatement } | undefined

  /** Of keys that are here: they stay what they are. */
  const hashes = new Map<string, string>()
  const hashOf = async (keyId: string): Promise<string> => {
    const signer = await signers.open(keyId)
    const hash = await sha256(signer.key.publicKey)
    signer.close()
    hashes.set(keyId, hash)
    return hash
  }
  const ofKey = async (keyId: string): Promise<Certificate[]> => {
    const key = hashes.get(keyId) ?? (await hashOf(keyId))
    const found = await work.read((stores) => stores.certificates.ofKey({ environment: 'production' }, key))
    return found.filter((one) => one.profile === profile.name)
  }
  /**
   * A key of each desk's own, and of each month: one that got into other hands is of no use long after it was taken away, and none once its
   * certificate was revoked.
   */
  const keyNow = async (): Promise<string> => {
    const ofMonth = `${KEY}-${nowOf(world).slice(0, 7)}`
    for (let n = 1; ; n++) {
      const keyId = n === 1 ? ofMonth : `${ofMonth}-${n}`
      if (!(await signers.has(keyId)) || !(await ofKey(keyId)).some(({ revoked }) => revoked)) return keyId
    }
  }
  /** The certificate of a key that is here: each desk of one database has its own. */
  const newest = async (keyId: string): Promise<Certificate | undefined> => {
    if (!(await signers.has(keyId))) return undefined
    const now = nowOf(world)
    const good = (await ofKey(keyId)).filter((one) => !one.revoked && one.notBefore <= now && now < one.notAfter)
    return good.toSorted((one, other) => (one.notAfter < other.notAfter ? 1 : -1))[0]
  }
  const issue = async (keyId: string): Promise<Certificate> =>
    issueOwn(needs, {
      authority: await directory.signing('production', 'desk'),
      profile,
      keyId,
      use: 'statement',
      subject: buildName([
        fitting('organizationName', config.deskName),
        { type: 'commonName', value: `${[...config.deskName].slice(0, 54).join('')} Statement` },
      ]),
    })

  const sign = async (text: string, { keyId, found, lists }: Ground): Promise<Uint8Array> => {
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

  const groundNow = async (): Promise<Ground> => {
    const keyId = await keyNow()
    const found = (await newest(keyId)) ?? (await issue(keyId))
    const lists: Listed[] = []
    for (const { id } of await directory.chainOf(found.authority)) {
      const listed = await needs.list(id)
      if (listed) lists.push(listed)
    }
    return { keyId, found, lists }
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
      if (needs.isWrong()) return last?.signed ?? refuse('not_ready', { part: 'clock' })
      const ground = await groundNow()
      const key = JSON.stringify([said, ground.found.id, ground.lists.map(({ number }) => number)])
      if (last && last.key === key && world.elapsed() - last.since < HOUR) return last.signed
      const text = JSON.stringify({ ...what, saidAt: instant(world.now()) } satisfies DeskStatement)
      const statement = await sign(text, ground)
      last = { key, since: world.elapsed(), signed: { root: production, statement: toBase64(statement) } }
      return last.signed
    },
    renewDue: async () => {
      const keyId = await keyNow()
      const found = await newest(keyId)
      if (found && !isDue(found, nowOf(world))) return false
      await issue(keyId)
      return true
    },
  }
}

const KEY = 'desk-statement'
