//
// Which folder may import which, inside each package: ARCHITECTURE.md in a form that can fail. A folder that is
// not here stops the check, so that a new one gets its place on purpose.

/**
 * For each folder (or file beside the folders) of a package's `src`: the others that it may import. A folder in a
 * folder (`edge/terminal`) may have a row of its own, which then holds instead of its parent's.
 */
export type Arrows = Readonly<Record<string, readonly string[]>>

/**
 * By package, from the ground up. Each row is what that folder imports today: an arrow that nothing uses has to go, so that the
 * next one that is wanted is drawn on purpose. `index.ts` may import everything beside it.
 */
export const PACKAGES: Readonly<Record<string, Arrows>> = {
  pki: {
    errors: [],
    bytes: ['errors'],
    asn1: ['errors', 'bytes'],
    algorithms: ['errors', 'bytes', 'asn1'],
    crypto: ['errors', 'bytes', 'asn1', 'algorithms'],
    x509: ['errors', 'bytes', 'asn1', 'algorithms', 'crypto'],
    ocsp: ['errors', 'bytes', 'asn1', 'algorithms', 'crypto', 'x509'],
    path: ['errors', 'bytes', 'asn1', 'algorithms', 'x509', 'ocsp'],
    cms: ['errors', 'bytes', 'asn1', 'algorithms', 'crypto', 'x509', 'path'],
    pkcs12: ['errors', 'bytes', 'asn1', 'algorithms', 'crypto', 'x509'],
    tsp: ['errors', 'bytes', 'asn1', 'algorithms', 'crypto', 'x509', 'path', 'cms'],
    smime: ['errors', 'bytes', 'asn1', 'crypto', 'x509', 'cms'],
    lint: ['errors', 'bytes', 'asn1', 'algorithms', 'x509'],
  },
  files: {
    archives: [],
    certificates: [],
    kinds: [],
    names: [],
    objects: ['kinds'],
    recipients: [],
    request: ['objects'],
    servers: [],
    'time-stamps': [],
    trust: [],
    verdicts: ['certificates', 'kinds', 'trust'],
    wrappings: ['kinds'],
  },
  pkcs11: {
    errors: [],
    uri: ['errors'],
    module: [], // runs in a process of its own
    token: ['errors', 'module'],
    tls: ['module', 'token'], // in the program's own process
    testing: ['uri'],
  },
  contract: {
    applicant: [],
    letters: [],
    passphrase: [],
    words: [],
    basics: ['letters'],
    rights: ['basics'],
    routing: ['rights'],
    applicants: ['words', 'basics', 'routing'],
    audit: ['words', 'basics', 'routing'],
    credentials: ['words', 'basics', 'rights', 'routing'],
    authorities: ['words', 'basics', 'routing'],
    deliveries: ['words', 'basics', 'routing'],
    directory: ['basics', 'routing'],
    organisations: ['words', 'basics', 'routing'],
    services: ['words', 'basics', 'routing'],
    people: ['words', 'basics', 'rights', 'routing', 'credentials'],
    profiles: ['words', 'basics', 'routing'],
    certificates: ['words', 'basics', 'rights', 'routing', 'people', 'profiles'],
    kit: ['basics', 'profiles'],
    sessions: ['words', 'basics', 'rights', 'routing', 'people'],
    desk: ['words', 'basics', 'routing', 'kit'],
    kits: ['words', 'basics', 'routing', 'people', 'profiles', 'kit'],
    requests: ['words', 'basics', 'rights', 'routing', 'applicants', 'profiles', 'kit'],
    enrolment: ['basics', 'routing', 'profiles', 'requests'],
    errors: [
      'words',
      'applicants',
      'audit',
      'authorities',
      'deliveries',
      'organisations',
      'services',
      'people',
      'profiles',
      'certificates',
      'credentials',
      'sessions',
      'desk',
      'kits',
      'requests',
    ],
    values: [
      'basics',
      'rights',
      'applicants',
      'audit',
      'authorities',
      'credentials',
      'deliveries',
      'directory',
      'organisations',
      'services',
      'people',
      'profiles',
      'certificates',
      'kit',
      'kits',
      'requests',
    ],
    lint: ['errors'],
    routes: [
      'routing',
      'applicants',
      'audit',
      'authorities',
      'deliveries',
      'directory',
      'organisations',
      'services',
      'people',
      'profiles',
      'credentials',
      'certificates',
      'sessions',
      'desk',
      'kits',
      'requests',
      'enrolment',
    ],
  },
  server: {
    core: [],
    config: ['core'],
    store: ['core'],
    custody: ['core'],
    edge: ['core'],
    notify: ['core'],
    jobs: ['core'],
    'edge/terminal': ['config', 'edge'], // what the operator reads at start
    threads: ['core', 'store', 'custody', 'edge', 'jobs'],
    'opening.ts': ['core', 'config', 'store', 'custody', 'jobs'],
    'core-of.ts': ['core', 'config', 'store', 'custody', 'edge', 'notify'],
    'host-commands.ts': ['core', 'config', 'store', 'custody', 'edge', 'opening.ts', 'core-of.ts'],
    'app.ts': ['core', 'config', 'store', 'custody', 'edge', 'jobs', 'threads', 'opening.ts', 'core-of.ts'],
    'main.ts': [
      'core',
      'config',
      'store',
      'custody',
      'edge',
      'edge/terminal',
      'opening.ts',
      'host-commands.ts',
      'app.ts',
    ],
    testing: ['core', 'config', 'edge', 'opening.ts', 'app.ts', 'main.ts'], // runs the program, too
    'store/testing': ['core', 'store', 'testing'], // opens every engine for the stores' tests; not for the store
  },
  testkit: {
    authority: [],
    peers: [],
    vectors: [],
    scenes: ['authority'],
  },
  client: {
    'outside.ts': [],
    ui: ['outside.ts'],
    machine: ['ui'],
    state: ['outside.ts', 'ui'],
    enrol: ['ui', 'state'],
    inspect: ['ui'],
    keystores: ['ui', 'state'],
    chain: ['ui', 'inspect'],
    probe: ['ui', 'state', 'enrol', 'keystores'],
    trust: ['outside.ts', 'ui', 'state', 'enrol'],
    sealing: ['outside.ts', 'ui', 'state'],
    signing: ['ui', 'state', 'enrol', 'chain'],
    identities: ['ui', 'state', 'inspect', 'keystores'],
    acts: ['ui', 'state', 'enrol', 'keystores', 'probe', 'identities'], // what is done, in which order; nobody is spoken to
    'commands/input': [
      ...['outside.ts', 'ui', 'machine', 'state', 'enrol', 'inspect', 'keystores', 'probe', 'sealing'],
      ...['signing', 'identities'],
    ],
    'commands/desk': [...['ui', 'machine', 'state', 'enrol', 'acts', 'probe', 'trust', 'identities', 'commands/input']],
    'commands/files': [
      ...['outside.ts', 'ui', 'state', 'enrol', 'chain', 'sealing', 'signing', 'identities'],
      ...['commands/input'],
    ],
    'commands/objects': ['ui', 'state', 'inspect', 'chain', 'signing', 'identities', 'commands/input'],
    'commands/identities': ['ui', 'state', 'acts', 'keystores', 'identities', 'commands/input'],
    commands: ['commands/input', 'commands/desk', 'commands/identities', 'commands/files', 'commands/objects'],
    'program.ts': ['outside.ts', 'ui', 'machine', 'state', 'commands', 'commands/input', 'commands/desk'],
    'main.ts': ['outside.ts', 'ui', 'program.ts'],
  },
  portal: {
    ui: [],
    lib: ['ui'],
    'lib/workbench': ['ui', 'lib'],
    features: ['ui', 'lib', 'lib/workbench'],
    app: ['ui', 'lib', 'features'],
    'main.tsx': ['ui', 'lib', 'app'],
  },
}

/** Packages that only tests may import, whatever package they are of: what is shipped stands on nothing of theirs. */
export const FOR_TESTS: readonly string[] = ['testkit']

/** The features of `server/src/core`: which one may call which. An arrow that nothing uses any more has to go. */
export const CORE_CALLS: Arrows = {
  profiles: [],
  names: [],
  keys: ['services'],
  organisations: ['names', 'profiles'],
  services: ['organisations'],
  kits: ['organisations', 'profiles', 'services'],
  issuance: ['keys', 'names', 'profiles'],
  authorities: ['issuance', 'keys', 'names', 'profiles'],
  revocation: ['authorities', 'issuance', 'keys', 'services'],
  certificates: ['issuance', 'profiles', 'revocation'],
  credentials: ['issuance'],
  people: ['certificates', 'credentials', 'issuance', 'log', 'organisations', 'profiles', 'revocation', 'services'],
  applicants: ['profiles'],
  registration: ['issuance', 'keys', 'names', 'organisations', 'profiles', 'revocation', 'services'],
  'origins/kit': [
    ...['applicants', 'credentials', 'issuance', 'kits', 'names', 'organisations', 'profiles', 'registration'],
    ...['revocation', 'services'],
  ],
  'origins/file': ['issuance', 'names', 'organisations', 'profiles', 'registration', 'services'],
  'origins/invitation': [
    ...['credentials', 'issuance', 'keys', 'names', 'organisations', 'people', 'profiles', 'registration'],
    ...['revocation'],
  ],
  'origins/desk': ['authorities', 'issuance', 'names', 'registration'],
  recipients: ['applicants', 'issuance', 'registration'],
  timestamps: ['authorities', 'issuance', 'profiles'],
  clock: [],
  deliveries: [],
  duties: [],
  log: ['duties', 'issuance'],
  'high-water': ['log'],
}

/**
 * What a feature reads besides, of features that it does not call: their stores, never their rules. What it calls it may read
 * too. Nobody writes to another feature's store.
 */
export const CORE_READS: Arrows = {
  deliveries: ['people'], // what those are called whom a message is for, or about
  duties: ['clock'], // how long ago somebody went on with one
  certificates: ['organisations'], // whose certificate signs in
  applicants: ['registration'], // whether a key asked for something there
  'origins/kit': ['people'], // a standing approval stands and falls with whoever made it
  people: ['kits'], // those that wait for a second administrator, or were made with a certificate
  credentials: ['registration'], // which request comes next
  'high-water': ['issuance', 'revocation'], // how far authorities and their lists have come
}

/** Stores that everybody writes to: what happened, what is told on, and the few words that the desk remembers, each under a name of its own. */
export const EVERYBODYS_STORES: readonly string[] = ['facts', 'outbox', 'settings']

/** Types that every feature may speak about. Their functions are for those who may call the feature. */
export const CORE_NOUNS: readonly string[] = ['authorities/authority.ts', 'certificates/certificate.ts']

/** Files beside the features that stand above them, and what they may import; the others (world, scope) stand below. */
export const CORE_ROOF: Readonly<Record<string, RegExp>> = {
  'core.ts': /./,
  'public-core.ts': /./, // what of it answers strangers
  'origins.ts': /./, // what brings requests
  'credential-kinds.ts': /./, // what people sign in with
  'channels.ts': /./, // how others are told
  'followers.ts': /./, // what follows from what, across features
  'work.ts': /\.port\.ts$/, // a unit of work hands out every feature's stores, so it knows their ports
}

const COMMON = ['settings', 'outbox', 'audit', 'acting', 'confirming', 'rights']

/** The same with the features that everything may call: what changes something writes it down and tells it on. */
export const CORE_FEATURES: Arrows = {
  ...Object.fromEntries(COMMON.map((name) => [name, []])),
  acting: ['audit', 'rights'], // an act that is refused is in the log
  audit: ['rights'],
  confirming: ['rights'],
  outbox: ['rights'], // who is told of what
  ...Object.fromEntries(Object.entries(CORE_CALLS).map(([name, calls]) => [name, [...COMMON, ...calls]])),
}
