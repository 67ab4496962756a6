import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pemEncode } from '@scel/pki/bytes'
import { extension, parseCertificate } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import {
  coreOn,
  DAY,
  derOf,
  firstAdministrator,
  invited,
  memorySigners,
  openRulesDesk,
  refused,
  signedInAgain,
} from '../../../test/rules-desk.ts'
import { openSample } from '../../store/testing/sample-work.ts'

test('first start makes both hierarchies; the second makes nothing', async (t) => {
  const { work, restart } = await openRulesDesk(t)
  const all = () => work.read((stores) => stores.authorities.all())
  const first = await all()
  assert.deepEqual(first.map(({ environment, purpose }) => `${environment} ${purpose}`).sort(), [
    'production desk',
    'production machines',
    'production people',
    'production root',
    'test desk',
    'test machines',
    'test people',
    'test root',
  ])
  await restart()
  assert.deepEqual(await all(), first)
})

test('a hierarchy half made before a crash is completed, with what was there', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-half-'))
  const work = await openSample({ kind: 'sqlite', file: join(folder, 'desk.db') })
  t.after(async () => {
    await work.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const signers = memorySigners()
  // At each signature in turn the process dies; every start goes on where the last one stopped.
  for (let made = 0; made < 8; made++) {
    assert.equal((await work.read((stores) => stores.authorities.all())).length, made)
    signers.breakAfter(0)
    await assert.rejects(coreOn(work, signers).authorities.ensure(), /the key is away/)
    signers.breakAfter(1)
    if (made < 7) await assert.rejects(coreOn(work, signers).authorities.ensure(), /the key is away/)
    else await coreOn(work, signers).authorities.ensure()
  }
  signers.breakAfter(Number.POSITIVE_INFINITY)
  await coreOn(work, signers).start()
  const all = await work.read((stores) => stores.authorities.all())
  assert.equal(all.length, 8)
  assert.deepEqual(await work.read((stores) => stores.intents.open()), [])
})

test('roots’ keys are in memory for a ceremony only', async (t) => {
  const { signers } = await openRulesDesk(t)
  assert.deepEqual(
    [...signers.inUse].filter((id) => id.endsWith('-root')),
    [],
  )
})

test('openssl accepts each chain, and refuses an authority below an issuing one', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { core, work } = await openRulesDesk(t)
  for (const authority of await work.read((stores) => stores.authorities.all())) {
    const parsed = parseCertificate(authority.certificate)
    const depth = authority.purpose === 'root' ? 1 : 0
    assert.deepEqual(extension(parsed, 'basicConstraints'), { ca: true, pathLength: depth })
    assert.deepEqual(extension(parsed, 'keyUsage'), ['keyCertSign', 'cRLSign'])
    if (authority.purpose === 'root') continue
    const root = (await core.authorities.chainOf(authority.id))[1]!
    const verified = judge.run(
      'openssl',
      ...['verify', '-x509_strict', '-CAfile', judge.write('root.pem', pemEncode('CERTIFICATE', root.certificate))],
      judge.write('issuing.pem', pemEncode('CERTIFICATE', authority.certificate)),
    )
    assert.ok(verified.ok, verified.text)
  }
})

test('the list of authorities says what people look for', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor } = await firstAdministrator(core)
  const { items } = await core.authorities.list(actor)
  assert.deepEqual(
    items.map(({ purpose, key, issued }) => ({ purpose, key, issued })),
    [
      { purpose: 'root', key: 'ec-p384', issued: 3 },
      { purpose: 'machines', key: 'ec-p256', issued: 1 },
      { purpose: 'people', key: 'ec-p256', issued: 2 },
      { purpose: 'desk', key: 'ec-p256', issued: 3 },
    ],
  )
  assert.ok(items.every(({ crl }) => crl?.address.startsWith('http://pki.example.org:8080/crl/')))
  assert.ok(items.every(({ purpose, ocsp }) => (purpose === 'root') === (ocsp === undefined)))
})

test('whoever has no grant is told of authorities what is public, and neither what they issued nor what waits for the root', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor } = await firstAdministrator(core)
  const auditor = await invited(core, actor, 'auditor')
  await core.grants.end(actor, auditor.actor.id, auditor.actor.grants[0]!.id)
  const alone = await signedInAgain(core, auditor)
  const { items: all } = await core.authorities.list(actor)
  assert.deepEqual(
    (await core.authorities.list(alone)).items,
    all.map(({ issued: _, ...known }) => known),
  )
  assert.equal(await core.ceremonies.dueFor(alone), undefined)
  assert.deepEqual(await core.ceremonies.dueFor(actor), [])
})

test('issuing authorities have the key that the configuration says', async (t) => {
  const { work } = await openRulesDesk(t, { authorityKey: 'ec-p384' })
  const [machines] = (await work.read((stores) => stores.authorities.all())).filter((one) => one.purpose === 'machines')
  assert.equal(parseCertificate(machines!.certificate).publicKey.spec, 'ec-p384')
})

test('the desk’s own certificates renew themselves when a third of their life is left, and keep their key', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const names = ['pki.example.org', 'localhost', '127.0.0.1', '::1']
  const first = await core.ownCertificates.tlsIdentity(names)
  assert.deepEqual(await core.ownCertificates.tlsIdentity(names), first)
  const leaf = parseCertificate(derOf(first.chain))
  assert.deepEqual(
    extension(leaf, 'subjectAltName')?.map((name) => 'value' in name && name.value),
    ['pki.example.org', 'localhost', '127.0.0.1', '::1'],
  )
  later(59 * DAY)
  await core.ownCertificates.renewDue()
  assert.equal((await core.ownCertificates.tlsIdentity(names)).fingerprint, first.fingerprint)
  later(2 * DAY)
  const { tls, responders } = await core.ownCertificates.renewDue()
  assert.deepEqual({ tls, responders }, { tls: true, responders: 0 })
  const second = await core.ownCertificates.tlsIdentity(names)
  assert.notEqual(second.fingerprint, first.fingerprint)
  assert.equal(second.key, first.key)
  const other = await core.ownCertificates.tlsIdentity(['desk.example'])
  assert.notEqual(other.fingerprint, second.fingerprint)
})

test('what comes after an authority ends with its root at the latest, and under a root that has ended nothing is made', async (t) => {
  const { core, work, later } = await openRulesDesk(t)
  const newest = async () => {
    const all = await work.read((stores) => stores.authorities.all())
    const find = (purpose: string) =>
      all.findLast((one) => one.environment === 'production' && one.purpose === purpose)!
    return { root: find('root'), machines: find('machines') }
  }
  later(12 * 365 * DAY)
  assert.ok((await core.ceremonies.hold()).made > 0)
  const { root, machines } = await newest()
  assert.equal(machines.notAfter, root.notAfter)
  await core.authorities.requireKeys()
  later(9 * 365 * DAY)
  await assert.rejects(core.ceremonies.hold(), refused('root_ended', { at: root.notAfter }))
  await assert.rejects(core.authorities.requireKeys(), refused('root_ended'), 'it is not ready either')
})

test('a desk that cannot sign its OCSP answers is not ready, though each authority can sign', async (t) => {
  const { core, signers, work } = await openRulesDesk(t)
  const all = await work.read((stores) => stores.authorities.all())
  const { id } = all.find(({ environment, purpose }) => environment === 'test' && purpose === 'machines')!
  const keyId = `ocsp-${id}`
  const isTold = refused('authority_unavailable', { purpose: keyId })
  signers.lose(keyId)
  await assert.rejects(core.authorities.requireKeys(), isTold, 'none')
  await signers.generate(keyId, 'ec-p256', 'responder')
  await assert.rejects(core.authorities.requireKeys(), isTold, 'another')
})
