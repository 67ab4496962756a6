import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeKit, emptyKit, faultsOf, kitOf } from './model.ts'

const whole = { ...emptyKit('org'), name: 'Sorting centres' }

test('the proposed key is always an allowed one', () => {
  assert.equal(changeKit(whole, { keys: ['rsa-4096', 'rsa-2048'] }).proposedKey, 'rsa-2048')
  assert.equal(changeKit(whole, { keys: ['ec-p256'] }).proposedKey, 'ec-p256')
})

test('a kit for servers loses its standing approval', () => {
  const standing = changeKit(whole, { standingApproval: true })
  assert.equal(standing.standingApproval, true)
  assert.equal(changeKit(standing, { enrolment: 'server' }).standingApproval, false)
})

test('every fault is named at once', () => {
  assert.deepEqual(faultsOf({ ...emptyKit(''), keys: [], uses: '0', validityDays: '1.5' }), {
    name: true,
    organisation: true,
    keys: true,
    uses: true,
    validityDays: true,
  })
  assert.deepEqual(faultsOf(whole), {})
})

test('numbers are sent as numbers, standing approval only when given', () => {
  const sent = kitOf({ ...whole, uses: '25' })
  assert.equal(sent.uses, 25)
  assert.equal('standingApproval' in sent, false)
})
