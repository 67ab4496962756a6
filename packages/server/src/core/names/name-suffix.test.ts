import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeskError } from '@scel/contract/errors'
import { isWithin } from '@scel/files/request'
import { deskNamesOf, requireNotOfDesk } from './desk-names.ts'
import { parseSuffixes, requireWithin } from './name-suffix.ts'
import { normalName, overlap } from './normal-name.ts'

const desk = deskNamesOf('http://pki.example.org:8080', () => ['Desk.Example.NET.', '*.wild.example'])
const refusal = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (isDeskError(error)) return `${error.code} ${'rule' in error.facts ? error.facts.rule : ''}`.trim()
    throw error
  }
  return 'none'
}

test('a suffix allows itself and what lies below it, label by label', () => {
  assert.ok(isWithin('example.org', 'example.org') && isWithin('a.b.example.org', 'example.org'))
  assert.ok(!isWithin('badexample.org', 'example.org') && !isWithin('example.org.evil.net', 'example.org'))
  assert.ok(!isWithin('example.org', 'www.example.org'))
})

test('suffixes are read as people write them, once each', () => {
  const given = ['Example.ORG', '*.example.org', '.example.org', 'example.org.', 'école.fr', 'intranet.example']
  assert.deepEqual(parseSuffixes(given, desk), ['example.org', 'intranet.example', 'xn--cole-9oa.fr'])
})

test('what is no host name, belongs to a registry or is the desk’s own is no suffix', () => {
  const faults = {
    host: ['fr', 'com', '', '*', '*.fr', 'a..b', '-a.fr', 'a_b.fr', '192.0.2.1', 'x y.fr', 'a.*.fr', 'x'.repeat(300)],
    registry: ['co.uk', 'gouv.fr', 'asso.fr', '*.com.br'],
    desk: ['pki.example.org', 'DESK.example.net'],
  }
  for (const [rule, texts] of Object.entries(faults)) {
    for (const text of texts)
      assert.equal(
        refusal(() => parseSuffixes([text], desk)),
        `name_suffix_invalid ${rule}`,
        text,
      )
  }
  assert.equal(
    refusal(() => parseSuffixes(['example.org'], desk)),
    'none',
    'the desk may lie below what it gives away',
  )
})

test('an organisation without suffixes gets no names, one with some those within', () => {
  const within = (names: string[], ...nameSuffixes: string[]) => refusal(() => requireWithin(names, { nameSuffixes }))
  assert.equal(within(['www.example.org']), 'name_outside_organisation')
  assert.equal(within(['www.example.org', 'WWW.EXAMPLE.org'], 'example.org'), 'none')
  assert.equal(within(['www.example.org', 'www.example.net'], 'example.org'), 'name_outside_organisation')
})

test('the desk’s own names (M1): in any letters, and wildcards that cover them', () => {
  for (const name of ['pki.example.org', 'PKI.example.org.', 'desk.example.net', '*.example.org', '*.wild.example']) {
    assert.equal(
      refusal(() => requireNotOfDesk(['x.example', name], desk)),
      'name_not_allowed desk',
      name,
    )
  }
  for (const name of ['www.example.org', 'a.pki.example.org', 'a.wild.example', 'example.org', '*.pki.example.org']) {
    assert.equal(
      refusal(() => requireNotOfDesk([name], desk)),
      'none',
      name,
    )
  }
})

test('names are one whatever their letters, dots and alphabet', () => {
  for (const [one, other] of [
    ['WWW.Example.org.', 'www.example.org'],
    ['www.école.fr', 'www.xn--cole-9oa.fr'],
    ['*.ÉCOLE.fr', '*.xn--cole-9oa.fr'],
    ['Ana@École.fr', 'ana@xn--cole-9oa.fr'],
    ['Ana  Lucía', 'ana lucía'],
    ['ｗｗｗ.example.org', 'www.example.org'],
  ] as const) {
    assert.equal(normalName(one), normalName(other))
  }
  assert.ok(overlap('*.example.org', 'shop.example.org') && overlap('shop.example.org', '*.example.org'))
  assert.ok(!overlap('*.example.org', 'a.b.example.org') && !overlap('*.example.org', 'example.org'))
})
