import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import { acceptInvitation, firstAdministrator, invited, rulesDeskOn } from '../../../../test/rules-desk.ts'
import { ask } from '../../../store/testing/ask.ts'
import { unguardCertificates } from '../../../store/testing/certificates-behind-the-back.ts'

eachRulesDatabase('whose decision a link was', ({ opened }) => {
  test('is what the link says, whoever writes another’s name over a certificate', async () => {
    const { database, work } = await opened()
    const { core } = await rulesDeskOn(work)
    const { actor: admin } = await firstAdministrator(core)
    const { actor: zoe } = await invited(core, admin, 'administrator')
    const { token } = await core.people.invite(admin, { name: 'Aude', email: 'aude@desk.example', role: 'auditor' })
    await unguardCertificates(database)
    await ask(database, `UPDATE certificate SET common_name = '${zoe.name} Innocent' WHERE id = '${admin.credential}'`)
    await acceptInvitation(core, token)
    const [mine] = (await core.requests.list(admin, { origin: 'invitation' })).items
    assert.equal(mine?.commonName, 'Aude')
    const { decidedBy, origin } = await core.requests.detail(admin, mine.number)
    assert.deepEqual([decidedBy, origin.name], [admin.name, admin.name])
    const [line] = (await core.audit.list(admin, { action: 'request.approved' })).items
    assert.deepEqual(line?.actor, { kind: 'person', name: admin.name })
  })
})
