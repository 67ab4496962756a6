import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entitlement } from '@scel/contract/values'
import { onlyOrganisation } from './only-organisation.ts'

const held = (more: Partial<Entitlement>): Entitlement => ({
  ...{ right: 'read_requests', reach: 'organisation', needs: 'low' },
  ...more,
})
const POST = { id: 'post', code: 'J1CFRA', name: 'Post' }
const BANK = { id: 'bank', code: 'J2CFRA', name: 'Bank' }

test('there is one organisation to choose services of where a right is held in one, and nowhere else', () => {
  assert.equal(onlyOrganisation(held({ organisations: [POST] })), 'post')
  assert.equal(onlyOrganisation(held({ organisations: [POST, BANK] })), undefined)
  assert.equal(onlyOrganisation(held({ reach: 'environment' })), undefined)
  assert.equal(onlyOrganisation(undefined), undefined)
})

test('whoever has a right in one organisation and for a service of another has it in two', () => {
  const services = [{ id: 'mail', name: 'Mail', organisation: 'bank' }]
  assert.equal(onlyOrganisation(held({ reach: 'service', organisations: [POST], services })), undefined)
  assert.equal(onlyOrganisation(held({ reach: 'service', services })), undefined)
})
