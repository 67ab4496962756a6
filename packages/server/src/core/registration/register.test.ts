import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { personAsking, profilesWithMail } from '../../../test/person-asking.ts'
import { csrOf, firstAdministrator, invited, openRulesDesk, refused } from '../../../test/rules-desk.ts'
import { PRODUCTION } from '../../store/testing/samples.ts'

/** Two people who ask for certificates for their mail, decided as they come unless they are said to wait. */
async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(desk.core)
  const { actor: ada } = await invited(desk.core, admin, 'auditor')
  const { actor: eve } = await invited(desk.core, admin, 'auditor', { email: 'eve@desk.example' })
  const { ask, issuance } = personAsking(desk, profilesWithMail())
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  return { ...desk, ada, eve, ask, issuance, csr }
}

test('what is decided as it comes, by whatever way, is not certified for a key that somebody else waits with', async (t) => {
  const { ada, eve, ask, issuance, csr, work } = await scene(t)
  const { number } = await ask(ada, { csr, waits: true })
  await assert.rejects(ask(eve, { csr }), refused('csr_key_in_use'))
  // Nor is hers, while a copy waits: nobody knows which is which. What she waits with herself, she may be given at once.
  const copy = await ask(eve, { csr, waits: true })
  await assert.rejects(ask(ada, { csr }), refused('csr_key_in_use'))
  await work.transaction(({ requests }) => requests.update(PRODUCTION, copy.number, { state: 'rejected' }))
  const made = await ask(ada, { csr })
  assert.deepEqual(made.replaced, [number])
  await issuance.complete(made.prepared!)
  assert.ok((await ask(ada, { csr })).prepared, 'and once more, the key being hers')
  await assert.rejects(ask(eve, { csr }), refused('csr_key_in_use'))
})

test('what somebody asks for themselves for another address waits beside what they asked for before, and is nobody else’s', async (t) => {
  const { ada, ask } = await scene(t)
  const waits = (...names: string[]) => ask(ada, { names, waits: true })
  const first = await waits('ada@one.example', 'ada@two.example')
  const second = await waits('ada@one.example')
  assert.deepEqual([second.replaced, second.conflicts], [[], 0])
  assert.ok(!second.request.findings.some(({ code }) => code === 'subject_pending_elsewhere'))
  const again = await waits('ada@two.example', 'ada@one.example')
  assert.deepEqual([again.replaced, (await waits('ada@one.example')).replaced], [[first.number], [second.number]])
})
