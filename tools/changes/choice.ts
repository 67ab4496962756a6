import type { Change } from './change.ts'

const CONTRACT = 'packages/contract/src/profiles'
const CORE = 'packages/server/src/core'
const CLIENT = 'packages/client/src'

/** For how many hours before it was made a certificate counts: for machines whose clock is far behind. */
export const choice: Change = {
  row: 'new thing that a request asks',
  before: 'nine, to carry it alone, and no row said which',
  made: {},
  edits: [
    {
      ...{ file: `${CONTRACT}/choices.ts`, put: 'after', at: '  { validityDays: Type.Optional(Days)' },
      text: ', hoursBefore: Type.Optional(Hours)',
    },
    {
      ...{ file: `${CONTRACT}/choices.ts`, put: 'after', at: '  { validityDays: Type.Optional(Offer(Days))' },
      text: ', hoursBefore: Type.Optional(Offer(Hours))',
    },
    {
      ...{ file: `${CONTRACT}/choices.ts`, put: 'after', at: 'maximum: 3660 })\n' },
      text: 'const Hours = Type.Integer({ minimum: 0, maximum: 72 })\n',
    },
    {
      ...{ file: `${CONTRACT}/choice-words.ts`, put: 'after', at: 'other {# days}}' },
      text: "' }, hoursBefore: { label: 'Valid before it is made', value: '{value, plural, one {# hour} other {# hours}}",
    },
    {
      ...{ file: `${CONTRACT}/choice-words.ts`, put: 'after', at: 'other {# jours}}' },
      text: "' }, hoursBefore: { label: 'Valable avant son émission', value: '{value, plural, one {# heure} other {# heures}}",
    },
    {
      ...{ file: `${CORE}/profiles/offers.ts`, put: 'before', at: '  validityDays: {\n' },
      text: '  hoursBefore: { usual: 0, may: (value) => [0, 1, 12, 72].some((hours) => hours === value) },\n',
    },
    {
      ...{ file: `${CORE}/issuance/content.ts`, put: 'after', at: 'world.now().getTime() - BACKDATED' },
      text: ' - (choices?.hoursBefore ?? 0) * 3_600_000',
    },
    {
      ...{ file: `${CLIENT}/enrol/choices.ts`, put: 'before', at: "  validityDays: { name: 'duration'" },
      text: "  hoursBefore: { name: 'before', help: 'enrol_before', value: 'value_number' },\n",
    },
    {
      ...{ file: `${CLIENT}/ui/messages/help.en.ts`, put: 'before', at: '  enrol_duration:' },
      text: "  enrol_before: 'for how many hours before it is made the certificate counts, where the kit offers several',\n",
    },
    {
      ...{ file: `${CLIENT}/ui/messages/help.fr.ts`, put: 'before', at: '  enrol_duration:' },
      text: "  enrol_before: 'nombre d’heures avant son émission où le certificat compte déjà, si le kit en propose plusieurs',\n",
    },
  ],
  seenBy: {
    [`${CORE}/registration/hours-before.test.ts`]: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, kit, machine, profilesWhere, refused, submit } from '../../../test/rules-desk.ts'
import { rulesScene } from '../../../test/rules-scene.ts'

test('a certificate counts for as many hours before it is made as was asked for, where the profile offers several', async (t) => {
  const { admin, post, restart, now } = await rulesScene(t)
  const core = await restart(profilesWhere('workstation', { offers: { hoursBefore: [0, 12] } }))
  const inHand = await kit(core, admin, post.id)
  const choices = { hoursBefore: 12 }
  const { request } = await submit(core, await machine(), inHand, { choices })
  assert.deepEqual((await core.requests.detail(admin, request.number)).choices, choices)
  const { certificate } = await approve(core, admin, request.number)
  const { notBefore } = await core.certificates.detail(admin, certificate?.id ?? '')
  assert.equal(Math.floor((now().getTime() - Date.parse(notBefore)) / 3_600_000), 12)
  const other = submit(core, await machine(), inHand, { choices: { hoursBefore: 1 } })
  await assert.rejects(other, refused('choice_not_offered', { choice: 'hoursBefore', offered: '0, 12' }))
})
`,
    'packages/client/test/asks-before.test.ts': `import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { scel } from './run-scel.ts'

test('scel enrol has an option for it', async () => {
  const { out } = await scel(['enrol', '--help'], mkdtempSync(join(tmpdir(), 'scel-before-')))
  assert.match(out, /--before <number>/i)
})
`,
  },
}
