// Content that is signed and verified: it is hashed in pieces on both platforms, and means the same.

import { NOW } from '@scel/testkit/authority'
import type { KeySpec } from '../../src/algorithms/index.ts'
import { fromUtf8, utf8 } from '../../src/bytes/index.ts'
import type { VerifyOptions } from '../../src/cms/index.ts'
import { signBytes, signContent, signDetached } from '../../src/cms/index.ts'
import { buildTimeStampToken, imprintOf, stampVerifier, verifyTimeStampToken } from '../../src/tsp/index.ts'
import { collect, signerOf, signingScene, source, verified } from '../signing-scene.ts'
import type { PortableCase } from './portable-case.ts'
import { same, whereKnown } from './portable-case.ts'
import { SIGNED } from './signed-file.ts'

const SPECS: readonly KeySpec[] = [
  ...(['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'ed448'] as const),
  ...(['ml-dsa-44', 'ml-dsa-65', 'slh-dsa-sha2-128f', 'slh-dsa-shake-128f'] as const),
]

/** No whole number of blocks or pieces. */
const CONTENT = new Uint8Array(700_001).map((_, i) => i * 7)

export const signingCases: readonly PortableCase[] = [
  {
    name: 'content is signed with every kind of key, apart and enclosed, and verified, or the platform lacks the key',
    async run(platform) {
      const scene = await signingScene()
      const trust: VerifyOptions = { anchors: [scene.root.certificate], at: NOW, revocation: 'not-asked' }
      for (const spec of SPECS) {
        await whereKnown(platform, async () => {
          const options = { signers: [signerOf(await scene.person('Ana', spec))], at: NOW }
          const detached = await signDetached(source(CONTENT, 100_000), options)
          const apart = await verified(detached, { ...trust, content: source(CONTENT, 64_000) })
          same([apart.valid, apart.length], [true, CONTENT.length], `${spec} detached`)
          const altered = CONTENT.slice()
          altered[350_000]! ^= 1
          same((await verified(detached, { ...trust, content: source(altered) })).valid, false, `${spec} altered`)
          const enclosed = await collect(signContent(source(CONTENT, 100_000), options))
          const inside = await verified(enclosed, trust, 99_999)
          same([inside.valid, inside.written.length], [true, CONTENT.length], `${spec} enclosed`)
        })
      }
    },
  },
  {
    name: 'a signature of openssl holds, and stops holding when the content is altered',
    async run() {
      const trust = { anchors: [], at: NOW, revocation: 'not-asked' } as const
      const { signers, written } = await verified(SIGNED, trust)
      same([signers[0]?.integrity.ok, fromUtf8(written)], [true, 'signed by another program\n'], 'verdict')
      const altered = SIGNED.slice()
      // The first letter of the content.
      altered[SIGNED.indexOf(0x73)]! ^= 1
      const found = await verified(altered, trust)
      same([found.signers[0]?.integrity.ok, fromUtf8(found.written)], [false, 'rigned by another program\n'], 'altered')
    },
  },
  {
    name: 'a time stamp is made, judged, and carried by a signature',
    async run() {
      const scene = await signingScene()
      const { certificate, keys } = await scene.service()
      const trust = { anchors: [scene.root.certificate], at: NOW, revocation: 'not-asked' } as const
      const text = utf8('contract')
      const tst = { policy: '1.2.3', serial: Uint8Array.of(1), genTime: NOW }
      const service = { certificate, key: keys.privateKey }
      const token = await buildTimeStampToken({ tst: { ...tst, imprint: await imprintOf(text) }, ...service })
      same((await verifyTimeStampToken(token, { ...trust, data: text })).at, NOW, 'moment')
      const signed = await signBytes(text, {
        ...{ signers: [signerOf(await scene.person('Ana'))], at: NOW },
        stamp: ({ digest, value }) =>
          buildTimeStampToken({ tst: { ...tst, imprint: { digest, hash: value } }, ...service }),
      })
      const { valid, signers } = await verified(signed, { ...trust, verifyStamp: stampVerifier(trust) })
      same([valid, signers[0]?.timeStamp?.verdict], [true, { ok: true }], 'stamp')
    },
  },
]
