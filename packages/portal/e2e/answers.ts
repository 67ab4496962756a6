import { FINDING_SENTENCES } from '@scel/contract/errors'
import type {
  describeDesk,
  inspectInvitation,
  inspectSignInLink,
  listAuthorities,
  listCredentials,
  listDeliveries,
  listSessions,
  OutputOf,
} from '@scel/contract/routes'
import type {
  AuditAction,
  AuditEvent,
  BlockedApplicant,
  CertificateDetail,
  CertificateSummary,
  DueCeremony,
  Entitlement,
  Grant,
  Kit,
  LogHead,
  MadeWith,
  Me,
  Organisation,
  Person,
  Profile,
  ProfileRef,
  RequestDetail,
  RequestSummary,
  Role,
  Service,
} from '@scel/contract/values'
import { Right } from '@scel/contract/values'
import { IntlMessageFormat } from 'intl-messageformat'

// Answers such as a desk in use gives, typed by the contract: long names, empty fields, every state.

const DAY = 86_400_000
const now = Date.now()
/** An instant so many days from now. */
export const day = (days: number): string => new Date(now + days * DAY).toISOString()
const id = (name: string): string => name.padEnd(22, '0').slice(0, 22)
const hex = (seed: number, bytes: number): string =>
  Array.from({ length: bytes }, (_, at) =>
    ((seed * 131 + at * 89 + at * at * 7) % 256).toString(16).padStart(2, '0'),
  ).join('')

export const POSTE = { id: id('org-poste'), code: 'J1CFRA', name: 'France-LA POSTE' }
export const LONG = {
  id: id('org-long'),
  code: 'METROPOLE-AIX-MARSEILLE-PROVENCE',
  name: 'Établissement public de la Métropole d’Aix-Marseille-Provence-Sud',
}

/** Of whatever waits here for an answer. */
const MARK = 'a'.repeat(64)

export const organisations: Organisation[] = [
  {
    ...POSTE,
    country: 'FR',
    siren: '356000000',
    createdAt: day(-90),
    counts: { managers: 3, kits: 2, pending: 4, certificates: 1284 },
    nameSuffixes: ['laposte.example', 'tri-et-acheminement-des-envois-internationaux.services.example.org'],
    nameOverlaps: [{ suffix: 'services.example.org', organisation: LONG }],
  },
  {
    ...LONG,
    country: 'FR',
    siren: '732829320',
    createdAt: day(-40),
    counts: { managers: 1, kits: 1, pending: 0, certificates: 17 },
    nameSuffixes: ['services.example.org'],
  },
  {
    id: id('org-chpost'),
    code: 'CHPOST',
    name: 'Die Schweizerische Post',
    country: 'CH',
    createdAt: day(-3),
    counts: { managers: 0, kits: 0, pending: 0, certificates: 0 },
    nameSuffixes: [],
  },
]

const service = (name: string, more: Partial<Service> = {}): Service => ({
  id: id(
    `service-${name
      .slice(0, 8)
      .toLowerCase()
      .replace(/[^a-z]/g, '')}`,
  ),
  organisation: POSTE.id,
  name,
  state: 'open',
  createdAt: day(-30),
  ...more,
})
/** Of the first organisation; the others have none. */
export const services: Service[] = [
  service('Colis'),
  service('Tri et acheminement des envois internationaux de l’Île-de-France'),
  service('Télégrammes', { state: 'closed', createdAt: day(-80), closedAt: day(-2) }),
]
const [COLIS, TRI, TELEGRAMS] = services.map(({ id, name }) => ({ id, name }))

const WS = 'ws-k7c2m4qv5xhtb3y6ndr2gsapwe'

const grant = (role: Role, organisation?: Grant['organisation'], more: Partial<Grant> = {}): Grant => ({
  id: id(`grant-${role}-${organisation?.code ?? ''}`),
  role,
  ...(organisation ? { organisation: { id: organisation.id, code: organisation.code, name: organisation.name } } : {}),
  from: day(-120),
  by: 'Claire Fontaine',
  ...more,
})

export const administrator: Person = {
  id: id('person-claire'),
  name: 'Claire Fontaine',
  email: 'claire.fontaine@laposte.example',
  grants: [grant('administrator')],
  state: 'active',
  language: 'fr',
  createdAt: day(-120),
  signIn: { credential: id('cert-claire'), kind: 'certificate', certificate: id('cert-claire'), until: day(245) },
  lastSignInAt: day(-0.02),
}

export const people: Person[] = [
  administrator,
  {
    id: id('person-ana'),
    name: 'Anastasia-Guillemette de La Rochefoucauld-Villeneuve',
    email: 'anastasia-guillemette.de-la-rochefoucauld@metropole.example',
    organisation: LONG,
    grants: [
      grant('manager', LONG),
      grant('manager', POSTE, { until: day(25), service: TRI! }),
      grant('administrator', undefined, {
        from: day(-1),
        by: 'Baptiste Le Goff',
        awaiting: { askedBy: 'Baptiste Le Goff', askedAt: day(-1), mark: MARK, mayConfirm: true },
      }),
    ],
    state: 'active',
    language: 'fr',
    createdAt: day(-39),
    signIn: { credential: id('cert-ana'), kind: 'certificate', certificate: id('cert-ana'), until: day(11) },
    lastSignInAt: day(-6),
  },
  {
    id: id('person-marc'),
    name: 'Marc Olivier',
    email: 'marc.olivier@laposte.example',
    organisation: POSTE,
    grants: [grant('manager', POSTE)],
    state: 'invited',
    language: 'fr',
    createdAt: day(-1),
    invitation: { expiresAt: day(2) },
  },
  {
    id: id('person-lou'),
    name: 'Lou Bertrand',
    email: 'lou.bertrand@laposte.example',
    grants: [grant('administrator')],
    state: 'invited',
    language: 'fr',
    createdAt: day(-0.5),
    invitation: {
      expiresAt: day(2),
      awaiting: { askedBy: 'Baptiste Le Goff', askedAt: day(-1), mark: MARK, mayConfirm: true },
    },
  },
  {
    id: id('person-host'),
    name: 'Administrator',
    grants: [grant('administrator')],
    state: 'invited',
    language: 'en',
    createdAt: day(-0.02),
    invitation: { expiresAt: day(0.02) },
  },
  {
    id: id('person-ines'),
    name: 'Inès Da Costa',
    email: 'ines@audit.example',
    grants: [grant('auditor')],
    state: 'disabled',
    language: 'en',
    createdAt: day(-80),
    signIn: {
      credential: id('cert-ines'),
      kind: 'certificate',
      certificate: id('cert-ines'),
      until: day(200),
      ended: day(-20),
    },
    lastSignInAt: day(-21),
  },
]

/** As the desk's table gives them. */
const rightsOf = (role: Role): Entitlement[] =>
  Right.enum
    .filter((right) => role === 'administrator' || RIGHTS_OF[role].test(right))
    .map((right) => ({
      right,
      reach: role === 'manager' ? 'service' : 'environment',
      ...(role === 'manager' && { organisations: [POSTE] }),
      needs:
        right.startsWith('read_') || right === 'trace_certificates' ? 'low' : KEEPS.has(right) ? 'substantial' : 'high',
    }))
const KEEPS: ReadonlySet<Right> = new Set(['withdraw_requests', 'keep_credentials'])
const RIGHTS_OF = {
  auditor: /^(read_(?!sessions|deliveries)|trace_|keep_)/,
  manager: /^(read_(?!people|sessions|log|deliveries)|decide_|ask_|block_|revoke_|end_standing|keep_)/,
} as const

export const meOf = (environment: Me['environment'], role: Role): Me => ({
  person:
    role === 'administrator'
      ? administrator
      : { ...people[1]!, grants: role === 'manager' ? [grant(role, LONG), grant(role, POSTE)] : [grant(role)] },
  environment,
  session: { id: id('session-1'), startedAt: day(-0.1), expiresAt: day(0.4), how: 'certificate', strength: 'high' },
  rights: rightsOf(role),
  awaiting: role === 'administrator' ? { people: 1, kits: 1 } : { people: 0, kits: 0 },
})

/** Somebody without any grant: what is their own, and nothing else. */
export const newcomer: Me = {
  ...meOf('production', 'auditor'),
  person: { ...people[1]!, grants: [] },
  rights: [
    { right: 'read_requests', reach: 'own', needs: 'low' },
    { right: 'withdraw_requests', reach: 'own', needs: 'substantial' },
    { right: 'read_certificates', reach: 'own', needs: 'low' },
    { right: 'revoke_certificates', reach: 'own', needs: 'substantial' },
    { right: 'read_recipients', reach: 'own', needs: 'low' },
    { right: 'keep_credentials', reach: 'environment', needs: 'substantial' },
  ],
}

export const desk: OutputOf<typeof describeDesk> = {
  name: 'La Poste PKI',
  version: '0.1.0',
  id: id('desk'),
  now: day(0),
  services: { portal: 'https://localhost:8443', mutual: 'https://localhost:8444', public: 'http://localhost:8080' },
  roots: [
    { environment: 'production', name: 'La Poste PKI Root', fingerprint: hex(21, 32), pem: '' },
    { environment: 'test', name: 'La Poste PKI Root Test', fingerprint: hex(22, 32), pem: '' },
  ],
  timeStamps: [
    { environment: 'production', address: 'http://localhost:8080/tsp', policy: '1.2.3' },
    { environment: 'test', address: 'http://localhost:8080/tsp/test', policy: '1.2.3' },
  ],
}

/** The same after an older copy of its database was put back. */
export const restoredDesk: OutputOf<typeof describeDesk> = { ...desk, restored: { since: day(-1) } }

const profile = (name: string, en: string, fr: string, change: Partial<Profile> = {}): Profile => ({
  name,
  title: { en, fr },
  description: {
    en: 'Server certificate. The common name is the public host name; an administrator decides.',
    fr: 'Certificat de serveur. Le nom commun est le nom public de la machine\u00a0; un administrateur décide.',
  },
  family: 'desk',
  commonName: 'desk',
  keys: ['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096'],
  proposedKey: 'ec-p256',
  validityDays: 365,
  keyUsages: { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature'] },
  extendedUsages: ['serverAuth'],
  names: 'none',
  kits: false,
  standingApproval: false,
  managers: false,
  revocable: true,
  ...change,
})

export const profiles: Profile[] = [
  profile('desk-tls', 'Desk (TLS)', 'Service (TLS)'),
  profile('person', 'Person', 'Personne', { family: 'person', commonName: 'person-name' }),
  profile('server', 'Server', 'Serveur', {
    ...{ family: 'machine', commonName: 'host-name', names: 'dNSName', organisationalUnit: 'Server', kits: true },
    offers: { validityDays: { usual: 365, offered: [90, 365, 730] } },
  }),
  profile('time-stamping', 'Desk (time stamps)', 'Service (horodatage)'),
  profile('workstation', 'Workstation', 'Poste de travail', {
    description: {
      en: 'Client certificate. The common name is a fingerprint of the machine; a manager decides.',
      fr: 'Certificat de client. Le nom commun est une empreinte de la machine\u00a0; un gestionnaire décide.',
    },
    ...{ family: 'machine', commonName: 'machine-fingerprint', kits: true, managers: true, standingApproval: true },
  }),
]

const refTo = (wanted: string): ProfileRef => {
  const { name, title } = profiles.find((one) => one.name === wanted)!
  return { name, title }
}
const PROFILE = {
  workstation: refTo('workstation'),
  server: refTo('server'),
  person: refTo('person'),
  desk: refTo('desk-tls'),
  'time-stamping': refTo('time-stamping'),
} as const

const summary = (number: number, change: Partial<RequestSummary>): RequestSummary => ({
  number,
  state: 'pending',
  profile: PROFILE.workstation,
  store: 'machine',
  commonName: WS,
  hostName: 'TRI-LYON-014',
  description: 'Sorting line 4, next to the goods lift',
  organisation: POSTE,
  submittedAt: day(-0.004 * (60 - number)),
  requestedBy: 'j.morel@laposte.example',
  conflicts: 0,
  ...change,
})

const decided = { decidedAt: day(-1), decidedBy: 'Claire Fontaine' }
const certificateOf = (seed: number) => ({ id: id(`cert-${seed}`), serial: hex(seed, 16), notAfter: day(300 - seed) })

const CONTESTED = 56
const HANDED_IN = 'scanners.colis.laposte.example'
export const requests: RequestSummary[] = [
  summary(58, { conflicts: 1 }),
  summary(57, {
    hostName: 'poste-guichet-saint-remy-de-provence-annexe-02.agences.intra.laposte.example',
    description: '',
    requestedBy: 'responsable.informatique.territorial@metropole-aix-marseille-provence.example',
    organisation: LONG,
  }),
  summary(CONTESTED, {
    profile: PROFILE.server,
    service: COLIS!,
    commonName: 'colis.api.laposte.example',
    hostName: 'colis.api.laposte.example',
    description: 'Public API of parcels',
  }),
  summary(55, {
    service: TRI!,
    state: 'approved',
    hostName: 'TRI-LYON-013',
    ...decided,
    certificate: certificateOf(55),
  }),
  summary(54, { state: 'installed', hostName: 'AGENCE-NICE-2', ...decided, certificate: certificateOf(54) }),
  handedIn(53),
  summary(52, {
    state: 'rejected',
    hostName: 'PORTABLE-PERSO',
    ...decided,
    reason: 'Private computers are not enrolled.',
  }),
  summary(51, { state: 'cancelled', hostName: 'TRI-LYON-014', reason: 'replaced' }),
  summary(50, {
    state: 'revoked',
    hostName: 'TRI-BREST-001',
    ...decided,
    certificate: certificateOf(50),
    reason: 'keyCompromise',
  }),
  summary(49, { state: 'expired', hostName: '' }),
]

/** What was decided before it came: lists show it to whoever asks for its origin. */
export const beforehand: RequestSummary[] = [ofPerson(48), ofDesk(47)]

/** An administrator's, who spent their link. */
function ofPerson(number: number): RequestSummary {
  const {
    store: _,
    organisation: __,
    ...rest
  } = summary(number, {
    ...{ state: 'approved', profile: PROFILE.person, commonName: 'Baptiste Le Goff', hostName: '', description: '' },
    ...{ ...decided, requestedBy: 'baptiste.legoff@laposte.example', certificate: certificateOf(number) },
  })
  return rest
}

/** What the desk shows that it is itself. */
function ofDesk(number: number): RequestSummary {
  const { requestedBy: _, ...rest } = ofPerson(number)
  const commonName = 'scel.laposte.example'
  return { ...rest, profile: PROFILE.desk, commonName, decidedBy: 'Scel', certificate: certificateOf(number) }
}

/** Its key lies on a server that somebody else looks after. */
function handedIn(number: number): RequestSummary {
  const { store: _, ...rest } = summary(number, {
    ...{ state: 'downloaded', profile: PROFILE.server, hostName: HANDED_IN, commonName: HANDED_IN },
    ...{ description: 'Gateway of the hand-held scanners', requestedBy: 'claire.fontaine@laposte.example' },
    ...{
      ...decided,
      decidedBy: 'Baptiste Le Goff',
      downloadedAt: day(-0.5),
      downloadedBy: 'claire.fontaine@laposte.example',
    },
    certificate: certificateOf(number),
    choices: { validityDays: 730 },
  })
  return rest
}

const PEM = `-----BEGIN CERTIFICATE REQUEST-----\n${'MIIBWzCCAQECAQAwgZ8xCzAJBgNVBAYTAkZSMRgwFgYDVQQKDA9GcmFuY2UtTEEg\n'.repeat(9)}-----END CERTIFICATE REQUEST-----\n`
const SUBJECT = `CN=${WS},OU=Workstation,OU=J1CFRA,O=France-LA POSTE,L=Lyon,ST=Rhône,C=FR`

const detailOf = (request: RequestSummary, french: boolean): RequestDetail => ({
  ...request,
  subject: SUBJECT,
  csr: {
    subject: SUBJECT,
    key: { kind: 'ec', bits: 256, fingerprint: hex(70, 32) },
    signatureAlgorithm: 'ECDSA with SHA-256',
    names: [],
    usages: ['digitalSignature', 'keyEncipherment'],
    extendedUsages: ['clientAuth'],
    otherAttributes: ['2.25.259733166174934470826157131297262416741'],
    pem: PEM,
  },
  findings: findingsOf(request).map((finding) => ({ ...finding, says: inWords(finding, french) })),
  machine: {
    hostName: request.hostName,
    macAddresses: ['8c:16:45:2f:aa:10', '8c:16:45:2f:aa:11'],
    processor: 'Intel(R) Core(TM) i5-10500 CPU @ 3.10GHz',
    processorId: 'BFEBFBFF000A0653',
    operatingSystem: 'Windows 11 Pro',
    operatingSystemVersion: '10.0.22631',
    architecture: 'x64',
  },
  contact: {
    email: request.requestedBy ?? '',
    telephone: '+33 4 72 00 00 14',
    description: 'Sorting line 4, next to the goods lift.\nPlease before Friday: the old certificate ends on Monday.',
  },
  from: '10.42.7.114',
  ...(request.store
    ? { origin: { kind: 'kit', id: id('kit-tri'), name: 'Centres de tri 2026' }, applicant: hex(77, 32) }
    : { origin: { kind: 'file', id: id('person-claire'), name: 'Claire Fontaine' } }),
  conflicting: request.conflicts ? [44] : [],
  mark: `${'5'.repeat(64)}.${'0'.repeat(64)}`,
  steps: stepsOf(request),
  may: mayOf(request, french),
})

type Found = Omit<RequestDetail['findings'][number], 'says'>

/** The contested one names nobody, and somebody else has a copy of it, or it is the copy. */
function findingsOf({ number, commonName }: RequestSummary): Found[] {
  if (number === CONTESTED) {
    return [
      { code: 'key_pending_elsewhere', level: 'warning', facts: { request: 41 } },
      { code: 'applicant_not_bound', level: 'warning', facts: {} },
      { code: 'possession_proved', level: 'good', facts: {} },
    ]
  }
  return [
    { code: 'possession_proved', level: 'good', facts: {} },
    { code: 'key_new', level: 'good', facts: {} },
    { code: 'applicant_bound', level: 'good', facts: {} },
    { code: 'usage_not_granted', level: 'notice', facts: { usage: 'nonRepudiation' } },
    { code: 'subject_pending_elsewhere', level: 'warning', facts: { request: 44 } },
    { code: 'name_certified_elsewhere', level: 'warning', facts: { name: commonName, shown: 'no' } },
  ]
}

const inWords = ({ code, facts }: Found, french: boolean): string => {
  const language = french ? 'fr' : 'en'
  return String(new IntlMessageFormat(FINDING_SENTENCES[language][code], language).format({ shown: 'yes', ...facts }))
}

function mayOf({ number, state, certificate }: RequestSummary, french: boolean): RequestDetail['may'] {
  if (number === 57) {
    const why = french
      ? 'Vous avez fait cette demande vous-même : un autre gestionnaire doit en décider.'
      : 'You made this request yourself: another manager has to decide it.'
    return { approve: false, reject: false, revoke: false, revokeNeeds: 'high', withdraw: false, block: true, why }
  }
  if (number === CONTESTED) {
    const why = french
      ? 'La demande 56 ne désigne pas son demandeur, et quelqu’un d’autre demande un certificat pour la même clé : l’une des deux est une copie.'
      : 'Request 56 does not name its applicant, and somebody else asks for a certificate with the same key: one of the two is a copy.'
    return { approve: false, reject: true, revoke: false, revokeNeeds: 'high', withdraw: false, block: true, why }
  }
  const open = state === 'pending'
  const revoke = certificate !== undefined && state !== 'revoked'
  return { approve: open, reject: open, revoke, revokeNeeds: 'high', withdraw: false, block: true }
}

function stepsOf(request: RequestSummary): RequestDetail['steps'] {
  const machine = { kind: 'applicant', name: hex(77, 32), from: '10.42.7.114' } as const
  const claire = { kind: 'person', name: 'Claire Fontaine', from: '10.1.0.9' } as const
  const steps: RequestDetail['steps'] = [{ kind: 'submitted', at: request.submittedAt, actor: machine }]
  const at = (minutes: number) => new Date(Date.parse(request.submittedAt) + minutes * 60_000).toISOString()
  if (request.state === 'rejected')
    steps.push({ kind: 'rejected', at: at(30), actor: claire, reason: request.reason ?? '' })
  if (request.certificate) {
    steps.push({ kind: 'approved', at: at(12), actor: claire })
    steps.push({ kind: 'issued', at: at(12.1), actor: { kind: 'desk', name: 'desk' } })
    if (request.state !== 'approved') steps.push({ kind: 'fetched', at: at(15), actor: machine })
  }
  if (request.state === 'installed' || request.state === 'revoked')
    steps.push({ kind: 'installed', at: at(15.2), actor: machine })
  if (request.state === 'revoked') steps.push({ kind: 'revoked', at: at(900), actor: claire, reason: 'keyCompromise' })
  return steps
}

export const requestDetail = (number: number, french: boolean): RequestDetail | undefined => {
  const decided = beforehand.find((one) => one.number === number)
  if (decided) return detailBeforehand(decided, french)
  const request = requests.find((one) => one.number === number)
  return request && detailOf(request, french)
}

function detailBeforehand(request: RequestSummary, french: boolean): RequestDetail {
  const { machine: _, contact: __, from, applicant: ___, steps: ____, ...detail } = detailOf(request, french)
  const { requestedBy: email, submittedAt: at, decidedBy: by = '', commonName } = request
  const desk = { kind: 'desk', name: by } as const
  const person = { kind: 'person', name: commonName, from: '10.42.7.114' } as const
  return {
    ...{ ...detail, subject: `CN=${commonName},O=Scel`, findings: detail.findings.slice(0, 2) },
    ...(email === undefined
      ? { origin: { kind: 'desk', id: 'desk', name: by } }
      : { origin: { kind: 'invitation', id: hex(78, 32), name: by }, from: '10.42.7.114', contact: { email } }),
    steps: [
      { kind: 'submitted', at, actor: email === undefined ? desk : person },
      { kind: 'approved', at, actor: desk, beforehand: true },
      { kind: 'issued', at: new Date(Date.parse(at) + 60).toISOString(), actor: desk },
    ],
    may: { ...detail.may, block: false, revoke: email !== undefined },
  }
}

const certificate = (seed: number, change: Partial<CertificateSummary>): CertificateSummary => ({
  id: id(`cert-${seed}`),
  profile: PROFILE.workstation,
  status: 'valid',
  commonName: WS,
  subject: SUBJECT,
  serial: hex(seed, 16),
  issuer: { id: id('ca-machines'), name: 'La Poste PKI Machines' },
  organisation: POSTE,
  request: seed,
  notBefore: day(-130),
  notAfter: day(235),
  ...change,
})

export const certificates: CertificateSummary[] = [
  certificate(54, { service: TELEGRAMS! }),
  certificate(56, {
    service: COLIS!,
    profile: PROFILE.server,
    commonName: 'colis.api.laposte.example',
    subject: 'CN=colis.api.laposte.example,OU=Server,OU=J1CFRA,O=France-LA POSTE,C=FR',
    notAfter: day(12),
  }),
  certificate(50, { status: 'revoked', revokedAt: day(-4), revocationReason: 'keyCompromise' }),
  certificate(31, { status: 'expired', organisation: LONG, notBefore: day(-400), notAfter: day(-35) }),
  certificate(9, {
    profile: PROFILE.person,
    commonName: 'Claire Fontaine',
    subject: 'CN=Claire Fontaine,O=La Poste PKI,C=FR',
  }),
  certificate(48, { status: 'revoked', revokedAt: day(-30), revocationReason: 'superseded' }),
]

export const stampCertificates: CertificateSummary[] = [
  certificate(8, {
    profile: PROFILE['time-stamping'],
    commonName: 'La Poste PKI Time Stamps',
    subject: 'CN=La Poste PKI Time Stamps,O=La Poste PKI',
    issuer: { id: id('ca-desk'), name: 'La Poste PKI Desk' },
    notAfter: day(3520),
  }),
]

export const certificateDetail = (wanted: string): CertificateDetail | undefined => {
  const found = certificates.find((one) => one.id === wanted)
  if (!found) return undefined
  const link = (name: string, seed: number, from: number, until: number, key: string) => ({
    name,
    subject: `CN=${name},O=La Poste PKI`,
    serial: hex(seed, 16),
    fingerprint: hex(seed + 100, 32),
    notBefore: day(from),
    notAfter: day(until),
    key,
  })
  return {
    ...found,
    key: { kind: 'ec', bits: 256, fingerprint: hex(70, 32) },
    signatureAlgorithm: 'ECDSA with SHA-256',
    fingerprint: hex(88, 32),
    usages: ['digitalSignature', 'keyEncipherment', 'dataEncipherment'],
    extendedUsages: ['clientAuth'],
    names: found.profile.name === 'server' ? [found.commonName, 'api.laposte.example'] : [],
    crl: ['http://pki.laposte.example:8080/crl/ca-machines00000000000.crl'],
    ocsp: ['http://pki.laposte.example:8080/ocsp'],
    chain: [
      { ...link(found.commonName, 54, -130, 235, 'ec-p256') },
      { ...link('La Poste PKI Machines', 2, -130, 3520, 'ec-p256'), authority: id('ca-machines') },
      { ...link('La Poste PKI Root', 1, -130, 7170, 'ec-p384'), authority: id('ca-root') },
    ],
    pem: PEM,
    issuedAt: found.notBefore,
    may: {
      revoke: found.status === 'valid',
      revokeNeeds: 'high',
      compromise: found.status === 'revoked' && found.revocationReason !== 'keyCompromise',
      madeWith: found.profile.name === 'person',
    },
  }
}

export const kits: Kit[] = [
  {
    id: id('kit-tri'),
    name: 'Centres de tri 2026',
    organisation: POSTE,
    service: TRI!,
    profile: PROFILE.workstation,
    store: 'machine',
    commonName: 'machine-fingerprint',
    keys: ['ec-p256', 'rsa-2048', 'rsa-3072'],
    proposedKey: 'ec-p256',
    standingApproval: true,
    pending: 0,
    uses: { allowed: 500, made: 58, refused: 0 },
    may: { endStanding: true, rejectRequests: false },
    state: 'active',
    expiresAt: day(80),
    createdAt: day(-10),
    createdBy: 'Claire Fontaine',
    confirmedBy: 'Baptiste Le Goff',
  },
  {
    id: id('kit-plateforme'),
    name: 'Plateforme de Nantes',
    organisation: POSTE,
    profile: PROFILE.workstation,
    store: 'machine',
    commonName: 'machine-fingerprint',
    keys: ['ec-p256'],
    proposedKey: 'ec-p256',
    standingApproval: true,
    pending: 0,
    uses: { allowed: 50, made: 0, refused: 0 },
    may: { endStanding: true, rejectRequests: false },
    state: 'active',
    expiresAt: day(90),
    createdAt: day(-1),
    createdBy: 'Baptiste Le Goff',
    awaiting: { askedBy: 'Baptiste Le Goff', askedAt: day(-1), mark: MARK, mayConfirm: true },
  },
  {
    id: id('kit-srv'),
    name: 'Servers of the parcel platform, including those of the partner networks',
    organisation: LONG,
    profile: PROFILE.server,
    store: 'machine',
    commonName: 'host-name',
    keys: ['ec-p384'],
    proposedKey: 'ec-p384',
    standingApproval: false,
    pending: 0,
    uses: { allowed: 10, made: 10, refused: 2 },
    may: { endStanding: false, rejectRequests: false },
    state: 'used-up',
    expiresAt: day(40),
    createdAt: day(-50),
    createdBy: 'Claire Fontaine',
  },
  {
    id: id('kit-old'),
    name: 'Agences 2025',
    organisation: POSTE,
    profile: PROFILE.workstation,
    store: 'user',
    commonName: 'machine-fingerprint',
    keys: ['rsa-2048'],
    proposedKey: 'rsa-2048',
    standingApproval: false,
    pending: 143,
    uses: { allowed: 100, made: 37, refused: 312 },
    may: { endStanding: false, rejectRequests: true },
    state: 'withdrawn',
    expiresAt: day(10),
    createdAt: day(-200),
    createdBy: 'Marc Olivier',
    withdrawnAt: day(-5),
  },
]

const authority = (purpose: 'root' | 'machines' | 'people' | 'desk', name: string, seed: number, issued: number) => ({
  id: id(`ca-${purpose}`),
  purpose,
  name,
  subject: `CN=${name},O=La Poste PKI`,
  ...(purpose === 'root' ? {} : { parent: id('ca-root') }),
  serial: hex(seed, 16),
  fingerprint: hex(seed + 40, 32),
  key: purpose === 'root' ? 'ec-p384' : 'ec-p256',
  notBefore: day(-130),
  notAfter: day(purpose === 'root' ? 7170 : 3520),
  crl: {
    number: seed + 11,
    thisUpdate: day(-0.5),
    nextUpdate: day(purpose === 'desk' ? -0.1 : 6.5),
    entries: purpose === 'machines' ? 12 : purpose === 'people' ? 1 : 0,
    address: `http://pki.laposte.example:8080/crl/${id(`ca-${purpose}`)}.crl`,
  },
  ...(purpose === 'root' ? {} : { ocsp: { address: 'http://pki.laposte.example:8080/ocsp', responderUntil: day(21) } }),
  issued,
  pem: PEM,
})

export const authorities: OutputOf<typeof listAuthorities> = {
  items: [
    authority('root', 'La Poste PKI Root', 1, 3),
    authority('machines', 'La Poste PKI Machines', 2, 1301),
    authority('people', 'La Poste PKI People', 3, 9),
    authority('desk', 'La Poste PKI Desk', 4, 14),
  ],
  ceremonies: [],
}

/** What waits for the root, in time and too late. */
export const dueCeremonies: Readonly<Record<'due' | 'overdue', DueCeremony[]>> = {
  due: [{ what: 'list', until: day(20) }],
  overdue: [{ what: 'list', until: day(-4) }, { what: 'authority', until: day(200) }, { what: 'authority' }],
}

const logged = (
  number: number,
  action: AuditAction,
  target: AuditEvent['target'],
  more: Partial<AuditEvent> = {},
): AuditEvent => ({
  number,
  at: day((number - 412.1) / 10),
  action,
  outcome: 'done',
  actor: { kind: 'person', name: 'Claire Fontaine', from: '10.1.0.9' },
  target,
  facts: {},
  ...more,
})
const machine: AuditEvent['actor'] = { kind: 'applicant', name: hex(77, 8), from: '10.42.7.114' }
const triMachine = { kind: 'request', id: '58', name: 'TRI-LYON-014' }
const cert = { kind: 'certificate', id: id('cert-1'), name: 'TRI-LYON-013' }

export const logHead: LogHead = {
  head: {
    ...{ size: 411, at: day(-0.001), root: hex(77, 32) },
    note: 'pki.example.org/scel-log/0123456789abcdef\n411\n…\n',
  },
  waiting: 2,
  pushed: [
    { to: '/srv/heads', size: 411, at: day(-0.001) },
    { to: 'https://heads.example.org/scel', size: 398, at: day(-0.06), failingSince: day(-0.05) },
  ],
}

export const audit: AuditEvent[] = [
  logged(412, 'request.approved', { kind: 'request', id: '55', name: 'TRI-LYON-013' }),
  logged(
    411,
    'request.approved',
    { kind: 'request', id: '57' },
    {
      outcome: 'refused',
      actor: { kind: 'person', name: people[1]!.name, from: '2001:db8:85a3:8d3:1319:8a2e:370:7348' },
      facts: { code: 'own_request' },
    },
  ),
  logged(410, 'request.submitted', triMachine, { actor: machine, facts: { kit: 'Centres de tri 2026' } }),
  logged(
    409,
    'request.replaced',
    { ...triMachine, id: '56' },
    { actor: machine, facts: { reason: 'replaced', by: 58 } },
  ),
  {
    ...logged(
      400,
      'request.rejected',
      { kind: 'request', id: '31' },
      { actor: { kind: 'person', name: '' }, facts: {} },
    ),
    erased: ['actor.name', 'target.name', 'facts.reason'],
  },
  {
    ...logged(399, 'applicant.lifted', { kind: 'applicant', id: hex(9, 64) }, { facts: {} }),
    altered: true,
  },
  logged(408, 'certificate.issued', cert, {
    actor: { kind: 'desk', name: 'issuance' },
    facts: { serial: hex(54, 16), profile: 'workstation', authority: 'La Poste PKI Machines', request: 55 },
  }),
  logged(407, 'certificate.revoked', cert, { facts: { serial: hex(54, 16), reason: 'keyCompromise' } }),
  logged(
    406,
    'crl.published',
    { kind: 'authority', id: id('ca-machines'), name: 'La Poste PKI Machines' },
    { actor: { kind: 'desk', name: 'revocation' }, facts: { number: 13, entries: 12 } },
  ),
  logged(
    405,
    'kit.created',
    { kind: 'kit', id: id('kit-tri'), name: 'Centres de tri 2026' },
    { facts: { profile: 'workstation', standingApproval: true, uses: 500 } },
  ),
  logged(
    404,
    'person.link_renewed',
    { kind: 'person', id: id('person-2'), name: 'Marc Olivier' },
    { facts: { role: 'manager' } },
  ),
  // Written by an earlier version of the desk.
  {
    ...logged(403, 'session.ended', { kind: 'session', id: id('session-0') }),
    action: 'session.closed',
    facts: { why: 'idle' },
  },
]

function toldOf(number: number, what: string, request: number, days: number) {
  const about = { kind: 'request', id: String(request) } as const
  return { number, channel: 'webhook' as const, at: day(days), event: `request.${what}`, about }
}

export const deliveries: OutputOf<typeof listDeliveries> = {
  items: [
    { ...toldOf(7, 'approved', 58, 0), state: 'due', attempts: 0, next: day(0) },
    {
      ...toldOf(6, 'rejected', 52, -0.1),
      ...{ state: 'due', attempts: 4, next: day(0.005), answer: { kind: 'refused', status: 503, at: day(0) } },
    },
    {
      ...toldOf(5, 'expired', 51, -0.2),
      ...{ state: 'due', attempts: 2, next: day(0.005), answer: { kind: 'untrusted', at: day(0) } },
    },
    {
      ...{ number: 8, channel: 'webhook', at: day(-0.3), event: 'certificate.expiring', state: 'done', attempts: 1 },
      about: { kind: 'certificate', id: id('certificate-1'), serial: hex(31, 16), days: 14 },
      answer: { kind: 'taken', status: 204, at: day(-0.3) },
    },
    {
      ...toldOf(4, 'approved', 50, -4),
      ...{ state: 'given-up', attempts: 78, answer: { kind: 'late', at: day(-1) } },
    },
    {
      ...toldOf(3, 'approved', 48, -9),
      ...{ state: 'done', attempts: 1, answer: { kind: 'taken', status: 204, at: day(-9) } },
    },
    {
      ...toldOf(2, 'rejected', 47, -10),
      ...{ state: 'given-up', attempts: 1, answer: { kind: 'rejected', status: 410, at: day(-10) } },
    },
    {
      ...toldOf(1, 'submitted', 47, -11),
      to: { kind: 'person', id: id('person-2'), name: 'Marc Olivier' },
      ...{ state: 'given-up', attempts: 1, answer: { kind: 'needless', at: day(-11) } },
    },
    {
      ...{ number: 0, channel: 'webhook', at: day(-12), event: 'person.invited', state: 'given-up', attempts: 3 },
      about: { kind: 'person', id: id('person-2'), name: 'Marc Olivier' },
      to: { kind: 'contact', id: '47' },
      ...{ until: day(-12), answer: { kind: 'over', at: day(-12) } },
    },
  ],
}

export const sessions: OutputOf<typeof listSessions> = {
  items: [
    {
      id: id('session-1'),
      person: administrator,
      startedAt: day(-0.1),
      lastSeenAt: day(0),
      expiresAt: day(0.4),
      from: '10.1.0.9',
      agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
      how: 'certificate',
      strength: 'high',
      current: true,
    },
    {
      id: id('session-2'),
      person: administrator,
      startedAt: day(-0.3),
      lastSeenAt: day(-0.2),
      expiresAt: day(0.2),
      from: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
      agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      how: 'invitation',
      strength: 'high',
      current: false,
    },
  ],
}

export const credentials: OutputOf<typeof listCredentials> = {
  more: false,
  items: [
    {
      ...{ id: id('credential-link'), kind: 'link', lasts: false, strength: 'low', name: '', current: false },
      ...{ createdAt: day(-0.01), expiresAt: day(0.01) },
    },
    {
      ...{
        id: id('credential-laptop'),
        kind: 'certificate',
        lasts: true,
        strength: 'high',
        name: 'Portable',
        current: true,
      },
      ...{ createdAt: day(-40), lastUsedAt: day(-0.1) },
      certificate: { id: id('cert-laptop'), serial: hex(7, 16), notAfter: day(325) },
    },
    {
      ...{ id: id('credential-office'), kind: 'certificate', lasts: true, strength: 'high', name: '', current: false },
      ...{ createdAt: day(-200), lastUsedAt: day(-41) },
      certificate: { id: id('cert-office'), serial: hex(8, 16), notAfter: day(165) },
    },
    {
      ...{
        id: id('credential-old'),
        kind: 'certificate',
        lasts: true,
        strength: 'high',
        name: 'Ancien bureau',
        current: false,
      },
      ...{ createdAt: day(-400), lastUsedAt: day(-201), ended: { at: day(-200), reason: 'replaced' } },
      certificate: { id: id('cert-old'), serial: hex(9, 16), notAfter: day(-35) },
    },
  ],
}

export const signInLink: OutputOf<typeof inspectSignInLink> = {
  environment: 'production',
  name: administrator.name,
  email: administrator.email!,
  expiresAt: day(0.01),
}

export const invitation: OutputOf<typeof inspectInvitation> = {
  environment: 'production',
  name: 'Marc Olivier',
  email: 'marc.olivier@laposte.example',
  role: 'manager',
  organisation: { code: POSTE.code, name: POSTE.name },
  language: 'fr',
  expiresAt: day(2),
  keys: ['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096'],
  proposedKey: 'ec-p256',
  validityDays: 365,
}

/** The link that a desk prints when it starts for the first time: it does not know for whom. */
export const UNNAMED_TOKEN = 'U'.repeat(43)

export const unnamedInvitation: OutputOf<typeof inspectInvitation> = {
  environment: 'production',
  name: 'Administrator',
  role: 'administrator',
  language: 'en',
  expiresAt: day(0.04),
  keys: invitation.keys,
  proposedKey: 'ec-p256',
  validityDays: 365,
  unnamed: true,
}

/** What a compromised administrator left behind. */
export const madeWith: MadeWith = {
  more: true,
  kits: [
    {
      id: kits[0]!.id,
      name: kits[0]!.name,
      organisation: kits[0]!.organisation,
      standingApproval: true,
      open: true,
      createdAt: kits[0]!.createdAt,
    },
  ],
  people: [
    {
      id: id('friend'),
      name: 'A Friend',
      roles: ['auditor'],
      state: 'invited',
      invitedAt: kits[0]!.createdAt,
      link: true,
    },
  ],
  grants: [
    {
      id: id('grant-made'),
      person: { id: id('accomplice'), name: 'Somebody Else' },
      role: 'manager',
      organisation: kits[0]!.organisation,
      from: kits[0]!.createdAt,
      state: 'holds',
    },
  ],
  links: [
    {
      person: { id: id('taken'), name: 'Mia Manager' },
      credential: id('taken'),
      certificate: id('taken'),
      at: kits[0]!.createdAt,
      open: true,
    },
  ],
  devices: [
    {
      credential: id('device-made'),
      certificate: id('device-made'),
      name: 'Laptop at home',
      createdAt: kits[0]!.createdAt,
      open: true,
    },
  ],
}

export const blockedKeys: BlockedApplicant[] = [
  {
    applicant: hex(91, 32),
    at: kits[0]!.createdAt,
    by: 'Claire Fontaine',
    reason: 'Stolen in Lyon, see incident 14.',
    mark: MARK,
    mayLift: true,
  },
]
