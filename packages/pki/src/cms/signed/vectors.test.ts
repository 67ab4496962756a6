// Signed files that other people made: RFC 4134 (old algorithms, under danger), OpenSSL 3.5 and Bouncy Castle (post-quantum).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Exception, judge, settle, vectors } from '@scel/testkit/vectors'
import { unzip } from '../../../test/unzip.ts'
import { concat, equal } from '../../bytes/index.ts'
import { hasCode } from '../../errors/index.ts'
import { parseCertificate } from '../../x509/index.ts'
import type { VerifiedContent, VerifyOptions } from '../index.ts'
import { verifyContent } from '../index.ts'

const DSA: Exception = {
  reason: 'DSA is not implemented: FIPS 186-5 withdrew it for signing, and no profile here has it',
}

const RFC4134: Readonly<Record<string, Exception>> = {
  '4.1.bin': DSA,
  '4.10.bin': DSA,
  '4.3.bin': DSA,
  '4.4.bin': DSA,
  '4.6.bin': DSA,
  '4.7.bin': DSA,
}

test('RFC 4134: signed files are read, and signatures of RSA with SHA-1 hold for archives', async (t) => {
  const folder = vectors(t, 'rfc4134')
  if (!folder) return
  const content = folder.read('ExContent.bin')
  const options: VerifyOptions = {
    ...{ anchors: [], at: new Date('2003-06-01T00:00:00Z'), revocation: 'not-asked' },
    danger: { oldSignatures: true },
    intermediates: folder
      .list('.')
      .filter((name) => name.endsWith('.cer'))
      .map((name) => parseCertificate(folder.read(name))),
  }
  const accepts = new Map<string, boolean>()
  for (const name of ['4.1.bin', '4.2.bin', '4.3.bin', '4.4.bin', '4.5.bin', '4.6.bin', '4.7.bin', '4.10.bin']) {
    const apart = name === '4.3.bin' ? { content: only(content) } : {}
    const { verified, written } = await read(folder.read(name), { ...options, ...apart })
    assert.deepEqual(written, name === '4.3.bin' ? new Uint8Array(0) : content, name)
    accepts.set(
      name,
      verified.signers.every(({ integrity }) => integrity.ok),
    )
    // Without the word for danger, nothing of this counts.
    const today = await read(folder.read(name), {
      ...options,
      ...(name === '4.3.bin' ? { content: only(content) } : {}),
      danger: {},
    })
    assert.ok(
      today.verified.signers.every(({ integrity }) => !integrity.ok),
      name,
    )
  }
  // 4.11 is a bag of certificates: nobody signed it.
  await assert.rejects(read(folder.read('4.11.bin'), options), (error) => hasCode(error, 'signature_missing'))
  accepts.set('4.11.bin', false)
  const cases = [...accepts.keys()].map((id) => ({ id, accept: id !== '4.11.bin' }))
  settle(t, 'RFC 4134 signed', judge(cases, RFC4134, accepts))
})

test('RFC 4134 §4.4: the countersignature is read, and is the RSA key’s over the signature', async (t) => {
  const folder = vectors(t, 'rfc4134')
  if (!folder) return
  const { verified } = await read(folder.read('4.4.bin'), {
    ...{ anchors: [], at: new Date(), revocation: 'not-asked', danger: { oldSignatures: true } },
    intermediates: [parseCertificate(folder.read('AliceRSASignByCarl.cer'))],
  })
  const [counter] = verified.signers[0]!.countersignatures
  assert.equal(counter?.algorithm, 'RSA with SHA-1')
  assert.deepEqual(counter?.integrity, { ok: true })
})

const BEYOND: readonly (readonly [RegExp, Exception])[] = [
  [
    /with-(sha|shake)/,
    { reason: 'HashML-DSA and HashSLH-DSA: CMS has the pure algorithms only (RFC 9882 §3, RFC 9814 §3)' },
  ],
  [/MLDSA/, { reason: 'composite signatures are a draft of the IETF, and in no profile here' }],
  [/falcon/, { reason: 'Falcon has no standard yet' }],
]

for (const [name, archive, count] of [
  ['OpenSSL 3.5 CMS signed', 'openssl35-cms-v3.zip', 15],
  ['Bouncy Castle CMS signed', 'bouncycastle-cms-v3.zip', 50],
] as const) {
  test(`${name}: ML-DSA and SLH-DSA, signed attributes, each chain to its anchor`, async (t) => {
    const folder = vectors(t, 'pqc')
    if (!folder) return
    const files = [...unzip(folder.read(archive))].map(([path, bytes]) => [path.split('/').at(-1)!, bytes] as const)
    const named = new Map(files)
    const anchor = parseCertificate(named.get('ta.der')!)
    // All were made in one afternoon.
    const at = new Date(anchor.notBefore.getTime() + 3_600_000)
    const accepts = new Map<string, boolean>()
    const excused: Record<string, Exception> = {}
    for (const [id, bytes] of files) {
      if (!id.includes('_signed_attrs')) continue
      const options: VerifyOptions = { anchors: [anchor], at, revocation: 'not-asked', purpose: 'any' }
      const { verified, written } = await read(bytes, options)
      accepts.set(id, verified.valid && equal(written, named.get('expected_plaintext.txt')!))
      const reason = BEYOND.find(([pattern]) => pattern.test(id))?.[1]
      if (reason) excused[id] = reason
    }
    assert.equal(accepts.size, count)
    const cases = [...accepts.keys()].map((id) => ({ id, accept: true }))
    settle(t, name, judge(cases, excused, accepts))
  })
}

async function read(
  signed: Uint8Array,
  options: VerifyOptions,
): Promise<{ verified: VerifiedContent; written: Uint8Array }> {
  const parts: Uint8Array[] = []
  const write = async (bytes: Uint8Array): Promise<void> => void parts.push(bytes.slice())
  return { verified: await verifyContent(only(signed), options, { write }), written: concat(...parts) }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes
}
