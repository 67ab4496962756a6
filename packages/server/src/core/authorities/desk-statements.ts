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
   * Signed within the last hour.
   * @throws DeskError authority_unavailable while the key is away
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
}

export function createDeskStatements(needs: Needs): DeskStatements {
  const { work, world, pool, signers, directory, profiles, config } = needs
  const profile = profiles['desk-statement']
  let last: { readonly said: string; readonly since: number; readonly signed: SignedStatement } | undefined

  /** A key of each desk's own, and of each month: one that got into other hands is of no use long after it was taken away. */
  const keyNow = (): string => `${KEY}-${nowOf(world).slice(0, 7)}`
  /** The certificate of a key that is here: each desk of one database has its own. */
  const newest = async (keyId: string): Promise<Certificate | undefined> => {
    if (!(await signers.has(keyId))) return undefined
    const signer = await signers.open(keyId)
    const key = await sha256(signer.key.publicKey)
    signer.close()
    const now = nowOf(world)
    const found = await work.read((stores) => stores.certificates.ofKey({ environment: 'production' }, key))
    const good = found.filter(
      (one) => one.profile === profile.name && !one.revoked && one.notBefore <= now && now < one.notAfter,
    )
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

  const sign = async (text: string): Promise<Uint8Array> => {
    const keyId = keyNow()
    const found = (await newest(keyId)) ?? (await issue(keyId))
    const certificate = parseCertificate(found.der)
    const { key } = await pool.kept(keyId, certificate.publicKey.spki)
    const above = (await directory.chainOf(found.authority)).filter(({ parent }) => parent !== undefined)
    return signBytes(utf8(text), {
      signers: [{ certificate, key }],
      certificates: above.map((one) => parseCertificate(one.certificate)),
      capabilities: [],
      at: world.now(),
    })
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
      if (last && last.said === said && world.elapsed() - last.since < HOUR) return last.signed
      const statement = await sign(JSON.stringify({ ...what, saidAt: instant(world.now()) } satisfies DeskStatement))
      last = { said, since: world.elapsed(), signed: { root: production, statement: toBase64(statement) } }
      return last.signed
    },
    renewDue: async () => {
      const keyId = keyNow()
      const found = await newest(keyId)
      if (found && !isDue(found, nowOf(world))) return false
      await issue(keyId)
      return true
    },
  }
}

const KEY = 'desk-statement'
