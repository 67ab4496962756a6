import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskRecord, NamedRecord } from './desk-record.ts'
import { deskMeant, desksOf } from './desks.ts'

const record = (id: string, name: string, portal: string, more: Partial<DeskRecord> = {}): NamedRecord => ({
  name: `${more.environment ?? 'production'}-${id.repeat(12)}`,
  record: {
    ...{ format: 'scel-desk-record/1', environment: 'production', requests: [], keys: {} },
    desk: { id: id.repeat(22), name, services: { portal, mutual: portal, public: portal } },
    roots: { environment: id, desk: `${id}\n`, tls: id },
    ...more,
  } as DeskRecord,
})

const known = desksOf([
  record('a', 'Guichet', 'https://guichet.example:8443'),
  record('b', 'Second', 'https://second.example'),
  record('a', 'Guichet', 'https://guichet.example:8443', { environment: 'test' }),
])
const codeOf = (word: string, desks: ReturnType<typeof desksOf> = known): string => {
  try {
    return deskMeant(desks, word).label
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('two environments of one desk are one desk', () => {
  assert.deepEqual(
    known.map(({ label, records }) => [label, records.length]),
    [
      ['guichet.example:8443 "Guichet"', 2],
      ['second.example "Second"', 1],
    ],
  )
})

test('a desk is meant by its name, its host with or without the port, its address or the name of its record', () => {
  const [one, two] = ['guichet.example:8443 "Guichet"', 'second.example "Second"']
  for (const word of [
    ...['Guichet', ' guichet ', 'guichet.example', 'GUICHET.example:8443', 'https://Guichet.Example:8443'],
    ...['https://guichet.example:8443/requests/1', `test-${'a'.repeat(12)}`, 'guichet.example:8443 "Guichet"'],
    ...['guichet.example:8443/', 'guichet.example/x', 'guichet.example:8443/requests?page=2'],
  ]) {
    assert.equal(codeOf(word), one, word)
  }
  for (const word of ['second.example:443', 'https://second.example/', 'https://second.example:443']) {
    assert.equal(codeOf(word), two, word)
  }
})

test('what no desk is called, or is at, is none of them', () => {
  for (const word of [
    ...['', 'guichet.example:443', 'http://guichet.example:8443', 'https://guichet.example', 'example', 'Gui'],
    ...['https://guichet.example:8443@evil.example', 'https://u@guichet.example:8443', 'u@guichet.example', '::1'],
    ...['guichet.example:443/', 'second.example "Guichet"', 'guichet.example.'],
  ]) {
    assert.equal(codeOf(word), 'desk_unknown', word)
  }
  assert.equal(codeOf('Guichet', []), 'no_desk')
})

test('a desk that has given itself the name, the host or the address of another does not take its place', () => {
  for (const name of [
    'Guichet',
    'GUICHET',
    'guichet.example',
    'guichet.example:8443',
    'https://guichet.example:8443',
  ]) {
    const both = desksOf([...known.flatMap(({ records }) => records), record('c', name, 'https://evil.example')])
    const isName = !name.includes('.')
    assert.equal(codeOf(name, both), isName ? 'desk_ambiguous' : 'guichet.example:8443 "Guichet"', name)
    assert.equal(codeOf('https://guichet.example:8443', both), 'guichet.example:8443 "Guichet"', name)
    assert.match(codeOf('https://evil.example', both), /^evil\.example /)
  }
})

test('of two desks at one address each is told, and meant, by its record', () => {
  const anew = desksOf([
    ...known.flatMap(({ records }) => records),
    record('d', 'Guichet', 'https://guichet.example:8443'),
  ])
  assert.throws(
    () => deskMeant(anew, 'Guichet'),
    (error: { facts?: { desks?: string } }) => {
      assert.match(error.facts?.desks ?? '', /production-a{12} · .*production-d{12}/)
      return true
    },
  )
  assert.equal(deskMeant(anew, `production-${'d'.repeat(12)}`).records[0].record.desk.id, 'd'.repeat(22))
})

test('a desk that calls itself what another one is called in what is said, or by its address, is not meant by that', () => {
  const portal = 'https://guichet.example:8443'
  const words = [
    ...['guichet.example:8443 "Guichet"', 'guichet.example:8443', 'guichet.example:8443/', 'guichet.example/'],
    ...['https://guichet.example:8443', 'guichet.example/requests'],
  ]
  for (const name of words) {
    const desks = desksOf([record('a', 'Guichet', portal), record('e', name, 'https://evil.example')])
    for (const word of words) assert.equal(codeOf(word, desks), 'guichet.example:8443 "Guichet"', `${name} · ${word}`)
  }
  const same = desksOf([record('a', 'Guichet', portal), record('e', 'guichet', 'https://evil.example')])
  assert.equal(codeOf('Guichet', same), 'desk_ambiguous')
  for (const { label } of same) assert.equal(codeOf(label, same), label)
})
