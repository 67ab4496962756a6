import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRulesDesk } from '../../../test/rules-desk.ts'
import { later } from '../world.ts'
import { isSignedList } from './is-signed-list.ts'

test('a list is taken for signed with its own number, dates and entries, by its own authority, and as nothing else', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const authorities = await work.read((stores) => stores.authorities.all())
  const [one, other] = authorities.filter(({ purpose }) => purpose === 'machines')
  const list = (await core.revocation.crl(one!.id))!
  assert.equal(await isSignedList(list, one!), true)
  assert.equal(await isSignedList(list, other!), false)
  const said = [
    { number: list.number + 1 },
    { thisUpdate: later(list.thisUpdate, 1_000) },
    { nextUpdate: later(list.nextUpdate, 86_400_000) },
    { entries: 1 },
    { der: list.der.slice(0, -1) },
    { der: list.der.map((octet, place) => (place === list.der.length - 1 ? octet ^ 1 : octet)) },
    { der: (await core.revocation.crl(other!.id))!.der },
    { der: new Uint8Array(0) },
  ]
  for (const more of said)
    assert.equal(await isSignedList({ ...list, ...more }, one!), false, JSON.stringify(Object.keys(more)))
})
