import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeySpec } from '@scel/pki/algorithms'
import { octetString } from '@scel/pki/asn1'
import { generateKeyPair } from '@scel/pki/crypto'
import { buildName, buildRequest, type Extension, makeExtension, type NameInput } from '@scel/pki/x509'
import { judgeRequest, judgeWishes, type RequestRules, readRequestFile } from './index.ts'

const APPLICANT = '2.25.1'
const SERVER: RequestRules = {
  keys: ['ec-p256', 'rsa-2048'],
  keyUsage: { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature'] },
  extendedKeyUsage: ['serverAuth'],
  commonName: 'host-name',
  names: 'dNSName',
  subject: {
    country: 'FR',
    organisation: 'Scel',
    units: ['SCEL01', 'Server'],
    isLine: (text) => /^[\p{L}\p{M} -]+$/u.test(text),
  },
  suffixes: ['example.org'],
  applicant: { attribute: APPLICANT, allowed: false },
}

interface Asked {
  readonly subject?: readonly NameInput[]
  readonly extensions?: readonly Extension[]
  readonly spec?: KeySpec
  readonly challengePassword?: string
  readonly attributes?: readonly string[]
}

const CN = (value: string): NameInput => ({ type: 'commonName', value })
const names = (...values: string[]): Extension =>
  makeExtension(
    'subjectAltName',
    values.map((value) => ({ kind: 'dNSName', value })),
  )
const FINE = [names('www.example.org'), makeExtension('extendedKeyUsage', ['serverAuth'])]

async function read(asked: Asked = {}): Promise<Awaited<ReturnType<typeof readRequestFile>>> {
  const { subject = [CN('www.example.org')], extensions = FINE, spec = 'ec-p256', challengePassword } = asked
  const { privateKey: key } = await generateKeyPair(spec)
  const der = await buildRequest({
    ...{ subject: buildName(subject), key, extensions },
    ...(challengePassword === undefined ? {} : { challengePassword }),
    attributes: (asked.attributes ?? []).map((oid) => ({ oid, valueDer: octetString(Uint8Array.of(1)) })),
  })
  return readRequestFile(der)
}

/** All but what is good of every request here, each in one line. */
async function judged(asked: Asked, rules: RequestRules = SERVER): Promise<string[]> {
  const findings = judgeRequest(await read(asked), rules)
  return findings
    .filter(({ level }) => level !== 'good')
    .map(({ level, code, facts }) => [level, code, ...Object.values(facts)].join(' '))
}

test('a request as the profile wants it is good all over', async () => {
  const findings = judgeRequest(await read(), SERVER)
  assert.deepEqual(findings, [
    { level: 'good', code: 'key_allowed', facts: { key: 'ec-p256' } },
    { level: 'good', code: 'possession_proved', facts: {} },
  ])
})

test('a key that nobody showed to hold is refused', async () => {
  const file = await read()
  const codes = (possession: typeof file.possession): string[] =>
    judgeRequest({ ...file, possession }, SERVER).map(({ level, code }) => `${level} ${code}`)
  assert.deepEqual(codes('failed'), ['good key_allowed', 'refused csr_signature_invalid'])
  assert.deepEqual(codes('unsupported'), ['good key_allowed', 'refused csr_unreadable'])
})

test('usages that the profile does not give, and those that it gives unasked', async () => {
  assert.deepEqual(await judged({ extensions: [names('www.example.org')] }), ['notice usage_added serverAuth'])
  const wrong = [
    names('www.example.org'),
    makeExtension('keyUsage', ['keyAgreement', 'keyCertSign']),
    makeExtension('extendedKeyUsage', ['codeSigning', '1.3.6.1.4.1.99999.1']),
    makeExtension('basicConstraints', { ca: true }),
    makeExtension('tlsFeature', [5]),
  ]
  assert.deepEqual(await judged({ extensions: wrong }), [
    'warning usage_not_granted CA',
    'notice usage_not_granted keyAgreement',
    'notice usage_not_granted keyCertSign',
    'notice usage_not_granted codeSigning',
    'notice usage_not_granted 1.3.6.1.4.1.99999.1',
    'notice extension_not_granted tlsFeature',
    'notice usage_added digitalSignature',
    'notice usage_added serverAuth',
  ])
})

test('usages are judged by the kind of key', async () => {
  const extensions = [...FINE, makeExtension('keyUsage', ['digitalSignature', 'keyEncipherment'])]
  assert.deepEqual(await judged({ extensions, spec: 'rsa-2048' }), [])
  assert.deepEqual(await judged({ extensions }), ['notice usage_not_granted keyEncipherment'])
})

test('what would be refused, all of it', async () => {
  const subject: NameInput[] = [
    { type: 'countryName', value: 'DE' },
    { type: 'stateOrProvinceName', value: 'a\u0301\u0301' },
    { type: 'organizationName', value: 'Scel Ltd' },
    { type: 'organizationalUnitName', value: 'Server' },
    { type: 'organizationalUnitName', value: 'Server' },
    { type: 'emailAddress', value: 'ana@example.org' },
    CN('localhost'),
  ]
  assert.deepEqual(await judged({ subject, spec: 'ec-p384', attributes: [APPLICANT] }), [
    'refused csr_key_not_allowed ec-p384 ec-p256, rsa-2048',
    'refused csr_applicant_mismatch',
    'refused subject_not_allowed C DE FR',
    'refused subject_not_allowed ST a\u0301\u0301 1–128',
    'refused subject_not_allowed O Scel Ltd Scel',
    'refused subject_not_allowed OU Server given once',
    'refused subject_not_allowed emailAddress ana@example.org –',
    'refused name_not_allowed localhost host',
  ])
  assert.deepEqual(await judged({ subject: [], extensions: [FINE[1]!] }), ['refused subject_not_allowed CN host-name '])
})

test('a server that is named by its alternative names alone has the first of them as its common name', async () => {
  const wide = `${'a'.repeat(60)}.example.org`
  const asked = { subject: [], extensions: [names(wide, 'Shop.example.org', 'www.example.org'), FINE[1]!] }
  assert.deepEqual(await judged(asked), ['notice common_name_from_names shop.example.org'])
  const { granted } = judgeWishes(await read(asked), SERVER)
  assert.deepEqual(granted, { commonName: 'shop.example.org', names: ['shop.example.org', wide, 'www.example.org'] })
  assert.deepEqual(await judged({ ...asked, extensions: [names('*.example.org'), FINE[1]!] }), [
    'refused subject_not_allowed CN host-name ',
  ])
})

test('names of hosts, ours or not', async () => {
  const ask = (...values: string[]): Promise<string[]> =>
    judged({ extensions: [names(...values), makeExtension('extendedKeyUsage', ['serverAuth'])] })
  assert.deepEqual(await ask('WWW.example.org', 'shop.example.org'), [])
  assert.deepEqual(await ask('shop.example.org'), ['notice common_name_added_to_names www.example.org'])
  assert.deepEqual(await ask('*.example.org'), ['refused name_not_allowed *.example.org host'])
  const outside = 'refused name_outside_organisation www.example.net example.org'
  assert.deepEqual(await ask('www.example.org', 'www.example.net'), [outside])
  const many = Array.from({ length: 12 }, (_, n) => `n${n}.example.org`)
  assert.deepEqual(await ask(...many), ['refused name_not_allowed n9.example.org count'])
  const addressed = makeExtension('subjectAltName', [{ kind: 'iPAddress', value: '192.0.2.1' }])
  assert.deepEqual(await judged({ extensions: [addressed, FINE[1]!] }), ['refused name_not_allowed 192.0.2.1 type'])
})

test('what is not known is not judged', async () => {
  const { subject: _subject, suffixes: _suffixes, ...little } = SERVER
  const subject: NameInput[] = [{ type: 'organizationName', value: 'Anybody' }, CN('www.example.net')]
  const extensions = [names('www.example.net'), FINE[1]!]
  assert.deepEqual(await judged({ subject, extensions }, little), [])
})

test('a workstation has no alternative names', async () => {
  const rules = { ...SERVER, commonName: 'machine-fingerprint', names: 'none' }
  const commonName = `ws-${'a'.repeat(26)}`
  assert.deepEqual(await judged({ subject: [CN(commonName)] }, rules), ['notice name_not_granted www.example.org'])
  assert.deepEqual(await judged({ extensions: FINE }, rules), [
    'refused name_not_allowed www.example.org fingerprint',
    'notice name_not_granted www.example.org',
  ])
})

test('attributes that nobody uses are said, Windows’ own once', async () => {
  const attributes = ['1.3.6.1.4.1.311.13.2.3', '1.3.6.1.4.1.311.21.20', '1.2.3.4']
  assert.deepEqual(await judged({ challengePassword: 'x', attributes }), [
    'notice attribute_not_used 1.2.3.4', // a set, which DER sorts
    'notice attribute_not_used challengePassword',
    'notice attribute_not_used windows',
  ])
  const allowed = { ...SERVER, applicant: { attribute: APPLICANT, allowed: true } }
  assert.deepEqual(await judged({ attributes: [APPLICANT] }, allowed), [])
})

test('whoever wrote it cannot push the warning out of the list, nor make it endless', async () => {
  const purposes = Array.from({ length: 40 }, (_, n) => `1.3.6.1.4.1.99999.${n}`)
  const extensions = [makeExtension('extendedKeyUsage', purposes), makeExtension('basicConstraints', { ca: true })]
  const found = await judged({ extensions })
  assert.deepEqual([found[1], found.length], ['warning usage_not_granted CA', 13])
  assert.ok(found.includes('notice more_findings 31'))
})

test('what is granted: names in small letters, places as they stand', async () => {
  const subject: NameInput[] = [{ type: 'localityName', value: 'Paris' }, CN('WWW.Example.org')]
  const { granted } = judgeWishes(await read({ subject, extensions: [names('Shop.example.org')] }), SERVER)
  const expected = { commonName: 'www.example.org', names: ['www.example.org', 'shop.example.org'], locality: 'Paris' }
  assert.deepEqual(granted, expected)
})
