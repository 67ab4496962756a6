import type { KeySpec } from '../../src/algorithms/index.ts'
import { defaultSignature, signatureByName } from '../../src/algorithms/index.ts'
import { fromHex, utf8 } from '../../src/bytes/index.ts'
import {
  decryptPrivateKey,
  digest,
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  hmac,
  importPrivateKey,
  randomBytes,
  sign,
  verify,
} from '../../src/crypto/index.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same } from './portable-case.ts'

const SPECS: readonly KeySpec[] = ['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-3072']
const DATA = utf8('portable')

export const keyCases: readonly PortableCase[] = [
  ...SPECS.map((spec) => ({
    name: `${spec}: made, exported, imported, encrypted, opened; signs and verifies`,
    async run() {
      const { privateKey, publicKey } = await generateKeyPair(spec)
      const again = await importPrivateKey(await exportPrivateKey(privateKey))
      same(again.publicKey, publicKey, 'public key')
      const opened = await decryptPrivateKey(await encryptPrivateKey(again, 'clé', { iterations: 10 }), 'clé')
      const row = defaultSignature(spec)
      const signature = await sign(opened, DATA)
      same(await verify(row, publicKey, DATA, signature), true, 'own signature')
      same(await verify(row, publicKey, utf8('other'), signature), false, 'signature of other data')
    },
  })),
  {
    name: 'a wrong passphrase, a mismatch and a malformed key have their codes',
    async run() {
      const { privateKey, publicKey } = await generateKeyPair('ec-p256')
      const encrypted = await encryptPrivateKey(privateKey, 'right', { iterations: 1 })
      same(await refusal(decryptPrivateKey(encrypted, 'wrong')), 'passphrase_wrong', 'passphrase')
      const rsa = signatureByName('RSA with SHA-256')
      same(await refusal(verify(rsa, publicKey, DATA, DATA)), 'key_mismatch', 'mismatch')
      const bad = publicKey.slice()
      bad[bad.length - 1]! ^= 1
      const signature = await sign(privateKey, DATA)
      same(await refusal(verify(defaultSignature('ec-p256'), bad, DATA, signature)), 'key_malformed', 'point')
      same(await refusal(importPrivateKey(fromHex('3000'))), 'key_malformed', 'PKCS #8')
    },
  },
  {
    name: 'digests and codes of known texts',
    async run() {
      const abc = fromHex('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
      same(await digest('SHA-256', utf8('abc')), abc, 'FIPS 180-4')
      const case2 = fromHex('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
      same(await hmac('SHA-256', utf8('Jefe'), utf8('what do ya want for nothing?')), case2, 'RFC 4231 case 2')
      same(randomBytes(32).length, 32, 'random')
    },
  },
]
