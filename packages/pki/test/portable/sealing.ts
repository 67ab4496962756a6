// Content that is sealed and opened: the ciphers run in pieces on both platforms, and mean the same.

import { certify, named } from '@scel/testkit/authority'
import type { KeySpec } from '../../src/algorithms/index.ts'
import { toHex, utf8 } from '../../src/bytes/index.ts'
import { digest, importPrivateKey, randomBytes } from '../../src/crypto/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { keyOf, open, receiver, seal } from '../sealing.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same, whereKnown } from './portable-case.ts'
import { SEALED, SEALED_CERTIFICATE, SEALED_KEY } from './sealed-file.ts'

const SPECS: readonly KeySpec[] = ['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521', 'x25519', 'x448', 'ml-kem-768']
const CIPHERS = ['AES-128-GCM', 'AES-256-GCM', 'AES-128-CBC', 'AES-256-CBC'] as const

/** No whole number of blocks or pieces. */
const content = (): Uint8Array => randomBytes(2_500_150)
const fingerprint = async (bytes: Uint8Array): Promise<string> => toHex(await digest('SHA-256', bytes))

export const sealingCases: readonly PortableCase[] = [
  {
    name: 'content of some mebibytes is sealed for every kind of key and opened, or the platform lacks the key',
    async run(platform) {
      const plain = content()
      const expected = await fingerprint(plain)
      for (const spec of SPECS) {
        await whereKnown(platform, async () => {
          const holder = await receiver(spec)
          const recipients = [{ kind: 'certificate', certificate: holder.certificate }] as const
          for (const cipher of spec === 'ec-p256' ? CIPHERS : (['AES-256-GCM'] as const)) {
            const sealed = await seal(plain, { recipients, cipher })
            const opened = await open(sealed, { keys: [keyOf(holder)] }, 100_000)
            same(await fingerprint(opened.content), expected, `${spec} ${cipher}`)
            sealed[sealed.length - 10]! ^= 1
            if (opened.authenticated) {
              same(await refusal(open(sealed, { keys: [keyOf(holder)] })), 'decryption_failed', 'altered tag')
            }
          }
        })
      }
    },
  },
  {
    name: 'passphrases, secret keys, attributes after the content, and a key bound to its cipher',
    async run() {
      const secret = { identifier: utf8('june'), key: randomBytes(16) }
      const recipients = [
        { kind: 'passphrase', passphrase: 'été', iterations: 1_000 },
        { kind: 'secret-key', ...secret },
      ] as const
      const plain = utf8('a bid')
      const contentType = '1.2.840.113549.1.7.2'
      for (const options of [{}, { contentType }, { boundKey: true }, { contentType, boundKey: true }]) {
        const sealed = await seal(plain, { recipients, ...options })
        same((await open(sealed, { passphrase: 'été' })).content, plain, 'passphrase')
        same((await open(sealed, { secretKeys: [secret] })).content, plain, 'secret key')
        same(await refusal(open(sealed, { passphrase: 'ete' })), 'decryption_failed', 'wrong passphrase')
      }
    },
  },
  {
    name: 'what OpenSSL sealed opens; RSA v1.5 is written everywhere, and read where the platform can hide its padding',
    async run(platform) {
      const fixture = { certificate: parseCertificate(SEALED_CERTIFICATE), key: await importPrivateKey(SEALED_KEY) }
      same((await open(SEALED, { keys: [fixture] })).content, utf8('sealed by another program\n'), 'content')
      const holder = await receiver('rsa-2048')
      const { certificate } = holder
      const recipients = [{ kind: 'certificate', certificate, keyTransport: 'PKCS1-v1.5' }] as const
      const sealed = await seal(utf8('old'), { recipients })
      await whereKnown(platform, async () => {
        same((await open(sealed, { keys: [keyOf(holder)] })).content, utf8('old'), 'v1.5')
      })
      const signer = await certify({ name: named('signs'), spec: 'ed25519' })
      const refused = seal(utf8('x'), { recipients: [{ kind: 'certificate', certificate: signer.certificate }] })
      same(await refusal(refused), 'recipient_not_usable', 'a key that signs')
    },
  },
]
