import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { checkStores } from './check-stores.ts'
import { CORE_READS } from './layers.ts'
import { tree } from './tree.ts'

const CORE = 'packages/server/src/core'
const port = (name: string): string => `
  export interface ${name}Reader { find(id: string): Promise<string> }
  export interface ${name}Store extends ${name}Reader { update(id: string): Promise<void>; purge(): Promise<void> }
`
const PORTS = {
  requests: ['Request', 'registration'],
  certificates: ['Certificate', 'issuance'],
  people: ['Person', 'people'],
  organisations: ['Organisation', 'organisations'],
  kits: ['Kit', 'kits'],
  credentials: ['Credential', 'credentials'],
  crls: ['Crl', 'revocation'],
  serverClock: ['ServerClock', 'clock'],
  outbox: ['Outbox', 'outbox'],
} as const
const PROJECT = {
  [`${CORE}/work.ts`]: [
    ...Object.values(PORTS).map(([name, owner]) => {
      return `import type { ${name}Reader, ${name}Store } from './${owner}/${name}.port.ts'`
    }),
    `export interface Readers { ${Object.entries(PORTS)
      .map(([store, [name]]) => `readonly ${store}: ${name}Reader`)
      .join('\n')} }`,
    `export interface Stores extends Readers { ${Object.entries(PORTS)
      .map(([store, [name]]) => `readonly ${store}: ${name}Store`)
      .join('\n')} }`,
  ].join('\n'),
  ...Object.fromEntries(Object.values(PORTS).map(([name, owner]) => [`${CORE}/${owner}/${name}.port.ts`, port(name)])),
  // Each arrow of reading has somebody who uses it.
  [`${CORE}/credentials/reads.ts`]: `work.read((stores) => [stores.certificates.find('1'), stores.requests.find('1')])`,
  [`${CORE}/certificates/reads.ts`]: `work.read((stores) => stores.organisations.find('1'))`,
  [`${CORE}/applicants/reads.ts`]: `work.read((stores) => stores.requests.find('1'))`,
  [`${CORE}/origins/kit/reads.ts`]: `work.read((stores) => [stores.people.find('1'), stores.credentials.find('1')])`,
  [`${CORE}/recipients/reads.ts`]: `work.read((stores) => stores.requests.find('1'))`,
  [`${CORE}/people/reads.ts`]: `work.read((stores) => stores.kits.find('1'))`,
  [`${CORE}/deliveries/reads.ts`]: `work.read((stores) => stores.people.find('1'))`,
  [`${CORE}/duties/reads.ts`]: `work.read((stores) => stores.serverClock.find('1'))`,
  [`${CORE}/high-water/reads.ts`]: `work.read((stores) => [stores.certificates.find('1'), stores.crls.find('1')])`,
}
/** What the check says about one text, as a file of the server. */
const told = (t: TestContext, file: string, text: string): string[] =>
  checkStores(tree(t, { ...PROJECT, [`packages/server/src/${file}`]: text }))

const ALLOWED: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'an owner writes': ['core/registration/a.ts', `work.transaction((stores) => stores.requests.update('1'))`],
  'an owner takes its stores apart': ['core/registration/a.ts', `work.transaction(({ requests: r }) => r.update('1'))`],
  'a reader has an arrow': ['core/registration/a.ts', `async (stores: Readers) => stores.certificates.find('1')`],
  'a reader declares what it reads': [
    'core/registration/a.ts',
    `({ certificates }: Pick<Readers, 'certificates'>) => certificates.find('1')`,
  ],
  'everybody tells': ['core/people/a.ts', `work.transaction((stores) => stores.outbox.update('1'))`],
  'a unit is handed on': ['core/people/a.ts', `work.transaction((stores) => follow({ ...stores, outbox: {} }, 1))`],
  'the roof forgets': ['core/core.ts', `work.transaction((stores) => stores.requests.purge())`],
  'a test looks anywhere': ['core/people/a.test.ts', `work.transaction((stores) => stores.requests.update('1'))`],
  'a list of certificates is no store': [
    'core/people/a.ts',
    `const f = ({ certificates }: Found) => certificates.update(1)`,
  ],
}
for (const [what, [file, text]] of Object.entries(ALLOWED)) {
  test(`${what}: allowed`, (t) => assert.deepEqual(told(t, file, text), []))
}

const ONLY = /only registration writes to requests/
const HIDDEN = /a unit’s stores/
const REFUSED: Readonly<Record<string, readonly [file: string, text: string, words: RegExp]>> = {
  'another writes': ['core/profiles/a.ts', `work.transaction((stores) => stores.requests.update('1'))`, ONLY],
  'another reads': [
    'core/profiles/a.ts',
    `work.read((stores) => stores.requests.find('1'))`,
    /profiles may not read what registration keeps/,
  ],
  'another that may read writes': ['core/recipients/a.ts', `(stores: Stores) => stores.requests.update('1')`, ONLY],
  'in brackets': ['core/profiles/a.ts', `(stores: Stores) => stores['requests']['update']('1')`, ONLY],
  'if there is one': ['core/profiles/a.ts', `(stores: Stores) => stores.requests?.update('1')`, ONLY],
  'taken apart': ['core/profiles/a.ts', `work.transaction(({ requests }) => requests.update('1'))`, ONLY],
  'taken apart under another name': [
    'core/profiles/a.ts',
    `work.transaction(({ requests: r }) => r.update('1'))`,
    ONLY,
  ],
  'taken apart twice': ['core/profiles/a.ts', `work.transaction(({ requests: { update } }) => update('1'))`, ONLY],
  'taken apart later': [
    'core/profiles/a.ts',
    `async (stores: Stores) => { const { requests } = stores; await requests.update('1') }`,
    ONLY,
  ],
  'one method taken out': [
    'core/profiles/a.ts',
    `async (stores: Stores) => { const { update } = stores.requests; await update('1') }`,
    ONLY,
  ],
  'handed on as a whole': [
    'core/profiles/a.ts',
    `work.transaction((stores) => change(stores.requests))`,
    /requests as a whole: only/,
  ],
  'handed on after it was taken apart': [
    'core/profiles/a.ts',
    `work.transaction(({ requests }) => change(requests))`,
    ONLY,
  ],
  'called something else': ['core/profiles/a.ts', `work.transaction((s) => s.requests.update('1'))`, ONLY],
  'its method kept': [
    'core/profiles/a.ts',
    `async (stores: Stores) => { const change = stores.requests.update }`,
    ONLY,
  ],
  'the unit called something else': ['core/profiles/a.ts', `work.transaction((s) => s)`, HIDDEN],
  'the unit under a type of its own': [
    'core/profiles/a.ts',
    `type Mine = Pick<Stores, 'crls'> & Readers; const f = (s: Mine) => s`,
    HIDDEN,
  ],
  'the unit kept': ['core/profiles/a.ts', `(stores: Stores) => { const all = stores; return all }`, HIDDEN],
  'what is left of the unit': ['core/profiles/a.ts', `work.transaction(({ ...rest }) => rest)`, HIDDEN],
  'a computed name': ['core/profiles/a.ts', `(stores: Stores) => stores[name].update('1')`, /by a name that is none/],
  'declared as written': ['core/recipients/a.ts', `export type Mine = Pick<Stores, 'requests' | 'outbox'>`, ONLY],
  'the type of a store': ['core/recipients/a.ts', `type Mine = Stores['requests']`, ONLY],
  'declared as read': ['core/profiles/a.ts', `type Mine = Pick<Readers, 'requests'>`, /may not read/],
  'outside of the rules': ['edge/a.ts', `work.read(({ requests }) => requests.find('1'))`, /for the features of core/],
  'the roof writes': [
    'core/core.ts',
    `work.transaction((stores) => stores.requests.update('1'))`,
    /for the features of core/,
  ],
  'the ground reads': [
    'core/slices.ts',
    `work.read((stores) => stores.requests.find('1'))`,
    /for the features of core/,
  ],
}
for (const [what, [file, text, words]] of Object.entries(REFUSED)) {
  test(`${what}: refused`, (t) => assert.match(told(t, file, text).join('\n'), words))
}

test('an arrow of reading that nothing uses is named', (t) => {
  const file = `${CORE}/applicants/reads.ts`
  assert.deepEqual(CORE_READS.applicants, ['registration'])
  assert.deepEqual(checkStores(tree(t, { ...PROJECT, [file]: '' })), [
    'tools/layers.ts lets applicants → registration be read, which nothing does',
  ])
})
