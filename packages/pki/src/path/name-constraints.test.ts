import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityExtensions, certify, NOW, named } from '../../test/authority.ts'
import { hasCode } from '../errors/index.ts'
import type { GeneralName, NameConstraints, NameInput } from '../x509/index.ts'
import { buildName, makeExtension } from '../x509/index.ts'
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
): Promise<boolean> {
  const limits = [...authorityExtensions(), makeExtension('nameConstraints', constraints)]
  const root = await certify({ name: named('Root'), extensions: limits })
  const extensions = names.length > 0 ? [makeExtension('subjectAltName', names)] : []
  const leaf = (await certify({ name: subject, issuer: root, extensions })).certificate
  const anchors = [root.certificate]
  try {
    await validatePath({ leaf, intermediates: [], anchors, at: NOW, purpose: 'any', revocation: 'not-asked' })
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
