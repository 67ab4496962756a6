import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cipherForAll } from './index.ts'

const OIDS = {
  'AES-128-CBC': '2.16.840.1.101.3.4.1.2',
  'AES-128-GCM': '2.16.840.1.101.3.4.1.6',
  'AES-256-CBC': '2.16.840.1.101.3.4.1.42',
  'AES-256-GCM': '2.16.840.1.101.3.4.1.46',
} as const
const reads = (...names: (keyof typeof OIDS)[]) => names.map((name) => ({ oid: OIDS[name] }))

test('the cipher of a mail is the strongest that each recipient has said he reads, and CBC where one has said nothing', () => {
  const all = reads('AES-128-CBC', 'AES-128-GCM', 'AES-256-CBC', 'AES-256-GCM')
  assert.equal(cipherForAll([all]), 'AES-256-GCM')
  assert.equal(cipherForAll([all, reads('AES-128-GCM', 'AES-128-CBC')]), 'AES-128-GCM')
  assert.equal(cipherForAll([all, reads('AES-256-CBC', 'AES-128-CBC')]), 'AES-256-CBC')
  assert.equal(cipherForAll([all, reads('AES-128-CBC')]), 'AES-128-CBC')
  assert.equal(cipherForAll([all, undefined]), 'AES-256-CBC')
  // Whoever lists nothing of today gets what is common, and never less.
  assert.equal(cipherForAll([[{ oid: '1.2.840.113549.3.7' }]]), 'AES-256-CBC')
  assert.equal(cipherForAll([reads('AES-128-CBC'), undefined]), 'AES-256-CBC')
})
