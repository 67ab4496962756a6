import assert from 'node:assert/strict'
import { createCipheriv, hash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import { concat, fromHex, toHex } from '../../bytes/index.ts'
import { hasCode } from '../../errors/index.ts'
import { decryptCbc, encryptCbc } from './cbc.ts'
import { des } from './des.ts'
import { rc2 } from './rc2.ts'
import { sha1Repeated } from './sha1.ts'

// RFC 2268 §5: key, effective bits, plaintext, ciphertext.
const RC2: readonly (readonly [key: string, bits: number, plain: string, encrypted: string])[] = [
  ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
  ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
  ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
  ['88', 64, '0000000000000000', '61a8a244adacccf0'],
  ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
  ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
  ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
  ['88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e', 129, '0000000000000000', '5b78d3a43dfff1f1'],
]

test('RC2 agrees with every example of RFC 2268, both ways', () => {
  for (const [key, bits, plain, encrypted] of RC2) {
    const cipher = rc2(fromHex(key), bits)
    assert.equal(toHex(cipher.encrypt(fromHex(plain))), encrypted, key)
    assert.equal(toHex(cipher.decrypt(fromHex(encrypted))), plain, key)
  }
})

test('DES agrees with the known answers of NIST SP 800-17', () => {
  // Variable plaintext and variable key tests of the appendices, first rows.
  for (const [key, plain, encrypted] of [
    ['0101010101010101', '8000000000000000', '95f8a5e5dd31d900'],
    ['0101010101010101', '0000000000000001', '166b40b44aba4bd6'],
    ['8001010101010101', '0000000000000000', '95a8d72813daa94d'],
    ['133457799bbcdff1', '0123456789abcdef', '85e813540f0ab405'],
  ] as const) {
    assert.equal(toHex(des(fromHex(key)).encrypt(fromHex(plain))), encrypted)
    assert.equal(toHex(des(fromHex(key)).decrypt(fromHex(encrypted))), plain)
  }
})

test('triple DES with two and three keys agrees with the platform, at every length', () => {
  for (const keyLength of [16, 24] as const) {
    for (let length = 0; length < 40; length++) {
      const [key, iv, plain] = [randomBytes(keyLength), randomBytes(8), randomBytes(length)]
      const theirs = createCipheriv(keyLength === 16 ? 'des-ede-cbc' : 'des-ede3-cbc', key, iv)
      const expected = Buffer.concat([theirs.update(plain), theirs.final()])
      const ours = encryptCbc(des(key), iv, plain)
      assert.equal(toHex(ours), expected.toString('hex'))
      assert.equal(toHex(decryptCbc(des(key), iv, ours)!), plain.toString('hex'))
    }
  }
})

test('RC2 in CBC mode agrees with openssl', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const [name, length, bits] of [
    ['rc2-40-cbc', 5, 40],
    ['rc2-64-cbc', 8, 64],
    ['rc2-cbc', 16, 128],
  ] as const) {
    const [key, iv, plain] = [randomBytes(length), randomBytes(8), randomBytes(37)]
    peer.write('plain', plain)
    const secret = ['-K', key.toString('hex'), '-iv', iv.toString('hex')]
    const made = peer.run(
      'openssl',
      'enc',
      `-${name}`,
      '-provider',
      'legacy',
      '-provider',
      'default',
      ...secret,
      '-in',
      'plain',
      '-out',
      'out',
    )
    assert.ok(made.ok, made.text)
    assert.equal(toHex(encryptCbc(rc2(key, bits), iv, plain)), toHex(peer.read('out')), name)
    assert.equal(toHex(decryptCbc(rc2(key, bits), iv, peer.read('out'))!), plain.toString('hex'), name)
  }
})

test('wrong padding and parts of blocks are seen', () => {
  const cipher = des(fromHex('0123456789abcdef'))
  const iv = new Uint8Array(8)
  const padded = (last: string): Uint8Array => cipher.encrypt(fromHex(last))
  assert.deepEqual(decryptCbc(cipher, iv, padded('0808080808080808')), new Uint8Array(0))
  for (const last of ['0000000000000000', '0909090909090909', '0000000000000302', '00000000000000ff']) {
    assert.equal(decryptCbc(cipher, iv, padded(last)), undefined, last)
  }
  // Nine octets that say nine, over two blocks: the padding of a longer block.
  const first = padded('0000000000000009')
  const second = cipher.encrypt(first.map((octet) => octet ^ 9))
  assert.equal(decryptCbc(cipher, iv, concat(first, second)), undefined)
  for (const length of [0, 7, 9]) assert.equal(decryptCbc(cipher, iv, new Uint8Array(length)), undefined)
})

test('keys of no such length are refused', () => {
  for (const make of [
    () => des(new Uint8Array(7)),
    () => rc2(new Uint8Array(0), 40),
    () => rc2(new Uint8Array(5), 0),
  ]) {
    assert.throws(make, (error) => hasCode(error, 'key_malformed'))
  }
})

test('SHA-1 repeated agrees with the platform at every length and count', () => {
  for (let length = 0; length < 130; length++) {
    const data = randomBytes(length)
    let expected: Uint8Array = data
    for (let times = 0; times < 4; times++) {
      assert.equal(toHex(sha1Repeated(data, times)), toHex(expected), `${length} bytes, ${times} times`)
      expected = hash('sha1', expected, 'buffer')
    }
  }
})
