import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applicantOwner } from '../owner.ts'
import { isOwn } from './own-interest.ts'

const mine = { id: 'dd', email: 'manager@example.org', keys: ['aa'] }
const asking = (email: string): Parameters<typeof isOwn>[1] => ({
  contact: { email },
  key: 'bb',
  owner: applicantOwner('cc'),
  origin: { kind: 'kit', id: 'ee', name: 'a kit', of: undefined },
})

test('L2: another spelling of one address does not make a request another’s', () => {
  for (const email of [
    'manager@example.org',
    'Manager@EXAMPLE.org',
    'manager@example.org.',
    'manager@ｅｘａｍｐｌｅ.org',
    'ｍａｎａｇｅｒ@example.org',
    'manager@example．org',
    'manager@example。org',
    'manager@example.org。',
    'manager@example｡org｡',
  ]) {
    assert.ok(isOwn(mine, asking(email)), email)
    assert.ok(isOwn({ id: 'dd', email, keys: [] }, asking('manager@example.org')), email)
  }
  assert.ok(!isOwn(mine, asking('manager@example.com')))
  assert.ok(!isOwn(mine, asking('managers@example.org')))
})

test('an address in A-labels is the one in letters: a request under either is one’s own', () => {
  const own = { id: 'dd', email: 'manager@école.example', keys: [] }
  for (const email of ['manager@xn--cole-9oa.example', 'Manager@XN--cole-9OA.example.', 'manager@ÉCOLE.example']) {
    assert.ok(isOwn(own, asking(email)), email)
    assert.ok(isOwn({ ...own, email }, asking(own.email)), email)
  }
  assert.ok(!isOwn(own, asking('manager@ecole.example')))
})

test('a request for a key of one’s own, whichever, or from it, is one’s own; a person without certificate has no key', () => {
  const other = asking('somebody@example.com')
  assert.ok(isOwn({ ...mine, keys: ['bb'] }, other))
  assert.ok(isOwn({ ...mine, keys: ['aa', 'cc'] }, other))
  assert.ok(!isOwn(mine, other))
  assert.ok(!isOwn({ ...mine, keys: [] }, other))
})

test('what a person handed in is their own, whatever address it names', () => {
  const other = asking('somebody@example.com')
  const handedIn = { ...other, origin: { kind: 'file', id: 'dd', name: 'Some manager', of: 'dd' } } as const
  assert.ok(isOwn(mine, handedIn))
  assert.ok(!isOwn({ ...mine, id: 'ff' }, handedIn))
})
