import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IntentPurpose } from '../core/issuance/intent.ts'
import { applicantOwner, personOwner, THE_DESK } from '../core/owner.ts'
import { purposeOf } from './intent-purpose.ts'

test('what an intent is for is read as it is written, and as it was written before there were owners', () => {
  const before: readonly (readonly [string, IntentPurpose])[] = [
    [
      '{"kind":"request","request":7,"applicant":"ann"}',
      { kind: 'certificate', owner: applicantOwner('ann'), request: 7 },
    ],
    ['{"kind":"person","person":"ada"}', { kind: 'certificate', owner: personOwner('ada') }],
    ['{"kind":"desk"}', { kind: 'certificate', owner: THE_DESK }],
    ['{"kind":"authority","purpose":"machines"}', { kind: 'authority', purpose: 'machines' }],
  ]
  for (const [text, purpose] of before) {
    assert.deepEqual(purposeOf(text), purpose)
    assert.deepEqual(purposeOf(JSON.stringify(purpose)), purpose)
  }
})
