import type { KeySpec } from '../../src/algorithms/index.ts'
import { defaultSignature, KEY_SPECS, signatureByName } from '../../src/algorithms/index.ts'
import { fromHex, utf8 } from '../../src/bytes/index.ts'
import {
  agree,
  decapsulate,
  decryptPrivateKey,
  encapsulate,
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  jwkOfPrivateKey,
  keyMatches,
  privateKeyOfJwk,
  sign,
  verify,
} from '../../src/crypto/index.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same, whereKnown } from './portable-case.ts'

/** What every platform has. */
const EVERYWHERE: readonly KeySpec[] = ['rsa-2048', 'rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'x25519']
/** Some have these. The small sets of SLH-DSA take seconds to sign, and differ from the fast ones in nothing here. */
const SOMEWHERE: readonly KeySpec[] = [
  'ed448',
  'x448',
  'ml-dsa-44',
  'ml-dsa-65',
  'ml-dsa-87',
  'slh-dsa-sha2-128f',
  'slh-dsa-shake-128f',
  'ml-kem-512',
  'ml-kem-768',
  'ml-kem-1024',
]
const DATA = utf8('portable')

async function live(spec: KeySpec): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair(spec)
  const again = await importPrivateKey(await exportPrivateKey(privateKey))
  same(again.publicKey, publicKey, 'public key')
  same(again.spec, spec, 'specification')
  const opened = await decryptPrivateKey(await encryptPrivateKey(again, 'clé', { iterations: 10 }), 'clé')
  const fromJson = await privateKeyOfJwk(await jwkOfPrivateKey(opened))
  same(keyMatches(fromJson, publicKey), true, 'JWK')
  const { use } = KEY_SPECS[spec]
  if (use === 'agree') {
    const other = await generateKeyPair(spec)
    same(await agree(opened, other.publicKey), await agree(other.privateKey, publicKey), 'shared secret')
  } else if (use === 'encapsulate') {
    const { sharedSecret, ciphertext } = await encapsulate(publicKey)
    same(await decapsulate(fromJson, ciphertext), sharedSecret, 'shared secret')
  } else {
    const row = defaultSignature(spec)
    const signature = await sign(opened, DATA)
    same(await verify(row, publicKey, DATA, signature), true, 'own signature')
    same(await verify(row, publicKey, utf8('other'), signature), false, 'signature of other data')
  }
}

const name = (spec: KeySpec): string => `${spec}: made, exported, imported, encrypted, opened; does what it is for`

export const keyCases: readonly PortableCase[] = [
  ...EVERYWHERE.map((spec) => ({ name: name(spec), run: () => live(spec) })),
  ...SOMEWHERE.map(
    (spec): PortableCase => ({
      name: `${name(spec)}, or the platform says that it lacks it`,
      run: (platform) => whereKnown(platform, () => live(spec)),
    }),
  ),
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
    name: 'a private key shows nothing of itself',
    async run() {
      const { privateKey } = await generateKeyPair('ec-p256')
      same(`${privateKey}`, '[PrivateKey ec-p256]', 'text')
      same(JSON.stringify({ privateKey }), '{"privateKey":"[PrivateKey ec-p256]"}', 'JSON')
      same(Object.keys(structuredClone({ ...privateKey })).toSorted(), ['bits', 'kind', 'publicKey', 'spec'], 'clone')
    },
  },
]
