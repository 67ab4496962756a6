import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { defaultSignature } from '@scel/pki/algorithms'
import { generateKeyPair, sign } from '@scel/pki/crypto'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  makeExtension,
  parseCertificate,
  validityOf,
} from '@scel/pki/x509'
import {
  approve,
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
import type { Directory } from '../issuance/directory.ts'
import { createJudge } from './judge.ts'

async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const { actor: admin, certificate } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const inHand = await kit(core, admin, post.id, { standingApproval: true })
  const pc = await machine()
  const { request } = await submit(core, pc, inHand)
  const detail = await core.certificates.detail(admin, request.certificate!.id)
  return { ...desk, admin, post, detail, der: derOf(detail.pem), personal: derOf(certificate) }
}

test('a workstation’s and a person’s certificate pass, and say whose they are', async (t) => {
  const { core, detail, der, personal } = await scene(t)
  const judged = await core.judge.clientCertificate(der)
  assert.equal(judged.certificate.id, detail.id)
  assert.deepEqual(judged.organisation, { code: 'J1CFRA', name: 'France-LA POSTE' })
  assert.deepEqual([judged.issuer.purpose, judged.daysLeft], ['machines', 364])
  assert.equal((await core.judge.clientCertificate(personal)).issuer.purpose, 'people')
})

test('none, and garbage, have their own codes', async (t) => {
  const { core, der } = await scene(t)
  await assert.rejects(core.judge.clientCertificate(undefined), refused('certificate_missing'))
  await assert.rejects(core.judge.clientCertificate(Uint8Array.of(1, 2, 3)), refused('certificate_unreadable'))
  await assert.rejects(core.judge.clientCertificate(der.subarray(0, 99)), refused('certificate_unreadable'))
})

test('C1: a certificate as long as a stranger likes is not read', async (t) => {
  const { core, der } = await scene(t)
  const fits = await imitation(der, undefined, undefined, 'x'.repeat(12_000))
  await assert.rejects(core.judge.clientCertificate(fits), refused('certificate_unknown_authority'))
  for (const name of ['x'.repeat(17_000), `x${'\u0315\u0300'.repeat(20_000)}`]) {
    const long = await imitation(der, undefined, undefined, name)
    await assert.rejects(core.judge.clientCertificate(long), refused('certificate_unreadable'))
    await assert.rejects(core.judge.concerns(long), refused('certificate_unreadable'))
  }
})

test('a certificate is read up to the longest that could be ours, and not an octet beyond', async (t) => {
  const { core, der } = await scene(t)
  const longest = 16_384
  for (const [length, code] of [
    [longest, 'certificate_unknown_authority'],
    [longest + 1, 'certificate_unreadable'],
  ] as const) {
    await assert.rejects(core.judge.clientCertificate(await imitationOf(der, length)), refused(code))
  }
})

test('expired, not yet valid and revoked are told apart', async (t) => {
  const { core, admin, detail, der, later } = await scene(t)
  later(-DAY)
  await assert.rejects(core.judge.clientCertificate(der), refused('certificate_not_valid_before'))
  later(367 * DAY)
  await assert.rejects(core.judge.clientCertificate(der), refused('certificate_expired_at', { at: detail.notAfter }))
  later(-366 * DAY)
  await core.judge.clientCertificate(der)
  await core.certificates.revoke(admin, detail.id, 'keyCompromise')
  const no = refused('certificate_is_revoked', { reason: 'keyCompromise' })
  await assert.rejects(core.judge.clientCertificate(der), no)
})

test('a certificate is good in its first moment and in its last, and empty bytes are none', async (t) => {
  const { core, detail, der, later, now } = await scene(t)
  for (const moment of [detail.notBefore, detail.notAfter]) {
    later(Date.parse(moment) - now().getTime())
    assert.equal((await core.judge.clientCertificate(der)).certificate.id, detail.id, moment)
  }
  later(1)
  await assert.rejects(core.judge.clientCertificate(der), refused('certificate_expired_at'))
  await assert.rejects(core.judge.clientCertificate(new Uint8Array(0)), refused('certificate_missing'))
})

test('a certificate in our authority’s name that it did not sign is of an unknown authority', async (t) => {
  const { core, der } = await scene(t)
  await assert.rejects(core.judge.clientCertificate(await imitation(der)), refused('certificate_unknown_authority'))
  const flipped = der.slice()
  flipped[flipped.length - 5]! ^= 1
  await assert.rejects(core.judge.clientCertificate(flipped), refused('certificate_unknown_authority'))
})

test('one that is signed in a way none of our authorities has is of an unknown authority', async (t) => {
  const { core, der } = await scene(t)
  const rsa = await imitation(der, undefined, undefined, undefined, 'rsa-2048')
  await assert.rejects(core.judge.clientCertificate(rsa), refused('certificate_unknown_authority'))
})

test('one whose path to the root does not hold is refused in words', async (t) => {
  const { work, world, core, der } = await scene(t)
  const all = await work.read((stores) => stores.authorities.all())
  const stranger = all.find(({ environment, purpose }) => environment === 'test' && purpose === 'root')!
  const directory = { all: async () => all, chainOf: async () => [stranger] } as unknown as Directory
  const judge = createJudge({ work, world, directory })
  await core.judge.clientCertificate(der)
  await assert.rejects(judge.clientCertificate(der), refused('certificate_refused'))
})

test('one that our authority’s key signed and the desk never issued is not issued here', async (t) => {
  const { core, der, signers } = await scene(t)
  const signer = await signers.open('production-machines')
  const forged = await imitation(der, (tbs) => sign(signer.key, tbs))
  await assert.rejects(core.judge.clientCertificate(forged), refused('certificate_not_issued_here'))
  const twin = await imitation(der, (tbs) => sign(signer.key, tbs), parseCertificate(der).serial)
  await assert.rejects(core.judge.clientCertificate(twin), refused('certificate_not_issued_here'))
})

test('a server’s certificate opens no door for clients', async (t) => {
  const { core, admin, post } = await scene(t)
  const servers = await kit(core, admin, post.id, { profile: 'server' })
  const { request } = await submit(core, await machine(), servers, { commonName: 'www.post.example' })
  const { certificate } = await approve(core, admin, request.number)
  const { pem } = await core.certificates.detail(admin, certificate!.id)
  await assert.rejects(core.judge.clientCertificate(derOf(pem)), refused('certificate_wrong_purpose'))
})

test('an authority that issues neither to machines nor to people opens no door for clients', async (t) => {
  const { work, world, core, der } = await scene(t)
  const all = await work.read((stores) => stores.authorities.all())
  const directory = {
    all: async () => all.map((one) => (one.purpose === 'machines' ? { ...one, purpose: 'desk' } : one)),
    chainOf: core.authorities.chainOf,
  } as unknown as Directory
  const judge = createJudge({ work, world, directory })
  await assert.rejects(judge.clientCertificate(der), refused('certificate_wrong_purpose'))
})

test('an authority’s own certificate is none that was issued to a client', async (t) => {
  const { core, work } = await scene(t)
  for (const { certificate } of await work.read((stores) => stores.authorities.all())) {
    await assert.rejects(core.judge.clientCertificate(certificate), refused('certificate_unknown_authority'))
  }
})

/** Another key under the same issuer name, subject and extensions. */
async function imitation(
  der: Uint8Array,
  signed?: (tbs: Uint8Array) => Promise<Uint8Array>,
  serial: Uint8Array = Uint8Array.of(0x41, 2, 3, 4, 5, 6, 7, 8),
  commonName = 'intruder',
  spec: 'ec-p256' | 'rsa-2048' = 'ec-p256',
): Promise<Uint8Array> {
  const { issuer } = parseCertificate(der)
  const { publicKey, privateKey } = await generateKeyPair(spec)
  const signature = defaultSignature(spec)
  const tbs = buildTbsCertificate({
    ...validityOf(new Date(Date.now() - DAY), 30),
    serial,
    signature,
    issuer,
    subject: buildName([{ type: 'commonName', value: commonName }]),
    publicKey,
    extensions: [makeExtension('extendedKeyUsage', ['clientAuth'])],
  })
  return assembleSigned(tbs, signature, signed ? await signed(tbs) : await sign(privateKey, tbs))
}

/** One of so many octets: signatures differ by one or two in length. */
async function imitationOf(der: Uint8Array, length: number): Promise<Uint8Array> {
  for (let name = length - 400; ; ) {
    const made = await imitation(der, undefined, undefined, 'x'.repeat(name))
    if (made.length === length) return made
    name += length - made.length
  }
}
