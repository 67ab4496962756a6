import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityExtensions, certify, NOW, named } from '@scel/testkit/authority'
import { hasCode } from '../errors/index.ts'
import type { GeneralName, NameConstraints, NameInput } from '../x509/index.ts'
import { buildName, makeExtension, makeSmtpUtf8Mailbox, makeUserPrincipalName } from '../x509/index.ts'
import type { Purpose } from './index.ts'
import { validatePath } from './index.ts'

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value })
const uri = (value: string): GeneralName => ({ kind: 'uri', value })
const ip = (value: string): GeneralName => ({ kind: 'iPAddress', value })
const dir = (...pairs: NameInput[]): GeneralName => ({ kind: 'directoryName', name: buildName(pairs) })
const permit = (...permitted: GeneralName[]): NameConstraints => ({ permitted, excluded: [] })
const exclude = (...excluded: GeneralName[]): NameConstraints => ({ permitted: [], excluded })

async function allows(
  constraints: NameConstraints,
  names: GeneralName[],
  subject: NameInput[] = named('x'),
  purpose: Purpose = 'any',
): Promise<boolean> {
  const limits = [...authorityExtensions(), makeExtension('nameConstraints', constraints)]
  const root = await certify({ name: named('Root'), extensions: limits })
  const extensions = names.length > 0 ? [makeExtension('subjectAltName', names)] : []
  const leaf = (await certify({ name: subject, issuer: root, extensions })).certificate
  const anchors = [root.certificate]
  try {
    await validatePath({ leaf, intermediates: [], anchors, at: NOW, purpose, revocation: 'not-asked' })
    return true
  } catch (error) {
    if (hasCode(error, 'name_constraint_violated')) return false
    throw error
  }
}

const table = (title: string, rows: readonly (readonly [NameConstraints, GeneralName, boolean])[]): void => {
  test(title, async () => {
    for (const [constraints, name, expected] of rows) {
      assert.equal(await allows(constraints, [name]), expected, JSON.stringify([constraints, name]))
    }
  })
}

table('host names: a tree and everything below it, whole labels only', [
  [permit(dns('example.com')), dns('example.com'), true],
  [permit(dns('example.com')), dns('a.b.EXAMPLE.com'), true],
  [permit(dns('example.com')), dns('badexample.com'), false],
  [permit(dns('.example.com')), dns('a.example.com'), true],
  [permit(dns('.example.com')), dns('example.com'), false],
  [permit(dns('')), dns('anything.example'), true],
  [exclude(dns('')), dns('anything.example'), false],
  [permit(dns('example.com')), dns('example.com.'), false], // a trailing dot is judged by nobody alike
  [exclude(dns('example.com')), dns('example.com.'), false],
  [exclude(dns('example.com')), dns('other.com'), true],
])

table('wildcards: inside only when all they stand for is inside, excluded when anything is', [
  [permit(dns('example.com')), dns('*.example.com'), true],
  [permit(dns('a.example.com')), dns('*.example.com'), false],
  [exclude(dns('a.example.com')), dns('*.example.com'), false],
  [exclude(dns('example.com')), dns('*.example.com'), false],
  [exclude(dns('a.b.example.com')), dns('*.example.com'), true],
  [permit(dns('example.com')), dns('a.*.example.com'), false],
])

table('mail: one mailbox, one host, or all hosts below a dot', [
  [permit(mail('ana@example.com')), mail('ana@EXAMPLE.com'), true],
  [permit(mail('ana@example.com')), mail('Ana@example.com'), false], // local parts have case
  [permit(mail('example.com')), mail('ana@example.com'), true],
  [permit(mail('example.com')), mail('ana@sub.example.com'), false],
  [permit(mail('.example.com')), mail('ana@sub.example.com'), true],
  [permit(mail('.example.com')), mail('ana@example.com'), false],
  [exclude(mail('example.com')), mail('ana@example.com.'), false],
  [exclude(mail('example.com')), mail('"a@other.org"@example.org'), false],
  [exclude(mail('example.com')), mail('no-at-sign'), false],
])

table('a mailbox that an authority excluded and wrote in a way that cannot be judged excludes all that it may mean', [
  [exclude(mail('@example.com')), mail('a@example.com'), false],
  [exclude(mail('"foo"@example.com')), mail('foo@example.com'), false],
  [exclude(mail('foo@example.com')), mail('"foo"@example.com'), false],
  [exclude(mail('foo@bar@example.com')), mail('foo@example.com'), false],
  [exclude(mail('foo@example.com.')), mail('foo@example.com'), false],
  [permit(mail('"foo"@example.com')), mail('foo@example.com'), false],
  [exclude(mail('foo@example.com')), mail('bar@example.com'), true],
])

table('URIs: by their host, and a URI without one is refused', [
  [permit(uri('example.com')), uri('https://example.com/x'), true],
  [permit(uri('example.com')), uri('https://user@example.com:8443/x'), true],
  [permit(uri('example.com')), uri('https://sub.example.com/'), false],
  [permit(uri('.example.com')), uri('https://sub.example.com/'), true],
  [permit(uri('example.com')), uri('https://example.com@evil.org/'), false],
  [permit(uri('example.com')), uri('https://evil.org\\@example.com/'), false],
  [exclude(uri('example.com')), uri('https://192.0.2.1/'), false],
  [exclude(uri('example.com')), uri('urn:isbn:1'), false],
])

table('addresses: by mask, and the other family is outside', [
  [permit(ip('10.0.0.0/255.0.0.0')), ip('10.9.9.9'), true],
  [permit(ip('10.0.0.0/255.0.0.0')), ip('11.0.0.1'), false],
  [permit(ip('10.0.0.0/255.0.0.0')), ip('::1'), false],
  [exclude(ip('10.0.0.0/255.0.0.0')), ip('::1'), true],
  [exclude(ip('2001:db8::/ffff:ffff::')), ip('2001:db8::5'), false],
  [exclude(ip('10.0.0.0/255.0.255.0')), ip('11.0.0.1'), false], // a mask with holes cannot be judged
  [exclude(ip('10.0.0.0/255.0.0.0')), ip('10.9.9.9/255.255.255.255'), false], // nor can a name with a mask
  [exclude(ip('2001:db8::/ffff:ffff::')), ip('10.9.9.9/255.255.255.255'), false],
])

test('kinds that were not constrained are free, kinds that cannot be judged are not', async () => {
  assert.equal(await allows(permit(dns('example.com')), [mail('a@other.org')]), true)
  const other: GeneralName = { kind: 'otherName', oid: '1.2.3', value: Uint8Array.of(5, 0) }
  assert.equal(await allows(exclude(other), [other]), false)
  assert.equal(await allows(exclude(other), [dns('a.example')]), true)
})

test('the subject is a directory name, matched from its root; its mail addresses count as mail', async () => {
  const [fr, o, cn] = named('x') as [NameInput, NameInput, NameInput]
  assert.equal(await allows(permit(dir(fr, o)), []), true)
  assert.equal(await allows(permit(dir(o)), []), false)
  assert.equal(await allows(exclude(dir(fr)), []), false)
  assert.equal(await allows(permit(dir(fr, o)), [], [cn, fr, o]), false)
  const withMail: NameInput[] = [fr, { type: 'emailAddress', value: 'ana@evil.org' }]
  assert.equal(await allows(permit(mail('example.com')), [], withMail), false)
  assert.equal(await allows(permit(mail('example.com')), [mail('a@example.com')], withMail), false)
})

test('letters of any case are the same in a mail address of the subject (RFC 5280 §4.1.2.6), and in no other', async () => {
  const [fr] = named('x') as [NameInput]
  const shouted: NameInput[] = [fr, { type: 'emailAddress', value: 'FOO@example.com' }]
  assert.equal(await allows(exclude(mail('foo@example.com')), [], shouted), false)
  assert.equal(await allows(permit(mail('foo@example.com')), [], shouted), true)
  assert.equal(await allows(permit(mail('bar@example.com')), [], shouted), false)
  assert.equal(await allows(exclude(mail('foo@example.com')), [mail('FOO@example.com')]), true)
})

table('CVE-2026-8763, CVE-2026-103602: a trailing dot escapes no constraint, in mail, URI or host', [
  [exclude(mail('evil.example')), mail('ana@evil.example.'), false],
  [permit(mail('good.example')), mail('ana@good.example.'), false],
  [exclude(uri('evil.example')), uri('https://evil.example./x'), false],
  [exclude(dns('evil.example')), dns('evil.example.'), false],
  [exclude(dns('evil.example')), dns('a.evil.example.'), false],
  [exclude(dns('evil.example.')), dns('evil.example'), false],
  [exclude(mail('evil.example.')), mail('ana@evil.example'), false],
  [exclude(dns('evil.example')), dns('evil..example'), false],
])

table('CVE-2026-63576: a URI whose host can be read in two ways is refused', [
  [exclude(uri('evil.example')), uri('https://good.example\\@evil.example/'), false],
  [exclude(uri('evil.example')), uri('https://evil%2eexample/'), false],
  [exclude(uri('evil.example')), uri('https:evil.example'), false],
  [exclude(uri('evil.example')), uri('//evil.example/'), false],
  [exclude(uri('evil.example')), uri('https://[::ffff:192.0.2.1]/'), false],
  [exclude(uri('evil.example')), uri('https://evil.example:99999999/'), false],
  [exclude(uri('evil.example')), uri('https://user:pw@EVIL.example#x'), false],
  [permit(uri('good.example')), uri('https://evil.example/?https://good.example/'), false],
  [permit(uri('good.example')), uri('https://evil.example#@good.example/'), false],
])

table('CVE-2025-61727: a wildcard that covers an excluded host is excluded', [
  [exclude(dns('test.example.com')), dns('*.example.com'), false],
  [exclude(dns('.test.example.com')), dns('*.test.example.com'), false],
  [exclude(dns('example.org')), dns('*.example.com'), true],
  [permit(dns('test.example.com')), dns('*.example.com'), false],
])

table('leading dots: below, and not the host itself, in mail, URI and host', [
  [exclude(mail('.example.com')), mail('a@x.example.com'), false],
  [exclude(mail('.example.com')), mail('a@example.com'), true],
  [exclude(uri('.example.com')), uri('https://example.com/'), true],
  [exclude(dns('.example.com')), dns('example.com'), true],
  [exclude(dns('.')), dns('example.com'), false], // a dot alone names nothing and is not guessed at
])

table('local parts have case, and a quoted one is not told apart from a plain one', [
  [exclude(mail('ana@example.com')), mail('Ana@example.com'), true],
  [exclude(mail('ana@example.com')), mail('"ana"@example.com'), false],
  [permit(mail('ana@example.com')), mail('"ana"@example.com'), false],
  [permit(mail('ana@example.com')), mail('ana@EXAMPLE.COM'), true],
])

const utf8Mailbox = (text: string): GeneralName => makeSmtpUtf8Mailbox(text)
const raw = (text: string): GeneralName => ({
  kind: 'otherName',
  oid: '1.3.6.1.5.5.7.8.9',
  value: Uint8Array.from([0x0c, Buffer.byteLength(text), ...Buffer.from(text)]),
})

table('RFC 9598, RFC 9549: constraints on mail bind mailboxes of any script, by their A-labels', [
  [permit(mail('xn--exmple-cua.org')), utf8Mailbox('éloïse@xn--exmple-cua.org'), true],
  [permit(mail('.example.org')), utf8Mailbox('éloïse@a.example.org'), true],
  [permit(mail('example.com')), utf8Mailbox('éloïse@example.org'), false],
  [exclude(mail('example.org')), utf8Mailbox('éloïse@example.org'), false],
  [exclude(mail('example.com')), utf8Mailbox('éloïse@example.org'), true],
  [permit(mail('eloise@example.org')), utf8Mailbox('éloïse@example.org'), false],
  [exclude(mail('example.com')), raw('éloïse@exämple.org'), false], // letters where A-labels belong
  [exclude(mail('kind.example')), raw('éloïse@\u212aind.example'), false], // a Kelvin sign is no k
  [exclude(mail('example.com')), raw('ana@example.org'), false], // should have been an rfc822Name
  [exclude(dns('example.org')), utf8Mailbox('éloïse@example.org'), true],
])

table('a constraint on a sign-in name is not processed, so any sign-in name is refused, and no other name', [
  [permit(makeUserPrincipalName('@corp.example')), makeUserPrincipalName('ana@corp.example'), false],
  [exclude(makeUserPrincipalName('@corp.example')), makeUserPrincipalName('ana@other.example'), false],
  [permit(makeUserPrincipalName('@corp.example')), utf8Mailbox('éloïse@example.org'), true],
  [permit(mail('example.com')), makeUserPrincipalName('ana@evil.example'), true],
])

const unread = (tag: number): GeneralName => ({ kind: 'unread', der: Uint8Array.of(tag, 2, 5, 0) })

table('an unknown name type in a constraint is refused where a certificate has such a name', [
  [permit(unread(0xa3)), unread(0xa3), false],
  [exclude(unread(0xa3)), unread(0xa3), false],
  [exclude(unread(0xa3)), unread(0xa5), true],
  [exclude({ kind: 'registeredID', oid: '1.2.3' }), { kind: 'registeredID', oid: '1.2.4' }, false],
])

test('CVE-2026-63577: a directory name counts from its root, never from its middle or its end', async () => {
  const [fr, o, cn] = named('x') as [NameInput, NameInput, NameInput]
  const evil: NameInput = { type: 'organizationName', value: 'Evil' }
  for (const inside of [
    [evil, fr, o, cn],
    [evil, cn, fr, o],
    [fr, evil, o],
    [o, fr],
  ]) {
    assert.equal(await allows(permit(dir(fr, o)), [dir(...inside)], inside), false, JSON.stringify(inside))
  }
  assert.equal(await allows(permit(dir(fr, o)), [dir(fr, o, cn)], [fr, o, cn]), true)
  // A longer subtree than the name, and letters of another case.
  assert.equal(await allows(permit(dir(fr, o, cn)), [], [fr, o]), false)
  assert.equal(await allows(exclude(dir(fr, { type: 'organizationName', value: 'SCEL  tests' })), [], [fr, o]), false)
})

test('the common name of a server counts as its host where no alternative name is one', async () => {
  const called = (host: string): NameInput[] => [{ type: 'commonName', value: host }]
  const limits = permit(dns('example.com'))
  assert.equal(await allows(limits, [], called('www.example.org'), 'serverAuth'), false)
  assert.equal(await allows(limits, [], called('*.example.org'), 'serverAuth'), false)
  assert.equal(await allows(limits, [], called('www.example.com'), 'serverAuth'), true)
  assert.equal(await allows(limits, [dns('a.example.com')], called('www.example.org'), 'serverAuth'), true)
  assert.equal(await allows(limits, [], called('Ana'), 'serverAuth'), true)
  assert.equal(await allows(limits, [], called('www.example.org'), 'clientAuth'), true)
})

test('all common names of a server are held against constraints, whichever of them a client falls back to', async () => {
  const called = (...hosts: string[]): NameInput[] => hosts.map((value) => ({ type: 'commonName', value }))
  const limits = exclude(dns('example.com'))
  assert.equal(await allows(limits, [], called('ok.test', 'www.example.com'), 'serverAuth'), false)
  assert.equal(await allows(limits, [], called('www.example.com', 'ok.test'), 'serverAuth'), false)
  assert.equal(await allows(limits, [], called('ok.test', 'ok.example'), 'serverAuth'), true)
  assert.equal(await allows(permit(dns('good.org')), [], called('www.good.org', 'bad.net'), 'serverAuth'), false)
})

test('an address in the common name of a server is an address and no host', async () => {
  const called: NameInput[] = [{ type: 'commonName', value: '10.0.0.1' }]
  assert.equal(await allows(permit(dns('corp.example')), [ip('10.0.0.1')], called, 'serverAuth'), true)
  assert.equal(await allows(permit(dns('corp.example')), [], called, 'serverAuth'), true)
  assert.equal(await allows(exclude(ip('10.0.0.0/255.0.0.0')), [], called, 'serverAuth'), false)
  assert.equal(await allows(permit(ip('10.0.0.0/255.0.0.0')), [], called, 'serverAuth'), true)
})

test('constraints of an authority bind authorities below it, and each level narrows', async () => {
  const limited = (...constraints: NameConstraints[]) => [
    ...authorityExtensions(),
    ...constraints.map((one) => makeExtension('nameConstraints', one)),
  ]
  const root = await certify({ name: named('Root'), extensions: limited(permit(dns('example.com'))) })
  const wider = await certify({ name: named('Sub'), issuer: root, extensions: limited(permit(dns('org'), dns('com'))) })
  const judge = async (value: string): Promise<unknown> => {
    const extensions = [makeExtension('subjectAltName', [dns(value)])]
    const { certificate: leaf } = await certify({ name: named('leaf'), issuer: wider, extensions })
    const trust = { intermediates: [wider.certificate], anchors: [root.certificate] }
    return validatePath({ leaf, ...trust, at: NOW, purpose: 'any', revocation: 'not-asked' })
  }
  await judge('a.example.com')
  for (const outside of ['example.org', 'other.com']) {
    await assert.rejects(judge(outside), (error) => hasCode(error, 'name_constraint_violated'))
  }
})

test('constraints bind authorities too: by their names, and not by the name under which one hands over to itself', async () => {
  const limits = (...names: GeneralName[]) => [
    ...authorityExtensions(),
    makeExtension('nameConstraints', { permitted: [], excluded: names }),
  ]
  const within = async (subject: string, above: GeneralName, purpose: Purpose = 'any'): Promise<unknown> => {
    const root = await certify({ name: named('Root'), extensions: limits(above) })
    const sub = await certify({ name: named(subject), issuer: root, extensions: authorityExtensions() })
    const { certificate: leaf } = await certify({ name: named('leaf'), issuer: sub })
    const trust = { intermediates: [sub.certificate], anchors: [root.certificate] }
    return validatePath({ leaf, ...trust, at: NOW, purpose, revocation: 'not-asked' })
  }
  const outside = (error: unknown): boolean =>
    hasCode(error, 'name_constraint_violated') && error.facts.subject.includes('CN=Sub')
  await assert.rejects(within('Sub', dir(...named('Sub'))), outside)
  await within('Root', dir(...named('Root')))
  // An authority of servers is no server: its common name is no host.
  await within('sub.example.com', dns('example.com'), 'serverAuth')
})

test('a name outside is told as it is written: a directory name, a host, and otherwise its kind', async () => {
  for (const [name, told] of [
    [dir(...named('Ana')), 'CN=Ana,O=Scel Tests,C=FR'],
    [dns('a.example.com'), 'a.example.com'],
    [ip('10.0.0.1'), '10.0.0.1'],
    [{ kind: 'registeredID', oid: '1.2.3' }, 'registeredID'],
    [makeUserPrincipalName('ana@example.com'), 'otherName'],
  ] as const) {
    const root = await certify({
      name: named('Root'),
      extensions: [...authorityExtensions(), makeExtension('nameConstraints', exclude(name))],
    })
    const extensions = [makeExtension('subjectAltName', [name])]
    const { certificate: leaf } = await certify({ name: named('x'), issuer: root, extensions })
    const asked = { leaf, intermediates: [], anchors: [root.certificate], at: NOW, revocation: 'not-asked' } as const
    await assert.rejects(
      validatePath({ ...asked, purpose: 'any' }),
      (error) => hasCode(error, 'name_constraint_violated') && error.facts.name === told,
      told,
    )
  }
})
