import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemEncode, utf8 } from '@scel/pki/bytes'
import { readCertificateBag } from '@scel/pki/cms'
import {
  buildTimeStampRequest,
  imprintOf,
  parseTimeStampRequest,
  parseTimeStampResponse,
  type TimeStamp,
  type TimeStampRequestInput,
  timeStampToken,
  verifyTimeStampToken,
} from '@scel/pki/tsp'
import { extension, makeExtension, parseCertificate } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import fc from 'fast-check'
import { DAY, firstAdministrator, MINUTE, openRulesDesk, type RulesDesk } from '../../../test/rules-desk.ts'
import type { Core } from '../core.ts'
import { STAMP_POLICY } from './time-stamps.ts'

const DOCUMENT = utf8('an offer')

async function ask(
  core: Core,
  more: Partial<TimeStampRequestInput> = {},
  environment: 'production' | 'test' = 'production',
) {
  const request = buildTimeStampRequest({ imprint: await imprintOf(DOCUMENT), wantsCertificate: true, ...more })
  return parseTimeStampResponse(await core.timeStamps.answer(environment, request))
}

async function verified(
  { core, now }: Pick<RulesDesk, 'core' | 'now'>,
  token: Uint8Array,
  environment: 'production' | 'test' = 'production',
): Promise<TimeStamp> {
  const root = (await core.authorities.roots()).find((one) => one.environment === environment)!
  const anchors = [parseCertificate(root.der)]
  return verifyTimeStampToken(token, { data: DOCUMENT, anchors, at: now(), revocation: 'not-asked' })
}

const inUse = async ({ work, now }: RulesDesk, environment: 'production' | 'test' = 'production') => {
  const desk = (await work.read((stores) => stores.authorities.all())).findLast(
    (one) => one.environment === environment && one.purpose === 'desk',
  )!
  return (await work.read((stores) => stores.certificates.latestOf(desk.id, 'time-stamping', now().toISOString())))!
}

test('a document is stamped with the moment, policy, accuracy and nonce, under the root of its environment', async (t) => {
  const desk = await openRulesDesk(t)
  for (const environment of ['production', 'test'] as const) {
    const response = await ask(desk.core, { nonce: 4711n, policy: STAMP_POLICY }, environment)
    assert.equal(response.status, 'granted')
    const stamp = await verified(desk, timeStampToken(response), environment)
    assert.deepEqual([stamp.policy, stamp.accuracy, stamp.info.nonce], [STAMP_POLICY, { seconds: 1 }, 4711n])
    assert.ok(Math.abs(stamp.at.getTime() - desk.now().getTime()) < 60_000)
  }
  const stamp = timeStampToken(await ask(desk.core, {}, 'test'))
  await assert.rejects(verified(desk, stamp, 'production'))
})

test('the certificate is for time stamps alone, critically, and lives for years after its key was used last', async (t) => {
  const desk = await openRulesDesk(t)
  const { der, notAfter } = await inUse(desk)
  const certificate = parseCertificate(der)
  assert.deepEqual(extension(certificate, 'extendedKeyUsage'), ['timeStamping'])
  assert.equal(certificate.extensions.find(({ oid }) => oid === '2.5.29.37')?.critical, true)
  assert.deepEqual(extension(certificate, 'keyUsage'), ['digitalSignature'])
  assert.ok(Date.parse(notAfter) > desk.now().getTime() + 9 * 365 * DAY)
})

test('certificates come along when they are asked for, and only then', async (t) => {
  const { core } = await openRulesDesk(t)
  const carried = async (wantsCertificate: boolean): Promise<number> =>
    readCertificateBag(timeStampToken(await ask(core, { wantsCertificate }))).certificates.length
  assert.equal(await carried(true), 2)
  assert.equal(await carried(false), 0)
})

test('what cannot be stamped is rejected with its reason', async (t) => {
  const { core } = await openRulesDesk(t)
  const failure = async (more: Partial<TimeStampRequestInput>) => (await ask(core, more)).failures
  assert.deepEqual(await failure({ imprint: await imprintOf(DOCUMENT, 'SHA-1') }), ['badAlg'])
  assert.deepEqual(await failure({ imprint: await imprintOf(DOCUMENT, 'SHA-224') }), ['badAlg'])
  assert.deepEqual(await failure({ policy: '1.2.3.4' }), ['unacceptedPolicy'])
  assert.deepEqual(await failure({ nonce: 1n << 256n }), ['badRequest'])
  assert.deepEqual(await failure({ nonce: -1n }), ['badRequest'])
  const extensions = [makeExtension('keyUsage', ['digitalSignature'])]
  assert.deepEqual(await failure({ extensions }), ['unacceptedExtension'])
  for (const garbage of [new Uint8Array(0), utf8('hello'), new Uint8Array(4_000).fill(0x30)]) {
    const response = parseTimeStampResponse(await core.timeStamps.answer('production', garbage))
    assert.deepEqual([response.status, response.failures, response.token], ['rejection', ['badDataFormat'], undefined])
    assert.match(response.texts[0]!, /not a time-stamp request/)
  }
})

test('whatever is asked, the answer is a response, and a stamp only for what can be read in it', async (t) => {
  const { core } = await openRulesDesk(t)
  const whole = buildTimeStampRequest({ imprint: await imprintOf(DOCUMENT), nonce: 77n, policy: STAMP_POLICY })
  const place = fc.nat(whole.length - 1)
  await fc.assert(
    fc.asyncProperty(place, fc.nat(255), fc.boolean(), async (at, octet, cut) => {
      const asked = cut ? whole.slice(0, at) : whole.with(at, octet)
      const response = parseTimeStampResponse(await core.timeStamps.answer('production', asked))
      if (response.status !== 'granted') return assert.equal(response.failures.length, 1)
      const { imprint } = parseTimeStampRequest(asked) // throws when there was nothing to stamp
      assert.ok(imprint.hash.length >= 32)
    }),
    { numRuns: 300 },
  )
})

test('no serial is given twice: not at once, not after a restart without goodbye, not by two processes', async (t) => {
  const desk = await openRulesDesk(t)
  const other = await desk.restart()
  const seen = new Set<string>()
  const counted = new Set<string>()
  for (const core of [desk.core, other, await desk.restart(), desk.core]) {
    const stamps = await Promise.all(
      Array.from({ length: 5 }, async () => verified(desk, timeStampToken(await ask(core)))),
    )
    for (const { serialHex } of stamps) {
      seen.add(serialHex)
      counted.add(serialHex.slice(0, -16)) // the counted half alone differs already
    }
  }
  assert.deepEqual([seen.size, counted.size], [20, 20])
})

test('a year later the key is new, and stamps of the old one still hold', async (t) => {
  const desk = await openRulesDesk(t)
  const first = await inUse(desk)
  const old = timeStampToken(await ask(desk.core))
  desk.later(364 * DAY)
  assert.equal(await desk.core.timeStamps.renewDue(), 0)
  desk.later(2 * DAY)
  assert.equal(await desk.core.timeStamps.renewDue(), 2)
  const second = await inUse(desk)
  assert.notEqual(second.key, first.key)
  const { tsa } = await verified(desk, timeStampToken(await ask(desk.core)))
  assert.equal(tsa.serialHex, second.serial)
  assert.equal((await verified(desk, old)).tsa.serialHex, first.serial)
  // A desk that starts anew finds the key of its certificate among those it has.
  assert.equal((await verified(desk, timeStampToken(await ask(await desk.restart())))).tsa.serialHex, second.serial)
})

test('a revoked certificate stamps nothing any more, and is replaced with another key', async (t) => {
  const desk = await openRulesDesk(t)
  const { actor } = await firstAdministrator(desk.core)
  const first = await inUse(desk)
  await desk.core.certificates.revoke(actor, first.id, 'keyCompromise')
  assert.deepEqual((await ask(desk.core)).failures, ['systemFailure'])
  assert.equal(await desk.core.timeStamps.renewDue(), 1)
  const { tsa } = await verified(desk, timeStampToken(await ask(desk.core)))
  assert.notEqual(tsa.serialHex, first.serial)
  assert.notEqual((await inUse(desk)).key, first.key)
})

test('a desk whose key for time stamps is gone makes another at its next start', async (t) => {
  const desk = await openRulesDesk(t)
  const first = await inUse(desk)
  desk.signers.lose('time-stamps-production-1')
  desk.later(MINUTE)
  const { tsa } = await verified(desk, timeStampToken(await ask(await desk.restart())))
  assert.notEqual(tsa.serialHex, first.serial)
  assert.notEqual((await inUse(desk)).key, first.key)
})

test('a certificate that has ended stamps nothing', async (t) => {
  const desk = await openRulesDesk(t)
  desk.later(Date.parse((await inUse(desk)).notAfter) - desk.now().getTime() - MINUTE)
  assert.equal((await ask(desk.core)).status, 'granted')
  desk.later(MINUTE)
  assert.deepEqual((await ask(desk.core)).failures, ['systemFailure'])
})

test('a key that a crash left without a certificate is used, not added to', async (t) => {
  const desk = await openRulesDesk(t)
  await desk.signers.generate('time-stamps-production-2', 'ec-p256', 'time-stamp')
  desk.later(366 * DAY)
  await desk.core.timeStamps.renewDue()
  await verified(desk, timeStampToken(await ask(desk.core)))
  assert.equal(await desk.signers.has('time-stamps-production-3'), false)
})

test('a certificate that could not be signed is signed later, once', async (t) => {
  const desk = await openRulesDesk(t)
  const first = await inUse(desk)
  desk.later(366 * DAY)
  desk.signers.break(true, isAuthority)
  await assert.rejects(desk.core.timeStamps.renewDue(), /the key is away/)
  desk.signers.break(false)
  assert.equal(await desk.core.timeStamps.renewDue(), 1) // of the other environment
  assert.equal((await inUse(desk)).id, first.id)
  desk.later(2 * MINUTE)
  await desk.core.completeOpen()
  assert.notEqual((await inUse(desk)).id, first.id)
  assert.equal(await desk.core.timeStamps.renewDue(), 0)
  await verified(desk, timeStampToken(await ask(desk.core)))
})

test('F2: a certificate that could not be signed while the clock was ahead keeps nobody from asking for another', async (t) => {
  const desk = await openRulesDesk(t)
  desk.clockOff(386 * DAY)
  desk.signers.break(true, isAuthority)
  await assert.rejects(desk.core.timeStamps.renewDue(), /the key is away/)
  desk.signers.break(false)
  desk.clockOff(-386 * DAY)
  desk.later(366 * DAY)
  assert.equal(await desk.core.timeStamps.renewDue(), 2)
  await verified(desk, timeStampToken(await ask(desk.core)))
})

test('openssl makes the request and verifies the stamp, and not over another document', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { core } = await openRulesDesk(t)
  judge.write('offer.txt', DOCUMENT)
  judge.write('other.txt', utf8('another offer'))
  const [production] = (await core.authorities.roots()).filter(({ environment }) => environment === 'production')
  judge.write('root.pem', pemEncode('CERTIFICATE', production!.der))
  for (const digest of ['-sha256', '-sha384', '-sha512', '-sha3-256']) {
    assert.ok(judge.run('openssl', 'ts', '-query', '-data', 'offer.txt', digest, '-cert', '-out', 'q.tsq').ok)
    judge.write('r.tsr', await core.timeStamps.answer('production', judge.read('q.tsq')))
    const verify = (...more: string[]) =>
      judge.run('openssl', 'ts', '-verify', '-in', 'r.tsr', '-CAfile', 'root.pem', ...more)
    const byQuery = verify('-queryfile', 'q.tsq')
    assert.match(byQuery.text, /Verification: OK/)
    assert.match(verify('-data', 'offer.txt').text, /Verification: OK/)
    assert.match(verify('-data', 'other.txt').text, /message imprint mismatch/)
  }
  const shown = judge.run('openssl', 'ts', '-reply', '-in', 'r.tsr', '-text').text
  assert.match(shown, /Accuracy: 0x01 seconds/)
})

/** The key that signs certificates of the desk; that of time stamps, which asks for one, is at hand. */
const isAuthority = (keyId: string): boolean => !keyId.startsWith('time-stamps')
