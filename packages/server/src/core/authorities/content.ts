import { DESK_STATEMENT_PURPOSE } from '@scel/contract/kit'
import type { AuthorityPurpose, Environment } from '@scel/contract/values'
import { defaultSignature, keySpecRow } from '@scel/pki/algorithms'
import {
  buildName,
  buildTbsCertificate,
  type Extension,
  keyIdentifier,
  makeExtension,
  type Name,
  validityOf,
} from '@scel/pki/x509'
import { type Addresses, revocationExtensions } from '../issuance/addresses.ts'
import { fitting } from '../issuance/fitting.ts'
import { issuerOf } from '../issuance/issuer.ts'
import { HOUR, newSerial, type World } from '../world.ts'
import type { Authority } from './authority.ts'

export interface AuthorityContent {
  readonly environment: Environment
  readonly purpose: AuthorityPurpose
  readonly deskName: string
  readonly spki: Uint8Array
  /** Absent for a root, which signs itself. */
  readonly parent?: Authority
  /** Which of its environment and purpose it is; from the second on its name says so. @default 1 */
  readonly generation?: number
}

/** The TBSCertificate of an authority. */
export async function buildAuthorityContent(
  world: World,
  addresses: Addresses,
  content: AuthorityContent,
): Promise<Uint8Array> {
  const { purpose, parent, spki } = content
  const subject = nameOf(content)
  const issuer = parent && issuerOf(parent)
  const extensions: Extension[] = [
    ...(issuer ? [makeExtension('authorityKeyIdentifier', { keyIdentifier: issuer.keyIdentifier })] : []),
    makeExtension('subjectKeyIdentifier', await keyIdentifier(spki)),
    // keyCertSign and cRLSign only: what else an authority's key could do is delegated (OCSP) or not wanted.
    makeExtension('keyUsage', ['keyCertSign', 'cRLSign']),
    makeExtension('basicConstraints', { ca: true, pathLength: parent ? 0 : 1 }),
    // In an authority this bounds what lies below (RFC 5280 §4.2.1.12 as practised): machines cannot become people.
    ...(PURPOSES[purpose] ? [makeExtension('extendedKeyUsage', PURPOSES[purpose])] : []),
    ...(parent ? revocationExtensions(addresses, parent.id, { ocsp: false }) : []),
  ]
  const now = new Date(world.now().getTime() - BACKDATED)
  const { notBefore, notAfter } = validityOf(now, parent ? ISSUING_DAYS : ROOT_DAYS)
  return buildTbsCertificate({
    serial: newSerial(world),
    signature: defaultSignature(keySpecRow(issuer?.spki ?? spki).spec),
    issuer: issuer?.name ?? subject,
    notBefore,
    // What outlives its issuer verifies nowhere towards its end (RFC 5280 §6.1 asks at one moment).
    notAfter: issuer && issuer.notAfter < notAfter ? issuer.notAfter : notAfter,
    subject,
    publicKey: spki,
    extensions,
  })
}

function nameOf({ environment, purpose, deskName, generation = 1 }: AuthorityContent): Name {
  // The desk's name is cut so far that the title and the environment have room within the 64 of a common name.
  const name = [...deskName.trim()].slice(0, 48).join('').trim()
  const commonName = `${name} ${TITLES[purpose]}${environment === 'test' ? ' Test' : ''}${generation > 1 ? ` ${generation}` : ''}`
  return buildName([fitting('organizationName', deskName), { type: 'commonName', value: commonName }])
}

const TITLES: Readonly<Record<AuthorityPurpose, string>> = {
  root: 'Root',
  machines: 'Machines',
  people: 'People',
  desk: 'Desk',
}
const PURPOSES: Readonly<Partial<Record<AuthorityPurpose, readonly string[]>>> = {
  machines: ['clientAuth', 'serverAuth'],
  people: ['clientAuth', 'emailProtection'],
  desk: ['serverAuth', 'timeStamping', DESK_STATEMENT_PURPOSE],
}
const ROOT_DAYS = 20 * 365 + 5
const ISSUING_DAYS = 10 * 365 + 2
// Older than anything issued below, backdating included.
const BACKDATED: number = HOUR
