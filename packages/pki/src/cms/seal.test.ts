import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collect, inParts, keyOf, open, receiver, seal } from '../../test/sealing.ts'
import { NOW } from '../../test/authority.ts'
import type { KeySpec } from '../algorithms/index.ts'
import { randomBytes } from '../crypto/index.ts'
import { hasCode } from '../errors/index.ts'
import { describeSealed, sealContent } from './index.ts'

const CONTENT = new TextEncoder().encode('Le pli est scellé.\r\n')

const SPECS: readonly (readonly [KeySpec, kind: string, algorithm: string])[] = [
  ['rsa-2048', 'key-transport', 'RSA-OAEP'],
  ['ec-p256', 'key-agreement', 'ECDH with X9.63 SHA-256'],
  ['ec-p384', 'key-agreement', 'ECDH with X9.63 SHA-384'],
  ['ec-p521', 'key-agreement', 'ECDH with X9.63 SHA-512'],
  ['x25519', 'key-agreement', 'ECDH with HKDF SHA-256'],
  ['x448', 'key-agreement', 'ECDH with HKDF SHA-512'],
  ['ml-kem-512', 'key-encapsulation', 'ML-KEM-512'],
  ['ml-kem-768', 'key-encapsulation', 'ML-KEM-768'],
  ['ml-kem-1024', 'key-encapsulation', 'ML-KEM-1024'],
]

for (const [spec, kind, algorithm] of SPECS) {
  test(`what is sealed for ${spec} opens, under every cipher`, async () => {
    const holder = await receiver(spec)
    for (const cipher of ['AES-128-GCM', 'AES-256-GCM', 'AES-128-CBC', 'AES-256-CBC'] as const) {
      const recipients = [{ kind: 'certificate', certificate: holder.certificate }] as const
      const sealed = await seal(CONTENT, { recipients, cipher })
      const { content, ...told } = await open(sealed, { keys: [keyOf(holder)] })
      assert.deepEqual(content, CONTENT)
      const gcm = cipher.endsWith('GCM')
      const { issuer, serialHex } = holder.certificate
      const facts = { kind, algorithm, issuer, serialHex }
      assert.deepEqual(told, {
        structure: gcm ? 'authEnvelopedData' : 'envelopedData',
        contentType: '1.2.840.113549.1.7.1',
        cipher,
        recipients: [facts],
        recipient: facts,
        authenticated: gcm,
        length: CONTENT.length,
      })
    }
  })
}
