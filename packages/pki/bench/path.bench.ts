// Validating a chain of three with revocation by CRLs, as a ratio to a bare loop of the signature verifications that it
// needs: two certificates and two CRLs, the anchor's own signature not counted because nobody needs to verify it. Leaf
// and lists are other objects each time, so nothing is known from the round before.

import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { authorityExtensions, certify, type Holder, leafExtensions, NOW, named } from '@scel/testkit/authority'
import { defaultSignature } from '../src/algorithms/index.ts'
import { sign } from '../src/crypto/index.ts'
import { validatePath } from '../src/path/index.ts'
import type { Crl, Signed } from '../src/x509/index.ts'
import { assembleSigned, buildTbsCrl, extension, makeExtension, parseCertificate, parseCrl } from '../src/x509/index.ts'
import { measure, perSecond, print, ratio } from './table.ts'

const CHAINS = 200
const LEAST = 0.6
const DAY = 86_400_000

const root = await certify({ name: named('Root'), extensions: authorityExtensions() })
const issuing = await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions(0) })

async function crlOf({ certificate, keys }: Holder): Promise<Uint8Array> {
  const row = defaultSignature('ec-p256')
  const tbs = buildTbsCrl({
    signature: row,
    issuer: certificate.subject,
    thisUpdate: new Date(NOW.getTime() - DAY),
    nextUpdate: new Date(NOW.getTime() + DAY),
    entries: Array.from({ length: 20 }, (_, i) => ({ serial: Uint8Array.of(0x41, i), revokedAt: NOW })),
    extensions: [
      makeExtension('authorityKeyIdentifier', { keyIdentifier: extension(certificate, 'subjectKeyIdentifier')! }),
      makeExtension('cRLNumber', 1n),
    ],
  })
  return assembleSigned(tbs, row, await sign(keys.privateKey, tbs, row))
}

const lists = [await crlOf(issuing), await crlOf(root)]
const chains = await Promise.all(
  Array.from({ length: CHAINS }, async (_, i) => {
    const { certificate } = await certify({ name: named(`pc-${i}`), issuer: issuing, extensions: leafExtensions() })
    const crls: Crl[] = lists.map(parseCrl)
    return { leaf: certificate, issuing: parseCertificate(issuing.certificate.der), crls }
  }),
)

async function validate(i: number, crls: readonly Crl[] | undefined): Promise<void> {
  const chain = chains[i % CHAINS]!
  await validatePath({
    leaf: chain.leaf,
    intermediates: [chain.issuing],
    anchors: [root.certificate],
    at: NOW,
    purpose: 'clientAuth',
    revocation: crls ? { mode: 'required', crls } : 'not-asked',
  })
}

const keys = [issuing, root].map(({ keys }) =>
  createPublicKey({ key: Buffer.from(keys.publicKey), format: 'der', type: 'spki' }),
)
const check = (signed: Signed, by: 0 | 1): void => {
  if (!nodeVerify('sha256', signed.signedBytes, keys[by]!, signed.signature)) throw new Error('no signature')
}
function bare(i: number): void {
  const chain = chains[i % CHAINS]!
  check(chain.leaf, 0)
  check(chain.issuing, 1)
  check(chain.crls[0]!, 0)
  check(chain.crls[1]!, 1)
}
function bareCertificates(i: number): void {
  const chain = chains[i % CHAINS]!
  check(chain.leaf, 0)
  check(chain.issuing, 1)
}

const times = await measure({
  bare,
  revocation: (i) => validate(i, chains[i % CHAINS]!.crls),
  bareCertificates,
  plain: (i) => validate(i, undefined),
})
print([
  { what: 'bare loop: 4 P-256 verifications', value: perSecond(times.bare) },
  {
    what: 'chain of three, revocation by two CRLs',
    value: perSecond(times.revocation),
    limit: ratio(times.bare, times.revocation, LEAST),
  },
  { what: 'bare loop: 2 P-256 verifications', value: perSecond(times.bareCertificates) },
  {
    what: 'chain of three, revocation not asked',
    value: perSecond(times.plain),
    limit: ratio(times.bareCertificates, times.plain, LEAST),
  },
])
