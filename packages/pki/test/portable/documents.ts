import { makeChain, named, pathOf } from '@scel/testkit/authority'
import { fromHex } from '../../src/bytes/index.ts'
import { lintCertificate } from '../../src/lint/index.ts'
import { validatePath } from '../../src/path/index.ts'
import { readPkcs12, writePkcs12 } from '../../src/pkcs12/index.ts'
import {
  buildName,
  buildRequest,
  extension,
  formatName,
  makeExtension,
  parseRequest,
  verifyIssuedBy,
  verifyRequest,
} from '../../src/x509/index.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same } from './portable-case.ts'

export const documentCases: readonly PortableCase[] = [
  {
    name: 'a request is made, read and proved',
    async run() {
      const { leaf } = await makeChain()
      const der = await buildRequest({
        subject: buildName(named('pc-1 é')),
        key: leaf.keys.privateKey,
        extensions: [makeExtension('keyUsage', ['digitalSignature'])],
      })
      const request = parseRequest(der)
      same(await verifyRequest(request), true, 'proof')
      same(formatName(request.subject, 'rfc4514'), 'CN=pc-1 é,O=Scel Tests,C=FR', 'subject')
      same(extension(request, 'keyUsage'), ['digitalSignature'], 'wish')
    },
  },
  {
    name: 'a chain is issued, linted and validated',
    async run() {
      const chain = await makeChain()
      const { issuing, leaf } = chain
      same(await verifyIssuedBy(leaf.certificate, issuing.certificate), true, 'signature')
      const errors = lintCertificate(leaf.certificate.signedBytes).filter(({ severity }) => severity === 'error')
      same(errors, [], 'lint')
      const options = { ...pathOf(chain), purpose: 'clientAuth' } as const
      same((await validatePath(options)).chain.length, 3, 'path')
      same(await refusal(validatePath({ ...options, anchors: [] })), 'issuer_unknown', 'no anchor')
    },
  },
  {
    name: 'a PKCS #12 file is written under a passphrase beyond ASCII, and opened',
    async run() {
      const { issuing, leaf } = await makeChain()
      const file = await writePkcs12({
        key: leaf.keys.privateKey,
        certificate: leaf.certificate.der,
        chain: [issuing.certificate.der],
        friendlyName: 'Poste é',
        passphrase: 'Clé été 42 €',
        iterations: 1_000,
      })
      const read = await readPkcs12(file, 'Clé été 42 €')
      same(read.certificate, leaf.certificate.der, 'certificate')
      same(read.friendlyName, 'Poste é', 'name')
      same(await refusal(readPkcs12(file, 'Clé')), 'passphrase_wrong', 'passphrase')
      same(await refusal(readPkcs12(fromHex('3000'), '')), 'der_malformed', 'no file')
    },
  },
]
