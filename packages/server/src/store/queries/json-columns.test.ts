import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contactColumn, factsColumn, findingsColumn, machineColumn, namesColumn } from './json-columns.ts'

const MACHINE = {
  hostName: 'pc-12',
  macAddresses: ['02:00:00:00:00:01'],
  processor: 'A processor',
  processorId: '',
  operatingSystem: 'Linux',
  operatingSystemVersion: '6.1',
  architecture: 'x64',
}
const CONTACT = { email: 'user@post.example', description: 'the one by the window' }
const FINDING = { code: 'key_allowed', level: 'good', facts: { key: 'ec-p256', size: 256 } }

const COLUMNS = {
  names: [namesColumn, [[], ['www.post.example']], [['www.post.example', 7], { 0: 'www.post.example' }]],
  machine: [machineColumn, [MACHINE], [{}, { ...MACHINE, hostName: 7 }, { ...MACHINE, macAddresses: 'x' }]],
  contact: [contactColumn, [CONTACT, { email: CONTACT.email }], [{}, { email: 7 }]],
  findings: [
    findingsColumn,
    [[], [FINDING, { ...FINDING, of: {} }]],
    [[{ code: FINDING.code }], [{ ...FINDING, code: 'unheard_of' }], [{ ...FINDING, level: 'fatal' }], FINDING],
  ],
  facts: [factsColumn, [{}, { reason: 'x', uses: 3, awaits: true }], [[], { reason: { more: 'x' } }, { reason: null }]],
} as const

for (const [name, [column, written, others]] of Object.entries(COLUMNS)) {
  test(`the column of ${name} reads as it was written, and anything else that stands there is nothing`, () => {
    for (const value of written) assert.deepEqual(column(JSON.stringify(value)), value)
    const shapes = [...others, null, 7, 'text'].map((value) => JSON.stringify(value))
    for (const text of [...shapes, '', 'no JSON', '{', JSON.stringify(written[0]).slice(0, -1), undefined]) {
      assert.equal(column(text), undefined, String(text))
    }
  })
}
