import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { deskNamesOf } from '../names/desk-names.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { requireNames } from './require-names.ts'

const DESK = deskNamesOf('http://pki.example.org:8080', () => [])
const POST = { nameSuffixes: ['post.example'] } as unknown as Organisation

const verdict = (names: string[], organisation?: Organisation): string => {
  try {
    requireNames({ names }, organisation, DESK)
    return 'may'
  } catch (error) {
    const codes = ['name_outside_organisation', 'name_not_allowed'] as const
    return codes.find((code) => hasDeskCode(error, code)) ?? String(error)
  }
}

test('an organisation has the names below its own; what is nobody’s has addresses of mail, and no machine’s', () => {
  assert.equal(verdict(['a.post.example'], POST), 'may')
  assert.equal(verdict(['a.other.example'], POST), 'name_outside_organisation')
  assert.equal(verdict(['mia@other.example']), 'may')
  for (const machine of ['a.post.example', '192.0.2.1'])
    assert.equal(verdict(['mia@other.example', machine]), 'name_outside_organisation')
  assert.equal(verdict(['pki.example.org'], POST), 'name_not_allowed')
})
