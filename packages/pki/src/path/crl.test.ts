// Revocation by lists at hand. Each test is one way in which a list does not say what it seems to.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorityExtensions,
  type Chain,
  certify,
  daysFromNow,
  type Holder,
  leafExtensions,
  makeChain,
  makeCrl,
  NOW,
  named,
  pathOf,
  revoked,
} from '@scel/testkit/authority'
import { refuses, refusesBecause } from '../../test/refuses.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import type { Certificate, Crl, DistributionPoint, Extension, GeneralName } from '../x509/index.ts'
import { buildName, keyIdentifier, makeExtension } from '../x509/index.ts'
import type { ValidatePathOptions, ValidPath } from './index.ts'
import { validatePath } from './index.ts'

const check = (one: Chain, crls: readonly Crl[], change: Partial<ValidatePathOptions> = {}): Promise<ValidPath> =>
  validatePath({ ...pathOf(one), revocation: { mode: 'required', crls }, ...change })

const point = (url: string, more: Partial<DistributionPoint> = {}): DistributionPoint => ({
  fullName: [{ kind: 'uri', value: url }],
  ...more,
})
const points = (...all: DistributionPoint[]): Extension => makeExtension('crlDistributionPoints', all)
const directory = ({ certificate }: Holder): GeneralName => ({ kind: 'directoryName', name: certificate.subject })
const leafOf = (issuer: Holder, ...extensions: Extension[]): Promise<Holder> =>
  certify({ name: named('leaf'), issuer, extensions: [...leafExtensions(), ...extensions] })

// One chain, and the list about its authority; each test makes its lists about the leaf.
const chain = await makeChain()
const above = await makeCrl({ signer: chain.root })
const { root, issuing, leaf } = chain

test('a chain with current lists of every authority is good, and the lists are named', async () => {
  const list = await makeCrl({ signer: issuing })
  const path = await check(chain, [list, above])
  assert.deepEqual(
    path.revocation.map(({ certificate, status, crls }) => [certificate, status, crls]),
    [
      [leaf.certificate, 'good', [list]],
      [issuing.certificate, 'good', [above]],
    ],
  )
})

test('what is listed is refused, in any mode, for the leaf and for an authority', async () => {
  const own = await makeCrl({ signer: issuing, entries: [leaf] })
  await refuses(check(chain, [above, own]), 'certificate_revoked')
  await refuses(check(chain, [own], { revocation: { mode: 'if-known', crls: [own] } }), 'certificate_revoked')
  const top = await makeCrl({ signer: root, entries: [issuing] })
  await refuses(check(chain, [top]), 'certificate_revoked')
})

test('not known is refused when required, and told otherwise', async () => {
  await refuses(check(chain, [above]), 'revocation_unknown')
  const path = await check(chain, [], { revocation: { mode: 'if-known', crls: [above] } })
  assert.deepEqual(
    path.revocation.map(({ status }) => status),
    ['unknown', 'good'],
  )
})

test('a list is good from its start to its end; one without an end for a day', async () => {
  const old = await makeCrl({ signer: issuing, thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-1) })
  await refuses(check(chain, [above, old]), 'crl_outdated')
  const coming = await makeCrl({ signer: issuing, thisUpdate: daysFromNow(1), nextUpdate: daysFromNow(2) })
  await refuses(check(chain, [above, coming]), 'crl_outdated')
  const last = await makeCrl({ signer: issuing, nextUpdate: NOW })
  await check(chain, [above, last])
})

test('the newest list counts: a hold that was lifted is lifted', async () => {
  const held = await makeCrl({
    signer: issuing,
    entries: [revoked(leaf, 'certificateHold')],
    thisUpdate: daysFromNow(-3),
  })
  const lifted = await makeCrl({ signer: issuing, number: 2n })
  await check(chain, [above, held, lifted])
  await check(chain, [lifted, above, held])
})

test('a CRL of the wrong issuer, or with the right name and another key, says nothing', async () => {
  const stranger = await certify({ name: named('Issuing'), extensions: authorityExtensions() })
  await refuses(check(chain, [above, await makeCrl({ signer: root })]), 'revocation_unknown')
  const forged = await makeCrl({ signer: stranger })
  await refusesBecause(check(chain, [above, forged]), 'revocation_unknown', 'signature_invalid')
  const accusing = await makeCrl({ signer: stranger, entries: [leaf] })
  await refusesBecause(check(chain, [above, accusing]), 'revocation_unknown', 'signature_invalid')
  // That the true list is old is worth more than that another is forged.
  const old = await makeCrl({ signer: issuing, thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) })
  await refuses(check(chain, [above, forged, old]), 'crl_outdated')
  // Nor does a forged list stand in the way of a good one.
  await check(chain, [accusing, above, await makeCrl({ signer: issuing })])
})

test('an authority whose key usage leaves out cRLSign signs no list', async () => {
  const only = [makeExtension('basicConstraints', { ca: true }), makeExtension('keyUsage', ['keyCertSign'])]
  const mute = await certify({ name: named('Mute'), issuer: root, extensions: only })
  const list = await makeCrl({ signer: mute })
  const own = { root, issuing: mute, leaf: await leafOf(mute) }
  await refusesBecause(check(own, [above, list]), 'revocation_unknown', 'key_usage_missing')
})

test('a key for lists alone is found, and must have a path of its own to the same anchor', async () => {
  const signing = [makeExtension('keyUsage', ['cRLSign'])]
  const separate = await certify({ name: issuing.certificate.subject, issuer: root, extensions: signing })
  const list = await makeCrl({ signer: separate, entries: [] })
  const bag = [issuing.certificate, separate.certificate]
  await check(chain, [above, list], { intermediates: bag })
  await refusesBecause(check(chain, [above, list]), 'revocation_unknown', 'signature_invalid')
  // Expired, with an extension that nobody knows, or outside the names of an authority above it, it proves nothing.
  const name = issuing.certificate.subject
  const late = await certify({ name, issuer: root, extensions: signing, notAfter: daysFromNow(-1) })
  const strange = [...signing, { oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }]
  const limits = { permitted: [], excluded: [{ kind: 'directoryName', name } as const] }
  const narrow = await certify({
    name: named('Narrow'),
    issuer: root,
    extensions: [...authorityExtensions(), makeExtension('nameConstraints', limits)],
  })
  const signers = {
    certificate_expired: [late],
    extension_critical_unknown: [await certify({ name, issuer: root, extensions: strange })],
    name_constraint_violated: [await certify({ name, issuer: narrow, extensions: signing }), narrow],
  } as const
  for (const [code, [signer, ...others]] of Object.entries(signers)) {
    const intermediates = [issuing, signer, ...others].map(({ certificate }) => certificate)
    const lists = [above, await makeCrl({ signer })]
    await refusesBecause(check(chain, lists, { intermediates }), 'revocation_unknown', code as PkiErrorCode)
  }
  // Of unknown status itself, it proves nothing to whoever must know.
  const middle = await certify({ name: named('Middle'), issuer: root, extensions: authorityExtensions() })
  const unsure = await certify({ name, issuer: middle, extensions: signing })
  const intermediates = [issuing, middle, unsure].map(({ certificate }) => certificate)
  const crls = [above, await makeCrl({ signer: unsure })]
  await refusesBecause(check(chain, crls, { intermediates }), 'revocation_unknown', 'revocation_unknown')
  const lenient = await check(chain, [], { intermediates, revocation: { mode: 'if-known', crls } })
  assert.equal(lenient.revocation[0]?.status, 'good')
  // Revoked, it speaks for nobody.
  const against = await makeCrl({ signer: root, entries: [separate] })
  await refusesBecause(
    check(chain, [against, list], { intermediates: bag }),
    'revocation_unknown',
    'certificate_revoked',
  )
  // Under another anchor, trusted for other things, neither.
  const other = await certify({ name: named('Other'), extensions: authorityExtensions() })
  const abroad = await certify({ name: issuing.certificate.subject, issuer: other, extensions: signing })
  const both = {
    intermediates: [issuing.certificate, abroad.certificate],
    anchors: [root.certificate, other.certificate],
  }
  const lists = [above, await makeCrl({ signer: abroad }), await makeCrl({ signer: other })]
  await refusesBecause(check(chain, lists, both), 'revocation_unknown', 'issuer_unknown')
})

test('a leaf of the name of its authority that names no usage does not speak for it', async () => {
  const twin = await certify({ name: issuing.certificate.subject, issuer: root })
  const list = await makeCrl({ signer: twin })
  const change = { intermediates: [issuing.certificate, twin.certificate] }
  await refusesBecause(check(chain, [above, list], change), 'revocation_unknown', 'key_usage_missing')
  // Also when the list names no key, and the true authority is tried first.
  const silent = await makeCrl({ signer: twin, authority: 'none' })
  await refusesBecause(check(chain, [above, silent], change), 'revocation_unknown', 'key_usage_missing')
})

test('an unknown critical extension of a list, or of an entry about somebody else, makes it useless', async () => {
  const strange: Extension = { oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }
  const whole = await makeCrl({ signer: issuing, extensions: [strange] })
  await refusesBecause(check(chain, [above, whole]), 'revocation_unknown', 'extension_critical_unknown')
  const other = await leafOf(issuing)
  const entry = await makeCrl({ signer: issuing, entries: [revoked(other, 'superseded', { extensions: [strange] })] })
  await refusesBecause(check(chain, [above, entry]), 'revocation_unknown', 'extension_critical_unknown')
  await check(chain, [above, await makeCrl({ signer: issuing, extensions: [{ ...strange, critical: false }] })])
})

test('a delta goes on from its base: it revokes, and it lifts', async () => {
  const base = await makeCrl({ signer: issuing, number: 5n, entries: [revoked(leaf, 'certificateHold')] })
  const clean = await makeCrl({ signer: issuing, number: 5n })
  const lifts = await makeCrl({ signer: issuing, number: 6n, base: 5n, entries: [revoked(leaf, 'removeFromCRL')] })
  const revokes = await makeCrl({ signer: issuing, number: 6n, base: 4n, entries: [leaf] })
  const silent = await makeCrl({ signer: issuing, number: 6n, base: 5n })
  await refuses(check(chain, [above, base]), 'certificate_revoked')
  const path = await check(chain, [above, base, lifts])
  assert.deepEqual(path.revocation[0]?.crls, [base, lifts])
  await refuses(check(chain, [above, clean, revokes]), 'certificate_revoked')
  await refuses(check(chain, [above, base, silent]), 'certificate_revoked')
  // The base may have ended, as long as the delta has not (RFC 5280 §5.2.4).
  const dates = { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-1) }
  const ended = await makeCrl({ signer: issuing, number: 5n, ...dates })
  await check(chain, [above, ended, silent])
  await refuses(check(chain, [above, ended]), 'crl_outdated')
})

test('a delta that does not join its base is passed over', async () => {
  const base = await makeCrl({ signer: issuing, number: 5n, entries: [revoked(leaf, 'certificateHold')] })
  const entries = [revoked(leaf, 'removeFromCRL')]
  const stranger = await certify({ name: named('Issuing'), extensions: authorityExtensions() })
  const authority = await keyIdentifier(issuing.keys.publicKey)
  const apart = {
    'starts after it': await makeCrl({ signer: issuing, number: 9n, base: 6n, entries }),
    'is no newer': await makeCrl({ signer: issuing, number: 5n, base: 4n, entries }),
    'has another scope': await makeCrl({
      signer: issuing,
      number: 6n,
      base: 5n,
      entries,
      point: { onlyContainsUserCerts: true },
    }),
    'has ended': await makeCrl({ signer: issuing, number: 6n, base: 5n, entries, nextUpdate: daysFromNow(-0.5) }),
    'names another key': await makeCrl({ signer: issuing, number: 6n, base: 5n, entries, authority: Uint8Array.of(1) }),
    'is signed by another key': await makeCrl({ signer: stranger, number: 6n, base: 5n, entries, authority }),
    'has an unknown critical extension': await makeCrl({
      signer: issuing,
      number: 6n,
      base: 5n,
      entries,
      extensions: [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }],
    }),
  }
  for (const [why, delta] of Object.entries(apart)) {
    await refuses(check(chain, [above, base, delta]), 'certificate_revoked').catch((error: unknown) => {
      throw new Error(why, { cause: error })
    })
  }
  // And then the base counts by its own dates.
  const ended = { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-1) }
  const old = await makeCrl({ signer: issuing, number: 5n, ...ended })
  await refuses(check(chain, [above, old, apart['is signed by another key']]), 'crl_outdated')
})

test('CVE-2026-28388: a delta CRL or a base without a number joins nothing', async () => {
  const entries = [revoked(leaf, 'removeFromCRL')]
  const numberless = await makeCrl({ signer: issuing, number: 'none', base: 1n, entries })
  const listed = await makeCrl({ signer: issuing, entries: [leaf] })
  await refuses(check(chain, [above, listed, numberless]), 'certificate_revoked')
  const base = await makeCrl({ signer: issuing, number: 'none', entries: [leaf] })
  const delta = await makeCrl({ signer: issuing, number: 2n, base: 0n, entries })
  await refuses(check(chain, [above, base, delta]), 'certificate_revoked')
})

test('a delta alone is no list', async () => {
  const delta = await makeCrl({ signer: issuing, number: 6n, base: 5n })
  await refuses(check(chain, [above, delta]), 'revocation_unknown')
})

test('a reasons-only list proves nothing until all reasons are covered', async () => {
  const [low, high] = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]
  const some = await makeCrl({ signer: issuing, point: { onlySomeReasons: low! } })
  const rest = await makeCrl({ signer: issuing, point: { onlySomeReasons: high! } })
  await refuses(check(chain, [above, some]), 'revocation_unknown')
  await refuses(check(chain, [above, some, some]), 'revocation_unknown')
  const path = await check(chain, [above, some, rest])
  assert.equal(path.revocation[0]?.crls?.length, 2)
  const again = await makeCrl({ signer: issuing, number: 2n, point: { onlySomeReasons: low! } })
  assert.equal((await check(chain, [above, some, again, rest])).revocation[0]?.crls?.length, 2)
  const listed = await makeCrl({ signer: issuing, point: { onlySomeReasons: low! }, entries: [leaf] })
  await refuses(check(chain, [above, listed]), 'certificate_revoked')
})

test('a list in parts: only the part that the certificate names counts', async () => {
  const [one, two] = ['http://a.example/1.crl', 'http://a.example/2.crl']
  const parted = { root, issuing, leaf: await leafOf(issuing, points(point(one))) }
  const part = (url: string, entries: Holder[] = []): Promise<Crl> =>
    makeCrl({ signer: issuing, point: { fullName: [{ kind: 'uri', value: url }] }, entries })
  await check(parted, [above, await part(one)])
  await refuses(check(parted, [above, await part(two)]), 'revocation_unknown')
  await refuses(check(parted, [above, await part(two, [parted.leaf])]), 'revocation_unknown')
  await refuses(check(parted, [above, await part(two), await part(one, [parted.leaf])]), 'certificate_revoked')
  // Where the certificate gives the part for some reasons only, the part proves no more.
  const some = { root, issuing, leaf: await leafOf(issuing, points(point(one, { reasons: [1] }))) }
  await refuses(check(some, [above, await part(one)]), 'revocation_unknown')
  // A certificate that names no part is on none.
  await refuses(check(chain, [above, await part(one)]), 'revocation_unknown')
  await check(chain, [above, await makeCrl({ signer: issuing, point: { onlyContainsUserCerts: true } })])
  await refuses(
    check(chain, [above, await makeCrl({ signer: issuing, point: { onlyContainsCACerts: true } })]),
    'revocation_unknown',
  )
  const users = await makeCrl({ signer: root, point: { onlyContainsUserCerts: true } })
  await refuses(check(chain, [users, await makeCrl({ signer: issuing })]), 'revocation_unknown')
  const attributes = await makeCrl({ signer: issuing, point: { onlyContainsAttributeCerts: true } })
  await refuses(check(chain, [above, attributes]), 'revocation_unknown')
})

test('a point named relative to its issuer is the same point', async () => {
  const step = buildName([{ type: 'commonName', value: 'part 1' }])
  // RelativeDistinguishedName under [1] IMPLICIT: the SET of the one step with another tag.
  const relativeName = step.der.slice(2)
  relativeName[0] = 0xa1
  const named1: GeneralName = {
    kind: 'directoryName',
    name: buildName([...named('Issuing'), { type: 'commonName', value: 'part 1' }]),
  }
  const relative = { root, issuing, leaf: await leafOf(issuing, points({ relativeName })) }
  await check(relative, [above, await makeCrl({ signer: issuing, point: { fullName: [named1] } })])
  await check(relative, [above, await makeCrl({ signer: issuing, point: { relativeName } })])
  await refuses(
    check(chain, [above, await makeCrl({ signer: issuing, point: { relativeName } })]),
    'revocation_unknown',
  )
})

test('an indirect CRL counts for certificates that name its issuer, and entries belong to the issuer they name', async () => {
  const only = [makeExtension('keyUsage', ['cRLSign'])]
  const office = await certify({ name: named('CRL Office'), issuer: root, extensions: only })
  const url = 'http://office.example/all.crl'
  const by = { crlIssuer: [directory(office)] }
  const own = { root, issuing, leaf: await leafOf(issuing, points(point(url, by))) }
  const scope = { indirectCRL: true, fullName: [{ kind: 'uri', value: url } as const] }
  const about = (issuer: Certificate, holder: Holder) => revoked(holder, 'keyCompromise', { issuer: issuer.subject })
  const bag = { intermediates: [issuing.certificate, office.certificate] }
  await check(own, [above, await makeCrl({ signer: office, point: scope })], bag)
  // Where the point has no name of its own, that of the issuer is it.
  const brief = { root, issuing, leaf: await leafOf(issuing, points(by)) }
  await check(
    brief,
    [above, await makeCrl({ signer: office, point: { indirectCRL: true, fullName: [directory(office)] } })],
    bag,
  )
  await refuses(check(brief, [above, await makeCrl({ signer: office, point: scope })], bag), 'revocation_unknown')
  const listed = await makeCrl({ signer: office, point: scope, entries: [about(issuing.certificate, own.leaf)] })
  await refuses(check(own, [above, listed], bag), 'certificate_revoked')
  // The same serial of another authority is another certificate.
  const other = await makeCrl({ signer: office, point: scope, entries: [about(root.certificate, own.leaf)] })
  await check(own, [above, other], bag)
  // A list that does not say it is indirect speaks for its own issuer only; so does one that nobody named.
  const direct = await makeCrl({ signer: office, point: { fullName: scope.fullName } })
  await refuses(check(own, [above, direct], bag), 'revocation_unknown')
  const uncalled = { root, issuing, leaf: await leafOf(issuing, points(point(url))) }
  await refuses(check(uncalled, [above, await makeCrl({ signer: office, point: scope })], bag), 'revocation_unknown')
})

test('what a signer said of the authorities above it is forgotten when the signer falls', async () => {
  const byOffice = points({ crlIssuer: [{ kind: 'directoryName', name: buildName(named('CRL Office')) }] })
  const upper = await certify({ name: named('Upper'), issuer: root, extensions: [...authorityExtensions(), byOffice] })
  const lower = await certify({ name: named('Lower'), issuer: upper, extensions: [...authorityExtensions(), byOffice] })
  const only = [makeExtension('keyUsage', ['cRLSign'])]
  const office = await certify({ name: named('CRL Office'), issuer: lower, extensions: only })
  const crls = [
    await makeCrl({ signer: office, point: { indirectCRL: true } }), // all is well, says the office
    await makeCrl({ signer: lower, entries: [office] }),
    await makeCrl({ signer: upper, entries: [lower] }),
  ]
  const intermediates = [upper, lower, office].map(({ certificate }) => certificate)
  const own = { root, issuing: lower, leaf: await leafOf(lower) }
  const change = { intermediates, revocation: { mode: 'if-known', crls } } as const
  await refuses(check(own, crls, change), 'certificate_revoked', { serial: lower.certificate.serialHex })
})

test('a list that speaks of the very key that signs it is no circle', async () => {
  const office = await certify({
    name: named('CRL Office'),
    issuer: issuing,
    extensions: [
      makeExtension('keyUsage', ['cRLSign']),
      points({ crlIssuer: [{ kind: 'directoryName', name: buildName(named('CRL Office')) }] }),
    ],
  })
  const own = { root, issuing, leaf: await leafOf(issuing, points({ crlIssuer: [directory(office)] })) }
  const bag = { intermediates: [issuing.certificate, office.certificate] }
  const list = await makeCrl({ signer: office, point: { indirectCRL: true } })
  await check(own, [above, list], bag)
  const itself = revoked(office, 'keyCompromise', { issuer: issuing.certificate.subject })
  const confessing = await makeCrl({ signer: office, point: { indirectCRL: true }, entries: [itself] })
  await refusesBecause(check(own, [above, confessing], bag), 'revocation_unknown', 'certificate_revoked')
  // Nor does asking twice help: what was believed for the sake of the question is forgotten after it.
  const twice = { crlIssuer: [directory(office)] }
  const stubborn = { root, issuing, leaf: await leafOf(issuing, points(twice, point('http://a.example/', twice))) }
  await refusesBecause(check(stubborn, [above, confessing], bag), 'revocation_unknown', 'certificate_revoked')
})

test('an authority with two keys may keep a list for each: that of the key which signed the certificate counts', async () => {
  const renewed = await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions(0) })
  const ofOlder = await makeCrl({ signer: issuing, entries: [leaf], number: 3n })
  const ofNewer = await makeCrl({ signer: renewed, thisUpdate: daysFromNow(0), number: 9n })
  const intermediates = [issuing.certificate, renewed.certificate]
  for (const crls of [
    [ofOlder, ofNewer],
    [ofNewer, ofOlder],
  ]) {
    await refuses(check(chain, [above, ...crls], { intermediates }), 'certificate_revoked')
  }
  // Where it keeps one list, signed by the newer key, that one speaks for both (RFC 5280 §6.3.3 f).
  const path = await check(chain, [above, ofNewer], { intermediates })
  assert.deepEqual(path.revocation[0]?.crls, [ofNewer])
  const before = await makeCrl({ signer: issuing, number: 3n })
  const since = await makeCrl({ signer: renewed, entries: [leaf], thisUpdate: daysFromNow(0), number: 9n })
  await refuses(check(chain, [above, before, since], { intermediates }), 'certificate_revoked')
})

test('a stolen key does not vouch for itself: what its own list leaves out, the list of those above it still revokes', async () => {
  // The authority has a newer key, in a certificate signed by the older one, which is the anchor’s here.
  const newer = await certify({ name: named('Root'), issuer: root, extensions: authorityExtensions() })
  const own = { root, issuing: newer, leaf: await leafOf(newer) }
  const byItself = await makeCrl({ signer: newer, thisUpdate: daysFromNow(0), number: 9n })
  const byThoseAbove = await makeCrl({ signer: root, entries: [newer] })
  for (const crls of [
    [byItself, byThoseAbove],
    [byThoseAbove, byItself],
  ]) {
    await refuses(check(own, crls), 'certificate_revoked', { serial: newer.certificate.serialHex })
  }
  // A second key of the same kind does not help the first.
  const other = await certify({ name: named('Root'), issuer: root, extensions: authorityExtensions() })
  const byEachOther = [byItself, await makeCrl({ signer: other, thisUpdate: daysFromNow(0), number: 9n })]
  const all = await makeCrl({ signer: root, entries: [newer, other] })
  const bag = { intermediates: [newer.certificate, other.certificate] }
  await refuses(check(own, [...byEachOther, all], bag), 'certificate_revoked', { serial: newer.certificate.serialHex })
  // Where nobody above it says anything, its own list is all there is, as with an office that lists itself.
  await check(own, [byItself])
})

test('a certificate that says there is nothing to ask is not asked about, unless it names a place or is an authority', async () => {
  const nothing: Extension = { oid: '2.5.29.56', critical: false, value: Uint8Array.of(5, 0) }
  const brief = { root, issuing, leaf: await leafOf(issuing, nothing) }
  const path = await check(brief, [above])
  assert.equal(path.revocation[0]?.status, 'not-needed')
  const both = { root, issuing, leaf: await leafOf(issuing, nothing, points(point('http://a.example/1.crl'))) }
  await refuses(check(both, [above]), 'revocation_unknown')
  const location = { kind: 'uri', value: 'http://a.example/ocsp' } as const
  const access = makeExtension('authorityInfoAccess', [{ method: 'ocsp', location }])
  await refuses(check({ root, issuing, leaf: await leafOf(issuing, nothing, access) }, [above]), 'revocation_unknown')
  const authority = await certify({ name: named('Sub'), issuer: root, extensions: [...authorityExtensions(), nothing] })
  const below = { root, issuing: authority, leaf: await leafOf(authority, nothing) }
  await refuses(check(below, []), 'revocation_unknown')
})
