import type { Change } from './change.ts'

/** A certificate for a robot. */
export const profile: Change = {
  row: 'new profile',
  before:
    'refused; with it, 6: the list of names in the contract, the words of the log, messages in two languages, who may see it',
  made: {
    'packages/server/profiles/robot.json': `${JSON.stringify(
      {
        name: 'robot',
        title: { en: 'Robot', fr: 'Robot' },
        description: { en: 'Client certificate of a procedure.', fr: 'Certificat de client d’une procédure.' },
        ...{ family: 'machine', managers: true, standingApproval: false, revocable: true, issuer: 'machines' },
        ...{ validityDays: 90, keys: ['ec-p256'], proposedKey: 'ec-p256' },
        ...{
          keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature'] },
          extendedKeyUsage: ['clientAuth'],
          organisationalUnit: 'Robot',
        },
        ...{ commonName: 'machine-fingerprint', names: 'none', ocspNoCheck: false, revocationAddresses: true },
      },
      null,
      2,
    )}\n`,
  },
  edits: [],
  seenBy: {
    'packages/server/src/robot.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { furnish, makeKit, startDesk } from './testing/index.ts'

test('a kit is made for the profile, under its title', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const { administrator, post } = await furnish(desk)
  const { json } = await administrator.get('/api/profiles')
  const robot = json.items.find(({ name }: { name: string }) => name === 'robot')
  assert.deepEqual(robot.title, { en: 'Robot', fr: 'Robot' })
  const kit = await makeKit(administrator, post.id, { profile: 'robot', keys: ['ec-p256'], proposedKey: 'ec-p256' })
  assert.ok(kit)
})
`,
  },
}
