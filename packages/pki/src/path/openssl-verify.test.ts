// `openssl verify` judges a matrix of chains that this library made: purposes by usages, names by constraints, policies
// by inputs, revocation by lists. Where the two differ on purpose, the reason is written below.

import { test } from 'node:test'
import {
  authorityExtensions,
  type Chain,
  certify,
  daysFromNow,
  type Holder,
  makeChain,
  makeCrl,
  NOW,
  named,
  pathOf,
  revoked,
} from '@scel/testkit/authority'
import { type Bench, bench } from '@scel/testkit/peers'
import { type Exception, judge, settle } from '@scel/testkit/vectors'
import { pemEncode } from '../bytes/index.ts'
import { generateKeyPair } from '../crypto/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Crl, Extension, GeneralName, KeyUsageBit, NameConstraints } from '../x509/index.ts'
import { ANY_POLICY, makeExtension } from '../x509/index.ts'
import type { PolicyInputs, Purpose } from './index.ts'
import { validatePath } from './index.ts'

interface Case extends Chain {
  readonly id: string
  readonly purpose?: Purpose
  readonly policy?: PolicyInputs
  readonly crls?: readonly Crl[]
}

const ANY_PURPOSE: Exception = {
  reason: 'anyExtendedKeyUsage is every purpose (RFC 5280 §4.2.1.12); OpenSSL wants it named',
}
const COVERS: Exception = { reason: 'a wildcard that covers an excluded host is excluded (Go CVE-2025-61727)' }
const DOT: Exception = { reason: 'a trailing dot escapes exclusion in OpenSSL (as in Bouncy Castle CVE-2026-8763)' }
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  'serverAuth with anyExtendedKeyUsage and no usage': ANY_PURPOSE,
  'clientAuth with anyExtendedKeyUsage and no usage': ANY_PURPOSE,
  'emailSigning with anyExtendedKeyUsage and no usage': ANY_PURPOSE,
  'emailEncryption with anyExtendedKeyUsage and no usage': ANY_PURPOSE,
  'excluded dNSName a.example.com, dNSName *.example.com': COVERS,
  'excluded dNSName example.com, dNSName example.com.': DOT,
  'excluded rfc822Name example.com, rfc822Name ana@example.com.': DOT,
  'excluded uri example.com, uri https://example.com./': DOT,
  'excluded dNSName .example.com, dNSName example.com.': DOT,
  'excluded dNSName a.example.com, dNSName example.com.': DOT,
  'excluded rfc822Name .example.com, rfc822Name ana@example.com.': DOT,
  'excluded rfc822Name ana@example.com, rfc822Name ana@example.com.': DOT,
  'excluded uri .example.com, uri https://example.com./': DOT,
}

test('openssl verify: purposes, names, policies and lists are judged alike', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const chain = await makeChain()
  const cases = [
    ...(await purposeCases(chain)),
    ...(await nameCases()),
    ...(await policyCases()),
    ...(await revocationCases(chain)),
  ]
  const theirs = cases.map((one) => ({ id: one.id, accept: openssl(peer, one) }))
  const ours = new Map<string, boolean>()
  for (const one of cases) ours.set(one.id, await accepts(one))
  settle(t, 'openssl verify', judge(theirs, EXCEPTIONS, ours))
})

async function accepts({ purpose = 'any', policy, crls, ...chain }: Case): Promise<boolean> {
  try {
    await validatePath({
      ...pathOf(chain),
      purpose,
      ...(policy ? { policy } : {}),
      revocation: crls ? { mode: 'required', crls } : 'not-asked',
    })
    return true
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

const OPENSSL_PURPOSE: Readonly<Partial<Record<Purpose, string>>> = {
  clientAuth: 'sslclient',
  serverAuth: 'sslserver',
  emailSigning: 'smimesign',
  emailEncryption: 'smimeencrypt',
  timeStamping: 'timestampsign',
  any: 'any',
}

function openssl(peer: Bench, { root, issuing, leaf, purpose = 'any', policy, crls }: Case): boolean {
  for (const [name, holder] of Object.entries({ root, issuing, leaf })) {
    peer.write(`${name}.pem`, pemEncode('CERTIFICATE', holder.certificate.der))
  }
  peer.write('lists.pem', (crls ?? []).map(({ der }) => pemEncode('X509 CRL', der)).join(''))
  const args = ['-attime', String(NOW.getTime() / 1_000), '-purpose', OPENSSL_PURPOSE[purpose]!, '-policy_check']
  if (crls) args.push('-crl_check_all', '-extended_crl', '-use_deltas', '-CRLfile', 'lists.pem')
  if (policy?.requireExplicitPolicy) args.push('-explicit_policy')
  if (policy?.inhibitAnyPolicy) args.push('-inhibit_any')
  if (policy?.inhibitPolicyMapping) args.push('-inhibit_map')
  // Without any OpenSSL takes none; this library takes all, as RFC 5280 §6.1.1 c has it.
  for (const oid of policy?.initialPolicySet ?? [ANY_POLICY]) args.push('-policy', oid)
  const trust = ['-no-CApath', '-no-CAstore', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem']
  return peer.run('openssl', 'verify', ...trust, ...args, 'leaf.pem').ok
}

async function purposeCases({ root, issuing }: Chain): Promise<Case[]> {
  const keys = await generateKeyPair('rsa-2048')
  const purposes = [
    [],
    ['serverAuth'],
    ['clientAuth'],
    ['emailProtection'],
    ['serverAuth', 'clientAuth'],
    ['anyExtendedKeyUsage'],
  ]
  const usages: KeyUsageBit[][] = [
    [],
    ['digitalSignature'],
    ['keyEncipherment'],
    ['nonRepudiation'],
    ['keyAgreement'],
    ['dataEncipherment'],
  ]
  const cases: Case[] = []
  const add = async (asked: Purpose, extensions: Extension[], id: string): Promise<void> => {
    const leaf = await certify({ name: named('leaf'), issuer: issuing, keys, extensions })
    cases.push({ id: `${asked} with ${id}`, root, issuing, leaf, purpose: asked })
  }
  for (const asked of ['clientAuth', 'serverAuth', 'emailSigning', 'emailEncryption'] as const) {
    for (const given of purposes) {
      const eku = given.length > 0 ? [makeExtension('extendedKeyUsage', given)] : []
      await add(asked, eku, `${given.join(' ') || 'no purpose'} and no usage`)
    }
    for (const given of usages.slice(1))
      await add(asked, [makeExtension('keyUsage', given)], `usage ${given.join(' ')}`)
  }
  for (const [given, critical] of [
    [['timeStamping'], true],
    [['timeStamping'], false],
    [['timeStamping', 'clientAuth'], true],
  ] as const) {
    await add('timeStamping', [makeExtension('extendedKeyUsage', given, critical)], `${given.join(' ')} ${critical}`)
  }
  await add('timeStamping', [], 'no purpose')
  return cases
}

async function nameCases(): Promise<Case[]> {
  const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
  const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value })
  const uri = (value: string): GeneralName => ({ kind: 'uri', value })
  const ip = (value: string): GeneralName => ({ kind: 'iPAddress', value })
  const table: [GeneralName[], GeneralName[]][] = [
    [
      [dns('example.com'), dns('.example.com'), dns('a.example.com')],
      [
        'example.com',
        'a.example.com',
        'B.A.EXAMPLE.COM',
        'badexample.com',
        'example.org',
        '*.example.com',
        'example.com.',
      ].map(dns),
    ],
    [
      [mail('example.com'), mail('.example.com'), mail('ana@example.com')],
      [
        'ana@example.com',
        'Ana@EXAMPLE.com',
        'bob@example.com',
        'ana@a.example.com',
        'ana@example.org',
        'ana@example.com.',
      ].map(mail),
    ],
    [
      [uri('example.com'), uri('.example.com')],
      ['https://example.com/', 'https://a.example.com:8443/x', 'https://example.org/', 'https://example.com./'].map(
        uri,
      ),
    ],
    [
      [ip('10.0.0.0/255.0.0.0'), ip('2001:db8::/ffff:ffff::')],
      ['10.9.9.9', '11.0.0.1', '2001:db8::5', '2001:db9::5'].map(ip),
    ],
  ]
  const textOf = (name: GeneralName): string => `${name.kind} ${'value' in name ? name.value : ''}`
  const cases: Case[] = []
  const root = await certify({ name: named('Root'), extensions: authorityExtensions() })
  for (const [bases, names] of table) {
    for (const base of bases) {
      for (const list of ['permitted', 'excluded'] as const) {
        const constraints: NameConstraints = { permitted: [], excluded: [], [list]: [base] }
        const extensions = [...authorityExtensions(), makeExtension('nameConstraints', constraints)]
        const issuing = await certify({ name: named('Issuing'), issuer: root, extensions })
        for (const name of names) {
          const leaf = await certify({
            name: named('leaf'),
            issuer: issuing,
            extensions: [makeExtension('subjectAltName', [name])],
          })
          cases.push({ id: `${list} ${textOf(base)}, ${textOf(name)}`, root, issuing, leaf })
        }
      }
    }
  }
  return cases
}

async function policyCases(): Promise<Case[]> {
  const [A, B, ANY] = ['1.2.3.1', '1.2.3.2', ANY_POLICY]
  const policies = (...all: string[]): Extension[] =>
    all.length === 0
      ? []
      : [
          makeExtension(
            'certificatePolicies',
            all.map((policy) => ({ policy })),
          ),
        ]
  const authorities: Record<string, Extension[]> = {
    'no policy': [],
    A: policies(A),
    any: policies(ANY),
    'A as B': [...policies(A), makeExtension('policyMappings', [{ issuerDomainPolicy: A, subjectDomainPolicy: B }])],
    'A, explicit': [...policies(A), makeExtension('policyConstraints', { requireExplicitPolicy: 0 })],
    'any, inhibited': [...policies(ANY), makeExtension('inhibitAnyPolicy', 0)],
  }
  const leaves: Record<string, Extension[]> = { 'no policy': [], A: policies(A), B: policies(B), any: policies(ANY) }
  const asked: Record<string, PolicyInputs> = {
    nothing: {},
    'A of all': { initialPolicySet: [A], requireExplicitPolicy: true },
    'some policy': { requireExplicitPolicy: true },
    'A unmapped': { initialPolicySet: [A], requireExplicitPolicy: true, inhibitPolicyMapping: true },
    'A by name': { initialPolicySet: [A], requireExplicitPolicy: true, inhibitAnyPolicy: true },
  }
  const cases: Case[] = []
  const root = await certify({ name: named('Root'), extensions: authorityExtensions() })
  for (const [above, extensions] of Object.entries(authorities)) {
    const issuing = await certify({
      name: named('Issuing'),
      issuer: root,
      extensions: [...authorityExtensions(), ...extensions],
    })
    for (const [below, more] of Object.entries(leaves)) {
      const leaf = await certify({ name: named('leaf'), issuer: issuing, extensions: more })
      for (const [what, policy] of Object.entries(asked)) {
        cases.push({ id: `${above} above ${below}, asked ${what}`, root, issuing, leaf, policy })
      }
    }
  }
  return cases
}

// OpenSSL looks for deltas of lists that say where deltas are.
const FRESHER = {
  extensions: [makeExtension('freshestCRL', [{ fullName: [{ kind: 'uri', value: 'http://a.example/d' }] }])],
}

async function revocationCases(chain: Chain): Promise<Case[]> {
  const { root, issuing, leaf } = chain
  const above = await makeCrl({ signer: root })
  const own = (wish: object = {}): Promise<Crl> => makeCrl({ signer: issuing, ...wish })
  const stranger: Holder = await certify({ name: named('Issuing'), extensions: authorityExtensions() })
  const hold = [revoked(leaf, 'certificateHold')]
  const lists: Record<string, Crl[]> = {
    'no list': [],
    'a list of one': [above],
    'both lists': [above, await own()],
    'the leaf listed': [above, await own({ entries: [leaf] })],
    'the authority listed': [await makeCrl({ signer: root, entries: [issuing] }), await own()],
    'another listed': [above, await own({ entries: [root] })],
    'an old list': [above, await own({ thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-1) })],
    'a coming list': [above, await own({ thisUpdate: daysFromNow(1), nextUpdate: daysFromNow(9) })],
    'a list of another key': [above, await makeCrl({ signer: stranger })],
    'a list of users': [above, await own({ point: { onlyContainsUserCerts: true } })],
    'a list of authorities': [above, await own({ point: { onlyContainsCACerts: true } })],
    'some reasons': [above, await own({ point: { onlySomeReasons: [1, 2] } })],
    'a part nobody named': [above, await own({ point: { fullName: [{ kind: 'uri', value: 'http://a.example/1' }] } })],
    'an unknown critical extension': [
      above,
      await own({ extensions: [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] }),
    ],
    'a delta that revokes': [above, await own(FRESHER), await own({ number: 2n, base: 1n, entries: [leaf] })],
    'a delta that lifts': [
      above,
      await own({ ...FRESHER, entries: hold }),
      await own({ number: 2n, base: 1n, entries: [revoked(leaf, 'removeFromCRL')] }),
    ],
    'a delta alone': [above, await own({ number: 2n, base: 1n })],
  }
  return Object.entries(lists).map(([id, crls]) => ({ id, ...chain, crls }))
}
