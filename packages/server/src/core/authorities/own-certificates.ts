import { pemEncode } from '@scel/pki/bytes'
import { buildName, parseCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import type { SettledConfig } from '../config.ts'
import type { Directory } from '../issuance/directory.ts'
import { fitting } from '../issuance/fitting.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import type { Authority } from './authority.ts'
import { hasNames } from './has-names.ts'
import { isDue } from './is-due.ts'
import type { KeysAtHand } from './keys-at-hand.ts'
import type { AskOwn } from './own-order.ts'
import { responderKey } from './responders.ts'

/** The desk's own certificates: its TLS identity and its OCSP responders. */
export interface OwnCertificates {
  /** Issues what is missing or has less than a third of its life left. */
  renewDue(): Promise<{ tls: boolean; responders: number }>
  /**
   * Key and chain of the listener; issued when there is none, it is due, or the names changed.
   * @param names host names and addresses that people type, the public name first
   */
  tlsIdentity(names: readonly string[]): Promise<TlsIdentity>
}

export interface TlsIdentity {
  /** PEM, leaf first, without the root. */
  readonly chain: string
  /** PEM, PKCS#8. */
  readonly key: string
  readonly notAfter: Instant
  /** Changes when the certificate does. */
  readonly fingerprint: string
}

const TLS_KEY = 'desk-tls'

interface Needs {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly directory: Directory
  readonly keysAtHand: Pick<KeysAtHand, 'has'>
  readonly askOwn: AskOwn
  readonly profiles: Profiles
  readonly config: SettledConfig
}

export function createOwnCertificates(needs: Needs): OwnCertificates {
  const { work, world, signers, directory, keysAtHand, askOwn, profiles, config } = needs
  let tlsNames: readonly string[] | undefined

  const latest = (authority: Authority, profile: Profile): Promise<Certificate | undefined> =>
    work.read((stores) => stores.certificates.latestOf(authority.id, profile.name, nowOf(world)))

  const renewResponder = async (authority: Authority): Promise<boolean> => {
    const profile = profiles.own['ocsp-responder']
    const current = await latest(authority, profile)
    if (current && !isDue(current, nowOf(world))) return false
    const subject = buildName([
      fitting('organizationName', config.deskName),
      { type: 'commonName', value: `${[...authority.name].slice(0, 59).join('')} OCSP` },
    ])
    await askOwn({ authority, profile, keyId: responderKey(authority.id), use: 'responder', subject })
    return true
  }

  const renewTls = async (names: readonly string[]): Promise<{ certificate: Certificate; renewed: boolean }> => {
    const authority = await directory.signing('production', 'desk')
    const profile = profiles.own['desk-tls']
    const current = await latest(authority, profile)
    const usable = current && (await signers.has(TLS_KEY)) && !isDue(current, nowOf(world))
    if (usable && hasNames(parseCertificate(current.der), names)) return { certificate: current, renewed: false }
    const subject = buildName([
      fitting('organizationName', config.deskName),
      fitting('commonName', names[0] ?? 'localhost'),
    ])
    const certificate = await askOwn({ authority, profile, keyId: TLS_KEY, subject, names, use: 'listener' })
    return { certificate, renewed: true }
  }

  return {
    renewDue: async () => {
      let renewed = 0
      for (const authority of await directory.all()) {
        // An authority of another desk is that one's to answer for: a key that is made here would stand in the way of its own.
        if (authority.purpose === 'root' || !(await keysAtHand.has(authority))) continue
        if (await renewResponder(authority)) renewed++
      }
      return { tls: tlsNames ? (await renewTls(tlsNames)).renewed : false, responders: renewed }
    },
    tlsIdentity: async (names) => {
      tlsNames = [...names]
      const { certificate } = await renewTls(names)
      const issuers = (await directory.chainOf(certificate.authority)).filter(({ parent }) => parent !== undefined)
      return {
        chain: [certificate.der, ...issuers.map((one) => one.certificate)]
          .map((der) => pemEncode('CERTIFICATE', der))
          .join(''),
        key: pemEncode('PRIVATE KEY', await signers.exportKey(TLS_KEY)),
        notAfter: certificate.notAfter,
        fingerprint: certificate.fingerprint,
      }
    },
  }
}
