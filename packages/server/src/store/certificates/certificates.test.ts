import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Intent } from '../../core/issuance/intent.ts'
import { applicantOwner, organisationOwner, personOwner } from '../../core/owner.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import {
  authority,
  certificate,
  day,
  NOW,
  OURS,
  PRODUCTION,
  request,
  service,
  stage,
  TEST,
  THEIRS,
} from '../testing/samples.ts'

eachDatabase('certificates', ({ fresh, prepared }) => {
  test('are read back as written, in their scope, and by issuer and serial together', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { certificates } = stores
      const number = await stores.requests.insert(request('ws-1', { state: 'approved', certificate: 'one' }))
      const one = certificate('one', {
        request: number,
        owner: applicantOwner('applicant'),
        der: new Uint8Array([0, 255, 128]),
      })
      const { organisation: _, ...bare } = certificate('two', { owner: personOwner('ada'), profile: 'person' })
      await certificates.insert(one)
      await certificates.insert(bare)
      assert.deepEqual(await certificates.find(PRODUCTION, 'one'), one)
      assert.deepEqual(await certificates.find(PRODUCTION, 'two'), bare)
      assert.equal(await certificates.find(TEST, 'one'), undefined)
      assert.equal(await certificates.find(THEIRS, 'one'), undefined)
      assert.equal(await certificates.find(OURS, 'two'), undefined)
      assert.deepEqual(await certificates.findBySerial('machines', one.serial), one)
      assert.equal(await certificates.findBySerial('root', one.serial), undefined)
      const issuerRef = { id: 'machines', name: 'Authority machines' }
      const organisationRef = { id: 'ours', code: 'OURS', name: 'Organisation ours' }
      assert.deepEqual(await certificates.entry(OURS, 'one'), { ...one, issuerRef, organisationRef })
      assert.deepEqual(await certificates.entry(PRODUCTION, 'two'), { ...bare, issuerRef })
      assert.equal(await certificates.countOf('machines'), 2)
      assert.equal(await certificates.countOf('root'), 0)
    })
  })

  test('that one ends is told though another service has a newer one for the same; of a closed service not, once its organisation has', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      for (const id of ['mail', 'parcels']) await stores.services.insert(service(id, 'ours'))
      const insert = (id: string, notAfter: string, part?: string) =>
        stores.certificates.insert(
          certificate(id, {
            ...{ subjectKey: 'ws-a', notAfter, owner: organisationOwner('ours', part) },
            ...(part && { service: part }),
          }),
        )
      const ending = async () =>
        (await stores.certificates.ending({ after: NOW, until: day(30), limit: 10 })).map(({ id }) => id)
      await insert('old mail', day(10), 'mail')
      await insert('old parcels', day(11), 'parcels')
      await insert('newer mail', day(300), 'mail')
      await insert('old ours', day(12))
      assert.deepEqual(await ending(), ['old parcels', 'old ours'])
      await insert('newer ours', day(300))
      assert.deepEqual(await ending(), ['old parcels'])
      await stores.services.close(PRODUCTION, 'parcels', NOW)
      assert.deepEqual(await ending(), [])
    })
  })

  test('have a serial of their own under their authority, and are one per request', async () => {
    const work = await fresh()
    const number = await work.transaction(async (stores) => {
      await stage(stores)
      await stores.certificates.insert(certificate('one', { serial: '5e01' }))
      return stores.requests.insert(request('ws-1'))
    })
    const insert = (more: Parameters<typeof certificate>[1], id: string) =>
      work.transaction(({ certificates }) => certificates.insert(certificate(id, more)))
    await assert.rejects(insert({ serial: '5e01' }, 'same serial'))
    await assert.rejects(insert({ authority: 'nobody' }, 'no authority'))
    await assert.rejects(insert({ environment: 'test' }, 'astray'))
    await insert({ serial: '5e01', authority: 'root' }, 'of another authority')
    await insert({ request: number }, 'first')
    await assert.rejects(insert({ request: number }, 'second'))
  })

  test('are revoked once, and listed for the CRL until they expire', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { certificates, revocations } = stores
      for (const id of ['a', 'b', 'c']) await certificates.insert(certificate(id))
      await certificates.insert(certificate('old', { notAfter: day(-1) }))
      await revocations.revoke(THEIRS, 'a', NOW, 'superseded')
      assert.equal((await certificates.find(PRODUCTION, 'a'))?.revoked, undefined)
      await revocations.revoke(PRODUCTION, 'a', day(2), 'keyCompromise')
      await revocations.revoke(PRODUCTION, 'a', day(3), 'superseded')
      assert.deepEqual((await certificates.find(OURS, 'a'))?.revoked, { at: day(2), reason: 'keyCompromise' })
      await revocations.revoke(OURS, 'b', day(1), 'unspecified')
      await revocations.revoke(OURS, 'old', day(-2), 'unspecified')
      assert.deepEqual(await revocations.revokedOf('machines', NOW), [
        { serial: certificate('b').serial, at: day(1), reason: 'unspecified' },
        { serial: certificate('a').serial, at: day(2), reason: 'keyCompromise' },
      ])
      assert.deepEqual(await revocations.revokedOf('root', NOW), [])
      assert.equal(await revocations.countRevoked('machines'), 3)
    })
  })

  test('get another reason once, and towards a compromised key alone; the date stays, and lists hear of it', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { certificates, revocations } = stores
      for (const id of ['a', 'b']) await certificates.insert(certificate(id))
      await revocations.compromise(PRODUCTION, 'a', day(1))
      assert.equal((await certificates.find(PRODUCTION, 'a'))?.revoked, undefined, 'what is valid stays valid')
      await revocations.revoke(PRODUCTION, 'a', day(2), 'superseded')
      assert.equal(await revocations.countRevoked('machines'), 1)
      await revocations.compromise(TEST, 'a', day(3))
      await revocations.compromise(PRODUCTION, 'a', day(4))
      await revocations.compromise(PRODUCTION, 'a', day(5))
      const revoked = { at: day(2), reason: 'keyCompromise', compromisedAt: day(4) }
      assert.deepEqual((await certificates.find(PRODUCTION, 'a'))?.revoked, revoked)
      assert.equal(await revocations.countRevoked('machines'), 2)
      const { at, reason } = revoked
      assert.deepEqual(await revocations.revokedOf('machines', NOW), [{ serial: certificate('a').serial, at, reason }])
    })
  })

  test('of a subject, a key and a profile are found newest first', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { certificates } = stores
      const same = { subjectKey: 'ws', key: 'k' }
      await certificates.insert(certificate('new', { ...same, issuedAt: day(1) }))
      await certificates.insert(certificate('old', { ...same, issuedAt: day(-1) }))
      await certificates.insert(certificate('theirs', { ...same, organisation: 'theirs' }))
      await certificates.insert(certificate('server', { ...same, profile: 'server' }))
      const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
      assert.deepEqual(ids(await certificates.ofSubject(OURS, 'workstation', 'ws')), ['new', 'old'])
      assert.deepEqual(ids(await certificates.ofSubject(PRODUCTION, 'workstation', 'ws')), ['new', 'theirs', 'old'])
      assert.deepEqual(ids(await certificates.ofKey(OURS, 'k')), ['new', 'server', 'old'])
      assert.equal((await certificates.latestOf('machines', 'workstation', NOW))?.id, 'new')
      assert.equal(await certificates.latestOf('machines', 'ocsp-responder', NOW), undefined)
      await certificates.insert(certificate('to come', { notBefore: day(3), issuedAt: day(4) }))
      await certificates.insert(certificate('ended', { notAfter: NOW, issuedAt: day(5) }))
      assert.equal((await certificates.latestOf('machines', 'workstation', NOW))?.id, 'new')
      assert.equal((await certificates.latestOf('machines', 'workstation', day(3)))?.id, 'to come')
    })
  })

  test('are listed by status, profile, organisation, and what is typed', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { certificates, revocations } = stores
      await certificates.insert(certificate('v', { issuedAt: day(3), serial: '5eab01', commonName: 'Été' }))
      await certificates.insert(certificate('e', { issuedAt: day(2), notAfter: day(-1), serial: '5eab02' }))
      await certificates.insert(
        certificate('r', { issuedAt: day(1), notAfter: day(-1), serial: '7f03', organisation: 'theirs' }),
      )
      await revocations.revoke(PRODUCTION, 'r', NOW, 'superseded')
      const found = async (query: object, scope: Parameters<typeof certificates.page>[0] = PRODUCTION) =>
        (await certificates.page(scope, { now: NOW, ...query })).items.map(({ id }) => id).join('')
      assert.equal(await found({}), 'ver')
      assert.equal(await found({}, OURS), 've')
      assert.equal(await found({}, TEST), '')
      assert.equal(await found({ status: 'valid' }), 'v')
      assert.equal(await found({ status: 'expired' }), 'e')
      assert.equal(await found({ status: 'revoked' }), 'r')
      assert.equal(await found({ profiles: ['workstation'] }), 'ver')
      assert.equal(await found({ profiles: ['server', 'person'] }), '')
      assert.equal(await found({ organisation: 'theirs' }), 'r')
      assert.equal(await found({ search: 'ete' }), 'v')
      assert.equal(await found({ search: '5E:AB' }), 've')
      assert.equal(await found({ search: 'ab01' }), '')
      assert.equal(await found({ search: 'ab:01' }), '')
      assert.equal(await found({ search: '5e ab 0' }), 've')
      assert.equal(await found({ search: 'ete 5EAB' }), 'v')
      assert.equal(await found({ search: 'o=ours' }), 'ver')
    })
  })

  test('stay as issued and revoked, whoever speaks to the database', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.certificates.insert(certificate('one'))
      await stores.certificates.insert(certificate('two'))
      await stores.revocations.revoke(PRODUCTION, 'one', NOW, 'superseded')
    })
    await work.close()
    await assert.rejects(ask(database, 'DELETE FROM certificate'), /stays as issued|never deleted/)
    for (const set of [
      "id = 'other'",
      'number = 99',
      'request = 99',
      "common_name = 'x'",
      "issued_at = '2000'",
      "serial = '00'",
      "owner_kind = 'person'",
      "owner_id = 'ada'",
    ]) {
      await assert.rejects(ask(database, `UPDATE certificate SET ${set} WHERE id = 'two'`), /stays as issued/, set)
    }
    const change = (set: string) => ask(database, `UPDATE certificate SET ${set} WHERE id = 'one'`)
    for (const set of [
      "revocation_reason = 'unspecified'",
      "revocation_reason = 'keyCompromise'",
      "revocation_reason = 'keyCompromise', compromised_at = 'now', revoked_at = 'now'",
      "revocation_reason = 'keyCompromise', compromised_at = 'now', organisation = 'theirs'",
      "compromised_at = 'now'",
      "revoked_at = 'now'",
      "search = ''",
    ]) {
      await assert.rejects(change(set), /stays as issued/, set)
    }
    await assert.rejects(ask(database, "UPDATE certificate SET compromised_at = 'now' WHERE id = 'two'"), /stays as/)
    await change("revocation_reason = 'keyCompromise', compromised_at = 'now'")
    for (const set of ["compromised_at = 'later'", "revocation_reason = 'superseded'", 'compromised_at = NULL']) {
      await assert.rejects(change(set), /stays as issued/, set)
    }
    const pardon = "UPDATE certificate SET revoked_at = NULL, revocation_reason = NULL WHERE id = 'one'"
    await assert.rejects(ask(database, pardon), /stays as issued/)
  })
})

eachDatabase('authorities, intents and CRLs', ({ fresh }) => {
  test('authorities are listed root first, and the newest of a purpose is the current one', async () => {
    const work = await fresh()
    await work.transaction(async ({ authorities }) => {
      const root = authority('root', { createdAt: day(1) })
      const machines = authority('machines', { purpose: 'machines', parent: 'root', serial: '02', createdAt: day(2) })
      const newer = authority('newer', { purpose: 'machines', parent: 'root', serial: '03', createdAt: day(3) })
      const test = authority('test root', { environment: 'test' })
      for (const each of [newer, root, machines, test]) await authorities.insert(each)
      assert.deepEqual(await authorities.find('machines'), machines)
      assert.deepEqual(await authorities.current(OURS, 'machines'), newer)
      assert.equal(await authorities.current(TEST, 'machines'), undefined)
      assert.deepEqual(await authorities.list(OURS), [root, machines, newer])
      assert.deepEqual((await authorities.all()).length, 4)
    })
  })

  test('intents are open, oldest first, until they are closed', async () => {
    const work = await fresh()
    const intent = (id: string, more: Partial<Intent> = {}): Intent => ({
      id,
      environment: 'production',
      authority: 'machines',
      signerKey: 'key',
      certificate: `certificate of ${id}`,
      profile: 'workstation',
      tbs: new Uint8Array([0x30, 0x80]),
      purpose: { kind: 'certificate', owner: applicantOwner('a'), request: 7 },
      createdAt: NOW,
      ...more,
    })
    const { profile: _, ...ofAuthority } = intent('b', {
      purpose: { kind: 'authority', purpose: 'root' },
      subjectKeyId: 'k',
    })
    await work.transaction(async ({ intents }) => {
      await intents.insert(intent('c', { organisation: 'ours' }))
      await intents.insert(ofAuthority)
      assert.deepEqual(await intents.open(), [intent('c', { organisation: 'ours' }), ofAuthority])
      assert.deepEqual(await intents.find('b'), ofAuthority)
      await intents.close('c')
      assert.deepEqual(
        (await intents.open()).map(({ id }) => id),
        ['b'],
      )
    })
    const again = work.transaction(({ intents }) => intents.insert(intent('d', { certificate: 'certificate of b' })))
    await assert.rejects(again, 'one intent per certificate')
  })

  test('CRLs are numbered once, and the newest is the one published', async () => {
    const work = await fresh()
    const crl = (number: number) => ({
      authority: 'machines',
      number,
      der: new Uint8Array([number]),
      thisUpdate: NOW,
      nextUpdate: day(7),
      entries: number,
      covers: number,
    })
    await work.transaction(async (stores) => {
      await stage(stores)
      assert.equal(await stores.crls.newest('machines'), undefined)
      for (let number = 1; number <= 12; number++) await stores.crls.insert(crl(number))
      assert.deepEqual(await stores.crls.numbered('machines', 12), crl(12))
      assert.deepEqual(await stores.crls.numbered('machines', 3), crl(3))
      assert.equal(await stores.crls.numbered('machines', 2), undefined, 'forgotten')
      const { der: _, ...facts } = crl(12)
      assert.deepEqual(await stores.crls.newest('machines'), facts)
      assert.equal(await stores.crls.numbered('root', 12), undefined)
      assert.equal(await stores.crls.newest('root'), undefined)
    })
    await assert.rejects(work.transaction(({ crls }) => crls.insert(crl(12))))
  })
})
