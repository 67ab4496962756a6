import { defaultSignature } from '@scel/pki/algorithms'
import { generateKeyPair } from '@scel/pki/crypto'
import { assembleSigned, buildName, buildTbsCertificate, makeExtension, makeMailName } from '@scel/pki/x509'
import type { Authority } from '../../core/authorities/authority.ts'
import type { Certificate } from '../../core/certificates/certificate.ts'
import type { Credential } from '../../core/credentials/credential.ts'
import type { Kit } from '../../core/kits/kit.ts'
import type { Organisation } from '../../core/organisations/organisation.ts'
import { applicantOwner, THE_DESK } from '../../core/owner.ts'
import type { Grant } from '../../core/people/grants/grant.ts'
import type { Invitation } from '../../core/people/links/invitation.ts'
import type { Person } from '../../core/people/person.ts'
import type { Session } from '../../core/people/sessions/session.ts'
import type { NewRequest } from '../../core/registration/request.ts'
import type { Service } from '../../core/services/service.ts'
import type { Stores } from '../../core/work.ts'

// Values for the tests of the stores: each whole, and different in what a test names.

export const NOW = '2026-03-01T12:00:00.000Z'
/** An instant some days from `NOW`. */
export const day = (days: number): string => new Date(Date.parse(NOW) + days * 86_400_000).toISOString()

export const PRODUCTION = { environment: 'production' } as const
export const TEST = { environment: 'test' } as const
/** The scopes of organisations, the first that of `stage`; and where what is of them is. */
export const OURS = { environment: 'production', within: ['ours'] } as const
export const THEIRS = { environment: 'production', within: ['theirs'] } as const
export const AT_OURS = { environment: 'production', organisation: 'ours' } as const
export const AT_THEIRS = { environment: 'production', organisation: 'theirs' } as const

export const organisation = (id: string, more: Partial<Organisation> = {}): Organisation => ({
  id,
  environment: 'production',
  code: id.toUpperCase(),
  name: `Organisation ${id}`,
  country: 'FR',
  nameSuffixes: [],
  createdAt: NOW,
  ...more,
})

export const service = (id: string, of: string, more: Partial<Service> = {}): Service => ({
  id,
  environment: 'production',
  organisation: of,
  name: id,
  createdAt: NOW,
  ...more,
})

export const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  environment: 'production',
  name: `Person ${id}`,
  email: `${id}@example.org`,
  emailBy: 'invitation',
  state: 'active',
  language: 'fr',
  createdAt: NOW,
  ...more,
})

export const grant = (id: string, of: string, more: Partial<Grant> = {}): Grant => ({
  id,
  environment: 'production',
  person: of,
  role: 'administrator',
  place: { kind: 'environment' },
  from: NOW,
  givenBy: { kind: 'desk', name: 'host' },
  ...more,
})

export const invitation = (hash: string, of: string, more: Partial<Invitation> = {}): Invitation => ({
  id: `id of ${hash}`,
  hash,
  environment: 'production',
  person: of,
  createdAt: NOW,
  expiresAt: day(3),
  ...more,
})

export const session = (id: string, of: string, more: Partial<Session> = {}): Session => ({
  id,
  environment: 'production',
  person: of,
  tokenHash: `hash of ${id}`,
  startedAt: NOW,
  lastSeenAt: NOW,
  expiresAt: day(0.5),
  from: '192.0.2.1',
  agent: 'a browser',
  how: 'certificate',
  credential: `credential of ${of}`,
  strength: 'high',
  ...more,
})

export const credential = (id: string, of: string, more: Partial<Credential> = {}): Credential => ({
  id,
  environment: 'production',
  person: of,
  kind: 'certificate',
  strength: 'high',
  handle: `handle of ${id}`,
  name: '',
  createdAt: NOW,
  ...more,
})

export const kit = (id: string, more: Partial<Kit> = {}): Kit => ({
  id,
  environment: 'production',
  organisation: 'ours',
  name: `Kit ${id}`,
  secretHash: 'secret hash',
  rulesDigest: 'rules digest',
  profile: 'workstation',
  store: 'user',
  commonName: 'machine-fingerprint',
  keys: ['ec-p256', 'rsa-3072'],
  proposedKey: 'ec-p256',
  createdWith: 'credential',
  standingApproval: false,
  usesAllowed: 2,
  usesMade: 0,
  refused: 0,
  expiresAt: day(30),
  createdAt: NOW,
  createdBy: { id: 'ada', name: 'Ada' },
  ...more,
})

export const request = (commonName: string, more: Partial<NewRequest> = {}): NewRequest => ({
  environment: 'production',
  organisation: 'ours',
  profile: 'workstation',
  store: 'user',
  state: 'pending',
  commonName,
  subjectKey: commonName.toLowerCase(),
  subject: new Uint8Array([0x30, 0x00]),
  names: [],
  csr: new Uint8Array([0x30, 0x01, 0x00, 0xff]),
  key: `key of ${commonName}`,
  owner: applicantOwner('applicant'),
  askedBy: undefined,
  machine: {
    hostName: 'Poste-042',
    macAddresses: ['00:00:5e:00:53:01'],
    processor: '',
    processorId: '',
    operatingSystem: 'Debian',
    operatingSystemVersion: '13',
    architecture: 'x64',
  },
  contact: { email: 'someone@example.org', description: 'Accueil' },
  from: '192.0.2.7',
  origin: { kind: 'kit', id: 'kit', name: 'Kit kit', of: undefined },
  findings: [{ code: 'key_new', level: 'good', facts: {} }],
  submittedAt: NOW,
  ...more,
})

export const authority = (id: string, more: Partial<Authority> = {}): Authority => ({
  id,
  environment: 'production',
  purpose: 'root',
  name: `Authority ${id}`,
  subject: `CN=Authority ${id}`,
  keyId: `key of ${id}`,
  serial: `01${id.length}`,
  certificate: new Uint8Array([1, 2, 3]),
  fingerprint: `fingerprint of ${id}`,
  notBefore: NOW,
  notAfter: day(3650),
  createdAt: NOW,
  ...more,
})

export const certificate = (id: string, more: Partial<Certificate> = {}): Certificate => ({
  id,
  environment: 'production',
  organisation: 'ours',
  profile: 'workstation',
  authority: 'machines',
  serial: `5e${Buffer.from(id).toString('hex')}`,
  commonName: `ws-${id}`,
  subject: `CN=ws-${id},O=Ours`,
  subjectKey: `ws-${id}`,
  der: new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x80]),
  fingerprint: `fingerprint of ${id}`,
  key: `key of ${id}`,
  notBefore: NOW,
  notAfter: day(365),
  issuedAt: NOW,
  receives: false,
  owner: THE_DESK,
  ...more,
})

const { publicKey } = await generateKeyPair('ec-p256')
const UNSIGNED = defaultSignature('ec-p256')

/** The bytes of a certificate, signed by nobody, of whoever is called so and has these mail addresses. */
export function mailBytes(name: string, addresses: readonly string[]): Uint8Array {
  const subject = buildName([{ type: 'commonName', value: name }])
  const extensions = addresses.length > 0 ? [makeExtension('subjectAltName', addresses.map(makeMailName))] : []
  const serial = new Uint8Array([0x5e])
  const dates = { notBefore: new Date(NOW), notAfter: new Date(day(365)) }
  const wish = { serial, signature: UNSIGNED, issuer: subject, subject, ...dates, publicKey, extensions }
  return assembleSigned(buildTbsCertificate(wish), UNSIGNED, new Uint8Array(64))
}

/** Two organisations, a kit, an administrator, a root and its authority for machines: what most rows lean on. */
export async function stage(stores: Stores): Promise<void> {
  await stores.organisations.insert(organisation('ours'))
  await stores.organisations.insert(organisation('theirs'))
  await stores.kits.insert(kit('kit', { usesAllowed: 1_000_000 }))
  await stores.kits.insert(kit('their kit', { organisation: 'theirs' }))
  await stores.people.insert(person('ada'))
  await stores.grants.insert(grant('grant of ada', 'ada'))
  await stores.authorities.insert(authority('root'))
  await stores.authorities.insert(authority('machines', { purpose: 'machines', parent: 'root', serial: '0202' }))
}
