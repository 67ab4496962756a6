import { refuse } from '@scel/contract/errors'
import type { Environment } from '@scel/contract/values'
import { equal } from '@scel/pki/bytes'
import { isPkiError, type PkiError } from '@scel/pki/errors'
import { type PathBudget, validatePath } from '@scel/pki/path'
import {
  extension,
  formatName,
  nameValue,
  type Certificate as ParsedCertificate,
  parseCertificate,
  sameName,
  verifyIssuedBy,
} from '@scel/pki/x509'
import type { Authority } from '../authorities/authority.ts'
import { sha256 } from '../hash.ts'
import type { Directory } from '../issuance/directory.ts'
import type { Work } from '../work.ts'
import { DAY, type World } from '../world.ts'
import type { Certificate } from './certificate.ts'

export interface Judge {
  /**
   * Judges a client certificate by our own path validation, revocation included, at this moment.
   * @param der what the peer showed, undefined when nothing
   * @throws DeskError certificate_missing, certificate_unreadable, certificate_unknown_authority,
   *   certificate_not_issued_here, certificate_expired_at, certificate_not_valid_before, certificate_is_revoked,
   *   certificate_wrong_purpose, certificate_refused
   */
  clientCertificate(der: Uint8Array | undefined): Promise<Judged>
  /** Whose log a refused certificate belongs in: the environment of the authority it names; production for strangers. */
  concerns(der: Uint8Array): Promise<Concerned>
}

export interface Concerned {
  readonly environment: Environment
  /** What the certificate calls its holder; nothing of it is proved. */
  readonly claims: string
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string
  /** Our record of it, when it was issued here: byte for byte, so that its names are ours. */
  readonly certificate?: Certificate
}

export interface Judged {
  readonly environment: Environment
  /** The row of the certificate, with its organisation and request. */
  readonly certificate: Certificate
  readonly organisation?: { readonly code: string; readonly name: string }
  /** Of the authority that issued it. */
  readonly issuer: { readonly id: string; readonly name: string; readonly purpose: 'machines' | 'people' }
  /** Whole days until its end. */
  readonly daysLeft: number
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly directory: Directory
}

export function createJudge({ work, world, directory }: Needs): Judge {
  const issuerOf = async (leaf: ParsedCertificate): Promise<Authority> => {
    for (const authority of await directory.all()) {
      if (authority.purpose === 'root') continue
      const issuer = parsed(authority)
      if (sameName(leaf.issuer, issuer.subject) && (await holds(() => verifyIssuedBy(leaf, issuer)))) return authority
    }
    return refuse('certificate_unknown_authority', { issuer: formatName(leaf.issuer, 'rfc4514').slice(0, 200) })
  }

  const rowOf = (authority: Authority, leaf: ParsedCertificate) =>
    work.read(async (stores) => {
      const certificate = await stores.certificates.findBySerial(authority.id, leaf.serialHex)
      // The bytes count, not the number: a second certificate with our serial was never issued here.
      if (!certificate || !equal(certificate.der, leaf.der)) return undefined
      const { environment, organisation: id } = certificate
      const organisation = id === undefined ? undefined : await stores.organisations.find({ environment }, id)
      return { certificate, organisation }
    })

  const judge = async (leaf: ParsedCertificate): Promise<Judged> => {
    const at = world.now()
    const authority = await issuerOf(leaf)
    const row = (await rowOf(authority, leaf)) ?? refuse('certificate_not_issued_here', { serial: leaf.serialHex })
    const { certificate, organisation } = row
    if (certificate.revoked) refuse('certificate_is_revoked', certificate.revoked)
    if (at > leaf.notAfter) refuse('certificate_expired_at', { at: certificate.notAfter })
    if (at < leaf.notBefore) refuse('certificate_not_valid_before', { at: certificate.notBefore })
    const purposes = extension(leaf, 'extendedKeyUsage') ?? []
    const purpose = authority.purpose
    if (!purposes.includes('clientAuth') || (purpose !== 'machines' && purpose !== 'people')) {
      refuse('certificate_wrong_purpose', { purpose: 'clientAuth' })
    }
    const above = (await directory.chainOf(authority.id)).map(parsed)
    await validatePath({
      leaf,
      intermediates: above.slice(0, -1),
      anchors: above.slice(-1),
      at,
      purpose: 'clientAuth',
      budget: BUDGET,
      // Revocation of the leaf was asked above, in the same database that the lists are drawn from.
      revocation: () => 'good',
    })
    return {
      environment: certificate.environment,
      certificate,
      ...(organisation ? { organisation: { code: organisation.code, name: organisation.name } } : {}),
      issuer: { id: authority.id, name: authority.name, purpose: purpose as 'machines' | 'people' },
      daysLeft: Math.floor((leaf.notAfter.getTime() - at.getTime()) / DAY),
    }
  }

  return {
    clientCertificate: async (der) => {
      if (der === undefined || der.length === 0) refuse('certificate_missing', {})
      try {
        return await judge(readLeaf(der))
      } catch (error) {
        if (isPkiError(error)) return refuse('certificate_refused', { why: wordsOf(error) }, error)
        throw error
      }
    },
    concerns: async (der) => {
      const leaf = readLeaf(der)
      const named = (await directory.all()).filter((authority) => sameName(leaf.issuer, parsed(authority).subject))
      let row: Certificate | undefined
      for (const authority of named) row ??= (await rowOf(authority, leaf))?.certificate
      // The log keeps the beginning of it: what erasing somebody finds it by is not cut off.
      const { subject } = leaf
      const name = nameValue(subject, 'commonName') ?? nameValue(subject, 'emailAddress')
      const claims = (name ?? formatName(subject, 'rfc4514')).slice(0, 100)
      const environment = row?.environment ?? named[0]?.environment ?? 'production'
      return { environment, claims, fingerprint: await sha256(der), ...(row ? { certificate: row } : {}) }
    },
  }
}

/** What anybody may show: read no further than what could be ours. */
function readLeaf(der: Uint8Array): ParsedCertificate {
  if (der.length > LONGEST_LEAF) refuse('certificate_unreadable', {})
  try {
    return parseCertificate(der)
  } catch (error) {
    if (isPkiError(error)) return refuse('certificate_unreadable', {}, error)
    throw error
  }
}

/** A signature of a kind that none of our authorities makes was not made by them. */
async function holds(verify: () => Promise<boolean>): Promise<boolean> {
  try {
    return await verify()
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

const wordsOf = (error: PkiError): string => error.code.replaceAll('_', ' ')

/** Octets. A certificate of the desk with a long key and a dozen names has 3 KiB. */
const LONGEST_LEAF = 16_384
/** For a chain that the desk itself made: leaf, authority, root, with few names each. What a peer sent besides is never looked at. */
const BUDGET: Partial<PathBudget> = {
  signatures: 4,
  steps: 32,
  nameComparisons: 2_000,
  policies: 200,
  certificates: 4,
}

const known = new WeakMap<Authority, ParsedCertificate>()
function parsed(authority: Authority): ParsedCertificate {
  let certificate = known.get(authority)
  if (!certificate) {
    certificate = parseCertificate(authority.certificate)
    known.set(authority, certificate)
  }
  return certificate
}
