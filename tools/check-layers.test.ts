import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkArrows, checkForTests, checkLayers } from './check-layers.ts'
import { CORE_CALLS, CORE_FEATURES, CORE_READS, PACKAGES } from './layers.ts'
import { tree } from './tree.ts'

/** What the check says about one import: from a file, of a path. */
const verdict = (t: Parameters<typeof tree>[0], file: string, target: string): string[] =>
  checkLayers(tree(t, { [`packages/${file}`]: `import { x } from '${target}'\n` }))

const ALLOWED: readonly [string, string][] = [
  ['pki/src/x509/name.ts', '../asn1/reader.ts'],
  ['pki/src/index.ts', './lint/index.ts'],
  ['pki/src/x509/name.ts', './oid.ts'],
  ['server/src/store/audit.ts', '../core/audit/audit.port.ts'],
  ['server/src/core/registration/decide.ts', '../issuance/issue.ts'],
  ['server/src/core/registration/decide.ts', '../audit/record.ts'],
  ['server/src/edge/terminal/texts.ts', '../problems.ts'],
  ['server/src/core/registration/decide.ts', '../world.ts'],
  ['server/src/core/registration/decide.ts', '../work.ts'],
  ['server/src/core/work.ts', './audit/audit.port.ts'],
  ['server/src/core/core.ts', './people/people.ts'],
  ['server/src/core/people/people.test.ts', '../../store/open.ts'],
  ['server/src/main.ts', './app.ts'],
  ['portal/src/features/kits/page.tsx', '../../lib/desk.ts'],
  ['portal/src/main.tsx', './app/routes.tsx'],
]
for (const [file, target] of ALLOWED) {
  test(`${file} may import ${target}`, (t) => assert.deepEqual(verdict(t, file, target), []))
}

const REFUSED: readonly [string, string, RegExp][] = [
  ['pki/src/asn1/reader.ts', '../x509/name.ts', /asn1 may not import x509/],
  ['pki/src/pkcs12/bag.ts', '../smime/part.ts', /pkcs12 may not import smime/],
  ['pki/src/drawer/x.ts', '../errors/index.ts', /drawer has no place/],
  ['pki/src/errors/x.ts', '../index.ts', /errors may not import index\.ts/],
  ['server/src/edge/api/kits.ts', '../../store/open.ts', /edge may not import store/],
  ['server/src/edge/api/kits.ts', '../../config/option.ts', /edge may not import config/],
  ['server/src/core/issuance/issue.ts', '../authorities/hierarchy.ts', /issuance may not import authorities/],
  ['server/src/core/issuance/issue.ts', '../authorities/authority.ts', /issuance may not import authorities/],
  ['server/src/core/world.ts', '../config/config.ts', /core may not import config/],
  ['server/src/core/world.ts', './people/people.ts', /world\.ts stands below the features/],
  ['server/src/core/people/people.ts', '../core.ts', /core\.ts stands above/],
  ['server/src/core/work.ts', './audit/record.ts', /work\.ts may import/],
  ['server/src/core/profiles/profile.ts', '../registration/decide.ts', /profiles may not import registration/],
  ['server/src/core/people/people.suite.ts', '../../store/open.ts', /core may not import store/],
  ['portal/src/ui/table.tsx', '../lib/desk.ts', /ui may not import lib/],
  ['portal/src/features/kits/page.tsx', '../people/model.ts', /feature kits may not know feature people/],
  ['client/src/ui/voice.ts', '../commands/desk/get.ts', /ui may not import commands/],
]
for (const [file, target, words] of REFUSED) {
  test(`${file} may not import ${target}`, (t) => {
    const found = verdict(t, file, target)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', words)
  })
}

test('of a noun everybody takes the type, and nobody but those who may call its feature what it can do', (t) => {
  const file = 'packages/server/src/core/issuance/issue.ts'
  const told = (line: string) => checkLayers(tree(t, { [file]: line }))
  assert.deepEqual(told("import type { Authority } from '../authorities/authority.ts'"), [])
  assert.match(told("import { type Authority, isRoot } from '../authorities/authority.ts'").join(), /may not import/)
})

test('a worker’s file is an import like another', (t) => {
  const text = `new Worker(new URL('../../store/open.ts', import.meta.url))`
  const found = checkLayers(tree(t, { 'packages/server/src/edge/api/kits.ts': text }))
  assert.match(found.join(), /edge may not import store/)
})

test('no list of arrows goes round in a circle', () => {
  // A feature that reads another's rows depends on it as one that calls it.
  const core = Object.fromEntries(
    Object.entries(CORE_FEATURES).map(([name, calls]) => [name, [...calls, ...(CORE_READS[name] ?? [])]]),
  )
  for (const arrows of [...Object.values(PACKAGES), core]) {
    const visit = (name: string, path: readonly string[]): void => {
      assert.ok(!path.includes(name), `${[...path, name].join(' → ')}`)
      for (const next of arrows[name] ?? []) visit(next, [...path, name])
    }
    for (const name of Object.keys(arrows)) visit(name, [])
  }
})

test('an arrow between features that nothing uses is named, and one that only a noun needs too', (t) => {
  const core = 'packages/server/src/core'
  const noun = 'people → certificates'
  const unused = 'people → issuance'
  const files = Object.entries(CORE_CALLS).map(([from, calls]) => {
    const up = '../'.repeat(from.split('/').length)
    const lines = calls.map((to) => {
      const arrow = `${from} → ${to}`
      if (arrow === noun) return `import type { C } from '${up}${to}/certificate.ts'\n`
      return arrow === unused ? '' : `import '${up}${to}/x.ts'\n`
    })
    if (from === 'keys') lines.push("import type { C } from '../certificates/certificate.ts'\n")
    return [`${core}/${from}/x.ts`, lines.join('')] as const
  })
  const found = checkArrows(tree(t, Object.fromEntries(files)))
  assert.deepEqual(
    found.filter((words) => words.includes('allows core:')),
    [noun, unused, 'the noun authorities/authority.ts'].map(
      (arrow) => `tools/layers.ts allows core: ${arrow}, which nothing uses`,
    ),
  )
})

test('an arrow of any package that nothing uses is named', (t) => {
  const files = Object.entries(PACKAGES.contract!).map(([from, calls]) => {
    const used = calls.filter((to) => `${from} → ${to}` !== 'routes → enrolment')
    return [`packages/contract/src/${from}/x.ts`, used.map((to) => `import '../${to}/x.ts'\n`).join('')] as const
  })
  const found = checkArrows(tree(t, Object.fromEntries(files)))
  assert.deepEqual(found, ['tools/layers.ts allows contract: routes → enrolment, which nothing uses'])
})

test('what is for tests is imported by tests, of whatever package, and by nothing that is shipped', (t) => {
  const asks = "import { certify } from '@scel/testkit/authority'\n"
  const root = tree(t, {
    'packages/pki/src/x509/name.test.ts': asks,
    'packages/pki/test/scene.ts': asks,
    'packages/portal/e2e/browser.ts': asks,
    'packages/server/src/testing/doors.ts': asks,
    'packages/client/bench/seal.bench.ts': asks,
    'packages/testkit/src/scenes/office.ts': asks,
    'tools/setup.test.ts': asks,
    'packages/server/src/app.ts': asks,
    'packages/portal/vite.config.ts': "export const load = () => import('@scel/testkit/peers')\n",
    'tools/check.ts': "import type { Holder } from '@scel/testkit/authority'\n",
  })
  assert.deepEqual(checkForTests(root), [
    'packages/portal/vite.config.ts: @scel/testkit/peers is for tests alone',
    'packages/server/src/app.ts: @scel/testkit/authority is for tests alone',
    'tools/check.ts: @scel/testkit/authority is for tests alone',
  ])
})
