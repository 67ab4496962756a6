import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { DeskError } from '@scel/contract/errors'
import { pemEncode } from '@scel/pki/bytes'
import { buildOcspRequest, makeCertId, parseOcspResponse } from '@scel/pki/ocsp'
import { extension, parseCertificate, parseCrl } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import {
  coreOn,
  DAY,
  derOf,
  firstAdministrator,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'
import { createDirectory } from '../issuance/directory.ts'
import { createSignerPool } from '../issuance/signer-pool.ts'
import { scopeFor } from '../rights/rights.ts'
import type { Work } from '../work.ts'
import { createOcspResponder } from './ocsp-responder.ts'
import { createRevocation } from './revocation.ts'

async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const inHand = await kit(core, admin, post.id, { standingApproval: true })
  const pc = await machine()
  const issue = async () => {
    const { request } = await submit(core, await machine(), inHand, { commonName: randomName() })
    const detail = await core.certificates.detail(admin, request.certificate!.id)
    return { id: detail.id, serial: detail.serial, pem: detail.pem, authority: detail.chain[1]!.authority! }
  }
  const pems = async (authority: string) =>
    (await core.authorities.chainOf(authority)).map((one) => pemEncode('CERTIFICATE', one.certificate))
  return { ...desk, admin, pc, issue, pems }
}

test('openssl accepts a certificate with its lists, and refuses it once it is revoked', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { core, admin, issue, pems } = await scene(t)
  const one = await issue()
  const [issuing, root] = await pems(one.authority)
  const verify = async () => {
    const crls = await Promise.all(
      (await core.authorities.chainOf(one.authority)).map(async ({ id }) => (await core.revocation.crl(id))!.der),
    )
    return judge.run(
      'openssl',
      ...['verify', '-crl_check_all', '-purpose', 'sslclient', '-x509_strict'],
      ...['-CAfile', judge.write('root.pem', root!), '-untrusted', judge.write('issuing.pem', issuing!)],
      ...['-CRLfile', judge.write('crls.pem', crls.map((der) => pemEncode('X509 CRL', der)).join(''))],
      judge.write('leaf.pem', one.pem),
    )
  }
  const before = await verify()
  assert.ok(before.ok, before.text)
  await core.certificates.revoke(admin, one.id, 'keyCompromise')
  const after = await verify()
  assert.ok(!after.ok && /revoked/.test(after.text), after.text)
})

test('a desk whose clock is wrong draws up no list for a revocation, and says that others have to', async (t) => {
  const { work, signers, world, issue } = await scene(t)
  const { authority } = await issue()
  const told: unknown[] = []
  let isRight = false
  const revocation = createRevocation({
    ...{ work, world, signers },
    pool: createSignerPool(signers),
    directory: createDirectory({ work, world, signers }),
    report: (_, error) => void told.push(error),
    mayDate: () => isRight,
    published: async () => {},
  })
  const number = async () => (await work.read((stores) => stores.crls.newest(authority)))?.number
  const before = await number()
  assert.equal(await revocation.tryPublish(authority), false)
  assert.equal(await number(), before)
  assert.match(String(told), /the clock of this host is wrong/)
  isRight = true
  assert.equal(await revocation.tryPublish(authority), true)
  assert.equal(await number(), Number(before) + 1)
  assert.equal(told.length, 1)
})

test('openssl ocsp reads good, revoked with its reason, and unknown; the answer carries the nonce', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { core, admin, issue, pems } = await scene(t)
  const [good, bad] = [await issue(), await issue()]
  await core.certificates.revoke(admin, bad.id, 'keyCompromise')
  const [issuing, root] = await pems(good.authority)
  const issuer = ['-issuer', judge.write('issuing.pem', issuing!), '-CAfile', judge.write('root.pem', root!)]
  const untrusted = ['-verify_other', judge.write('issuing.pem', issuing!)]
  const ask = async (which: readonly string[], hash: string) => {
    const made = judge.run('openssl', 'ocsp', ...issuer.slice(0, 2), `-${hash}`, ...which, '-reqout', 'request.der')
    assert.ok(made.ok, made.text)
    const { response } = await core.ocsp.answer(judge.read('request.der'))
    const answer = ['-respin', judge.write('answer.der', response)]
    const nonce = judge.run('openssl', 'ocsp', ...issuer, ...untrusted, '-reqin', 'request.der', ...answer)
    assert.ok(nonce.ok, nonce.text)
    // Told of the certificate again, openssl would draw another nonce; that one was judged just now.
    return judge.run('openssl', 'ocsp', ...issuer, ...untrusted, '-no_nonce', `-${hash}`, ...which, ...answer)
  }
  for (const hash of ['sha1', 'sha256']) {
    const said = await ask(['-cert', judge.write('good.pem', good.pem)], hash)
    assert.match(said.text, /good\.pem: good[\s\S]*Response verify OK/)
    const revoked = await ask(['-cert', judge.write('bad.pem', bad.pem)], hash)
    assert.match(revoked.text, /bad\.pem: revoked[\s\S]*keyCompromise[\s\S]*Response verify OK/)
    const unknown = await ask(['-serial', '0x4142434445464748'], hash)
    assert.match(unknown.text, /: unknown[\s\S]*Response verify OK/)
  }
})

test('a question is about issuer and serial: the serial alone, under another issuer, is not ours', async (t) => {
  const { core, issue } = await scene(t)
  const one = await issue()
  const leaf = parseCertificate(derOf(one.pem))
  const [issuing, root] = (await core.authorities.chainOf(one.authority)).map((two) =>
    parseCertificate(two.certificate),
  )
  const ask = async (issuer: typeof issuing) => {
    const certIds = [await makeCertId(issuer!, leaf.serial)]
    return parseOcspResponse((await core.ocsp.answer(buildOcspRequest({ certIds }))).response)
  }
  assert.equal((await ask(issuing)).status, 'successful')
  assert.equal((await ask(root)).status, 'unauthorized')
})

test('garbage is answered as malformed, and an answer with a nonce is not for caches', async (t) => {
  const { core, issue } = await scene(t)
  const garbage = await core.ocsp.answer(Uint8Array.of(0x30, 0x80, 1, 2, 3))
  assert.equal(parseOcspResponse(garbage.response).status, 'malformedRequest')
  const one = await issue()
  const [issuing] = (await core.authorities.chainOf(one.authority)).map((two) => parseCertificate(two.certificate))
  const certIds = [await makeCertId(issuing!, parseCertificate(derOf(one.pem)).serial, 'SHA-256')]
  const plain = await core.ocsp.answer(buildOcspRequest({ certIds }))
  const nonced = await core.ocsp.answer(buildOcspRequest({ certIds, nonce: new Uint8Array(32).fill(7) }))
  assert.deepEqual([plain.cache !== undefined, nonced.cache !== undefined], [true, false])
  const nonceOf = (answer: typeof plain) => parseOcspResponse(answer.response).basic?.nonce
  assert.deepEqual([nonceOf(plain), nonceOf(nonced)], [undefined, new Uint8Array(32).fill(7)])
})

test('lists come daily, number after number, and a root’s a month before its end', async (t) => {
  const { core, later, issue } = await scene(t)
  const { authority } = await issue()
  const numberOf = async (id: string) => (await core.revocation.crl(id))!.number
  const root = (await core.authorities.chainOf(authority))[1]!.id
  assert.equal(await core.revocation.publishDue(), 0)
  const before = await numberOf(authority)
  later(DAY)
  assert.ok((await core.revocation.publishDue()) > 0)
  assert.equal(await numberOf(authority), before + 1)
  assert.equal(await numberOf(root), 1)
  later(335 * DAY)
  await core.revocation.publishDue()
  assert.equal(await numberOf(root), 2)
  const crl = parseCrl((await core.revocation.crl(root))!.der)
  assert.equal(extension(crl, 'cRLNumber'), 2n)
})

test('RFC 5280 §3.3: a revoked certificate stands on a list after its end, and then no more', async (t) => {
  const { core, later, now, admin, issue } = await scene(t)
  const one = await issue()
  await core.certificates.revoke(admin, one.id, 'keyCompromise')
  const entries = async () => {
    await core.revocation.publishDue()
    return (await core.revocation.crl(one.authority))!.entries
  }
  const end = parseCertificate(derOf(one.pem)).notAfter.getTime()
  later(end - now().getTime() + DAY)
  assert.equal(await entries(), 1)
  later(8 * DAY)
  assert.equal(await entries(), 0)
})

test('a crash after a revocation and before its list: the next start publishes', async (t) => {
  const { core, work, now, admin, issue, restart } = await scene(t)
  const one = await issue()
  await work.transaction((stores) =>
    stores.revocations.revoke(scopeFor(admin, 'revoke_certificates'), one.id, now().toISOString(), 'unspecified'),
  )
  assert.equal((await core.revocation.crl(one.authority))!.entries, 0)
  const next = await restart()
  assert.equal((await next.revocation.crl(one.authority))!.entries, 1)
})

test('many revocations at once all stand on the published list, which was drawn up fewer times', async (t) => {
  const { core, admin, issue } = await scene(t)
  const all = []
  for (let i = 0; i < 12; i++) all.push(await issue())
  const before = (await core.revocation.crl(all[0]!.authority))!.number
  await Promise.all(
    all.map(async (one) => {
      await core.certificates.revoke(admin, one.id, 'superseded')
      const crl = parseCrl((await core.revocation.crl(one.authority))!.der)
      assert.ok(
        Array.from(crl.entries).some((entry) => Buffer.from(entry.serial).toString('hex').endsWith(one.serial)),
        'the answer comes after the list',
      )
    }),
  )
  const { number, entries } = (await core.revocation.crl(all[0]!.authority))!
  assert.equal(entries, 12)
  assert.ok(number - before < 12, `${number - before} lists for 12 revocations`)
})

test('a list that another process published meanwhile is followed by one with the next number', async (t) => {
  const { core, work, signers, world, issue, beforeNextUnit } = await scene(t)
  const { authority } = await issue()
  const before = (await core.revocation.crl(authority))!.number
  const other = coreOn(work, signers, {}, world)
  beforeNextUnit(() => other.revocation.publish(authority))
  await core.revocation.publish(authority)
  assert.equal((await core.revocation.crl(authority))!.number, before + 2)
})

test('a list that others publish at every attempt is tried five times, and of no authority there is none', async (t) => {
  const { core, work, signers, world, issue } = await scene(t)
  const { authority } = await issue()
  let attempts = 0
  const overtaken: Work = {
    read: (run) => work.read(run),
    transaction: async (run) => {
      attempts++
      await core.revocation.publish(authority)
      return work.transaction(run)
    },
  }
  const late = coreOn(overtaken, signers, {}, world)
  await assert.rejects(late.revocation.publish(authority), /drawn up elsewhere at every attempt/)
  assert.equal(attempts, 5)
  await late.revocation.publish('nobody')
  assert.equal(attempts, 5)
})

test('F2: a list of a time to come is due once the clock is right', async (t) => {
  const { core, now, later, issue } = await scene(t)
  const { authority } = await issue()
  later(DAY)
  await core.revocation.publishDue()
  assert.deepEqual(await core.revocation.due(), [])
  later(-DAY)
  await core.revocation.publishDue()
  assert.ok((await core.revocation.crl(authority))!.thisUpdate <= now().toISOString())
})

test('a revocation under a clock that was ahead stands on the list of the right time as of now, not of a time to come', async (t) => {
  const { core, work, now, admin, issue } = await scene(t)
  const one = await issue()
  const ahead = new Date(now().getTime() + DAY).toISOString()
  await work.transaction((stores) =>
    stores.revocations.revoke(scopeFor(admin, 'revoke_certificates'), one.id, ahead, 'keyCompromise'),
  )
  await core.revocation.publish(one.authority)
  const list = parseCrl((await core.revocation.crl(one.authority))!.der)
  const toTheSecond = Math.floor(now().getTime() / 1000) * 1000
  assert.deepEqual(
    Array.from(list.entries, ({ revokedAt }) => revokedAt.getTime()),
    [toTheSecond],
  )
  assert.equal(list.thisUpdate.getTime(), toTheSecond)
})

test('M11: every list that is not above the floor is due, and follows above it when its key is back', async (t) => {
  const { core, work, signers } = await scene(t)
  const all = await work.read((stores) => stores.authorities.all())
  const numbers = async () => Promise.all(all.map(async ({ id }) => (await core.revocation.crl(id))!.number))
  const floor = Math.max(...(await numbers()))
  assert.deepEqual(await core.revocation.due(), [])
  signers.break(true)
  assert.equal((await core.revocation.publishAbove(floor)).length, all.length)
  assert.equal((await core.revocation.due()).length, all.length)
  signers.break(false)
  assert.equal(await core.revocation.publishDue(), all.length)
  assert.ok((await numbers()).every((number) => number > floor))
})

test('lists whose keys are away are told after the others were tried; a database that takes nothing is told at once', async (t) => {
  const { core, work, signers, world, later } = await scene(t)
  later(DAY)
  const due = (await core.revocation.due()).length
  signers.break(true)
  await assert.rejects(core.revocation.publishDue(), (error: AggregateError) => error.errors.length === due)
  signers.break(false)
  let left = 1 // the unit that raises the floor
  const full: Work = {
    read: (run) => work.read(run),
    transaction: async (run) => {
      if (left-- <= 0) throw new DeskError('storage_full', {})
      return work.transaction(run)
    },
  }
  const { revocation } = coreOn(full, signers, {}, world)
  await assert.rejects(revocation.publishAbove(10), refused('storage_full'))
  await assert.rejects(revocation.publishDue(), refused('storage_full'))
})

test('RFC 6960 §2.3: while an authority has no responder, who asks is told to try again', async (t) => {
  const { work, now, issue, pems } = await scene(t)
  const one = await issue()
  const authorities = await work.read((stores) => stores.authorities.all())
  const [pool, directory] = [{} as never, { all: async () => authorities } as never]
  const responders = { current: async () => undefined } as never
  const ocsp = createOcspResponder({ work, world: { now }, pool, directory, responders })
  const issuing = parseCertificate(derOf((await pems(one.authority))[0]!))
  const certIds = [await makeCertId(issuing, parseCertificate(derOf(one.pem)).serial, 'SHA-256')]
  const { response } = await ocsp.answer(buildOcspRequest({ certIds }))
  assert.equal(parseOcspResponse(response).status, 'tryLater')
})

const randomName = (): string =>
  `ws-${[...crypto.getRandomValues(new Uint8Array(26))].map((one) => 'abcdefghijklmnopqrstuvwxyz234567'[one & 31]).join('')}`
