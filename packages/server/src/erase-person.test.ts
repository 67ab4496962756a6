import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optionOf, siteOf } from '../test/site.ts'
import {
  acceptInvitation,
  approve,
  expectOk,
  makeApplicant,
  makeKit,
  startDesk,
  workstationName,
} from './testing/index.ts'
import { postgresMissing } from './testing/postgres.ts'

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`the host erases somebody beside a running desk, after it asked; every page answers then, and names nobody, ${engine}`, {
    timeout: 180_000,
    skip: engine === 'postgres' && (postgresMissing() ?? false),
  }, async (t) => {
    const { data, at, run } = await siteOf(t, engine)
    const desk = await startDesk({ data, ...optionOf(await at('desk')) })
    t.after(() => desk.stop())
    const ada = await acceptInvitation(desk, desk.inviteLink)
    const { json: post } = await expectOk(ada.post('/api/organisations', { code: 'K9', name: 'K', country: 'FR' }))
    const zoe = { name: 'Zoé Quatremère', email: 'zoe@desk.example', role: 'manager', organisation: post.id }
    const invited = await expectOk(ada.post('/api/people', zoe))
    const { id } = invited.json.person
    const manager = await acceptInvitation(desk, invited.json.invitation.link)
    const kit = await makeKit(ada, post.id)
    const applicant = await makeApplicant(desk)
    const { csr } = await applicant.credential({ commonName: workstationName() })
    const { number } = (await expectOk(applicant.submit(kit, csr))).json.request
    await expectOk(approve(manager, number))

    assert.match(await run('desk', 'en', 'erase-person', id, '--yes'), /^1 scel-desk: this account is not disabled/i)
    assert.match(await run('desk', 'en', 'erase-person', 'nobody', '--yes'), /^1 scel-desk: /)
    await expectOk(ada.post(`/api/people/${id}/disable`))
    assert.match(
      await run('desk', 'en', 'erase-person', id, '--yes', '--shown', 'her-laptop'),
      /^1 scel-desk: --shown her-laptop is not the SHA-256 of a certificate/,
    )
    const asked = await run('desk', 'en', 'erase-person', id)
    assert.match(asked, /^1 Nothing was erased\.\n/)
    assert.match(asked, /This erases Zoé Quatremère zoe@desk\.example/)
    assert.equal((await ada.get(`/api/people/${id}`)).json.name, 'Zoé Quatremère')
    assert.match(
      await run('desk', 'fr', 'erase-person', id, '--yes'),
      /^0 Effacés\s: le compte, \d+ autres lignes de la base/,
    )
    assert.match(
      await run('desk', 'en', 'erase-person', id, '--yes', '--shown', `${'AB:'.repeat(31)}AB`),
      new RegExp(
        `^0 Erased: the account, 0 other rows and 0 lines of the log\\.\n[^]*No line of the log is about the certificate ${'ab'.repeat(32)}: `,
      ),
    )

    for (const page of [
      'people',
      `people/${id}`,
      'requests',
      `requests/${number}`,
      'kits',
      'audit',
      'sessions',
      'deliveries',
    ]) {
      const { json, status } = await ada.get(`/api/${page}`)
      assert.equal(status, 200, page)
      // What was asked for the certificate that she had is what was signed.
      const said = JSON.stringify(
        page === 'requests' ? json.items.filter((one: { number: number }) => one.number === number) : json,
      )
      assert.doesNotMatch(said, /Quatrem|zoe@/, page)
    }
    assert.equal((await ada.get('/api/certificates')).status, 200)
    const { decidedBy, steps } = (await ada.get(`/api/requests/${number}`)).json
    assert.deepEqual(
      [decidedBy, steps.map(({ actor }: { actor: { name: string } }) => actor.name).includes('')],
      ['', true],
    )
  })
}
