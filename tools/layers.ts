//
// Which folder may import which, inside each package: ARCHITECTURE.md in a form that can fail. A folder that is
// not here stops the check, so that a new one gets its place on purpose.

/**
 * For each folder (or file beside the folders) of a package's `src`: the others that it may import. A folder in a
 * folder (`edge/terminal`) may have a row of its own, which then holds instead of its parent's.
 */
export type Arrows = Readonly<Record<string, readonly string[]>>

/** Arrows of a ladder, lowest rung first: a folder imports from the rungs below it; those on one rung are strangers. */
export function ladder(...rungs: readonly (readonly string[])[]): Arrows {
  return Object.fromEntries(rungs.flatMap((rung, at) => rung.map((name) => [name, rungs.slice(0, at).flat()])))
}

const SERVER_MIDDLE = ['config', 'store', 'signers', 'vaults', 'objects', 'notify', 'edge', 'jobs']

/** By package. `index.ts` may import everything beside it. */
export const PACKAGES: Readonly<Record<string, Arrows>> = {
  pki: ladder(
    ['errors'],
    ['bytes'],
    ['asn1'],
    ['algorithms'],
    ['crypto'],
    ['x509'],
    ['ocsp'],
    ['path'],
    ['cms'],
    ['pkcs12', 'tsp', 'smime'],
    ['lint'],
    ['protocols'],
  ),
  contract: ladder(['letters'], ['values'], ['errors'], ['applicant', 'kit', 'lint', 'passphrase'], ['routes']),
  server: {
    ...ladder(
      ['core'],
      ['outside.ts'],
      SERVER_MIDDLE,
      ['edge/terminal'],
      ['threads'],
      ['app.ts'],
      ['main.ts'],
      ['testing'], // runs the program, too
    ),
    'store/each-database.ts': ['core', 'store', 'testing'], // opens every engine for the stores' tests; not for the store
    'edge/terminal': ['core', 'edge', 'config'], // what the operator reads at start is about options and their files
  },
  client: ladder(
    ['outside.ts'],
    ['ui'],
    ['machine', 'objects', 'state'],
    ['enrol', 'inspect', 'keystores'],
    ['chain', 'probe', 'trust'],
    ['sealing', 'signing'],
    ['assistant', 'commands'],
    ['program.ts'],
    ['main.ts'],
  ),
  portal: ladder(['ui'], ['lib'], ['features'], ['app'], ['main.tsx']),
}

/** The features of `server/src/core`: which one may call which. An arrow that nothing uses any more has to go. */
export const CORE_CALLS: Arrows = {
  profiles: [],
  names: [],
  keys: [],
  organisations: ['names', 'profiles'],
  issuance: ['keys', 'names', 'profiles'],
  authorities: ['issuance', 'keys', 'profiles'],
  revocation: ['authorities', 'issuance', 'keys'],
  certificates: ['issuance', 'keys', 'revocation'],
  people: ['certificates', 'issuance', 'keys', 'organisations', 'profiles', 'revocation'],
  enrolment: ['certificates', 'issuance', 'keys', 'names', 'organisations', 'profiles', 'revocation'],
  recipients: ['enrolment', 'issuance'],
  timestamps: ['authorities', 'issuance', 'profiles'],
  clock: [],
  'high-water': [],
}

/** What every feature may speak about: the nouns themselves, which hold no rule that calls another feature. */
export const CORE_NOUNS: readonly string[] = [
  'authorities/authority.ts',
  'certificates/certificate.ts',
  'confirming/confirmation.ts',
  'enrolment/request-state.ts',
  'people/person.ts',
  'people/session.ts',
  'recipients/recipient.ts',
]

/** Files beside the features that stand above them, and what they may import; the others (world, scope) stand below. */
export const CORE_ROOF: Readonly<Record<string, RegExp>> = {
  'core.ts': /./,
  'public-core.ts': /./, // what of it answers strangers
  'work.ts': /\.port\.ts$/, // a unit of work hands out every feature's stores, so it knows their ports
}

const COMMON = ['settings', 'outbox', 'audit', 'acting', 'confirming']

/** The same with the features that everything may call: what changes something writes it down and tells it on. */
export const CORE_FEATURES: Arrows = {
  ...Object.fromEntries(COMMON.map((name) => [name, []])),
  acting: ['audit'], // an act that is refused is in the log
  ...Object.fromEntries(Object.entries(CORE_CALLS).map(([name, calls]) => [name, [...COMMON, ...calls]])),
}
