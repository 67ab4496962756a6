import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changingFrom, mutualFrom, type OriginRule, readingFrom, refuseForeign } from './same-origin.ts'

const portal = 'https://pki.example.org:8443'
const taken = (rule: OriginRule, headers: Record<string, string>): boolean => {
  try {
    refuseForeign({ headers }, rule)
    return true
  } catch {
    return false
  }
}
const site = (value: string) => ({ 'sec-fetch-site': value })

test('a change comes from the portal itself, or from a program that is no browser', () => {
  const rule = changingFrom(portal)
  assert.ok(taken(rule, {}))
  assert.ok(taken(rule, { origin: portal, ...site('same-origin') }))
  for (const foreign of [
    { origin: 'https://evil.example' },
    { origin: 'https://pki.example.org' },
    { origin: 'https://pki.example.org:8444' },
    { origin: 'http://pki.example.org:8443' },
    { origin: `${portal}/` },
    { origin: `${portal}.evil.example` },
    { origin: 'null' },
    { origin: '' },
    { origin: `${portal}, ${portal}` },
    site('cross-site'),
    site('same-site'),
    site('none'),
    site('same-origin, same-origin'),
    { origin: portal, ...site('cross-site') },
  ]) {
    assert.ok(!taken(rule, foreign), JSON.stringify(foreign))
  }
})

test('reading may also be a typed address, but not a call of another site', () => {
  const rule = readingFrom(portal)
  assert.ok(taken(rule, site('none')))
  assert.ok(!taken(rule, site('same-site')))
  assert.ok(!taken(rule, site('cross-site')))
})

test('the mutual door is linked to from the portal, not from elsewhere', () => {
  const rule = mutualFrom(portal)
  assert.ok(taken(rule, site('same-site')))
  assert.ok(taken(rule, { origin: portal, ...site('same-site') }))
  assert.ok(!taken(rule, site('cross-site')))
  assert.ok(!taken(rule, { origin: 'https://other.example.org', ...site('same-site') }))
})
