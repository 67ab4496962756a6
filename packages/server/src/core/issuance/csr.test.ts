import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemEncode } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { buildName, buildRequest } from '@scel/pki/x509'
import { refused } from '../../../test/rules-desk.ts'
import { proveCsr } from './csr.ts'

const request = async (commonName: string): Promise<string> => {
  const { privateKey: key } = await generateKeyPair('ec-p256')
  const subject = buildName([{ type: 'commonName', value: commonName }])
  return pemEncode('CERTIFICATE REQUEST', await buildRequest({ subject, key }))
}

test('C1: a request longer than any that is meant is not read', async () => {
  assert.equal((await proveCsr(await request('x'.repeat(15_000)), ['ec-p256'])).spec, 'ec-p256')
  for (const name of ['x'.repeat(17_000), `x${'\u0315\u0300'.repeat(10_000)}`]) {
    const long = await request(name)
    await assert.rejects(proveCsr(long, ['ec-p256']), refused('csr_unreadable', { what: 'more than 16 KiB' }))
  }
})
