// Lists, answers, stamps and bags: made, read and judged without a platform's help.

import { makeChain, makeCrl, NOW, pathOf } from '@scel/testkit/authority'
import { defaultSignature } from '../../src/algorithms/index.ts'
import { checkDer, DerReader, derOfBer } from '../../src/asn1/index.ts'
import { fromHex, pemDecode, pemEncode } from '../../src/bytes/index.ts'
import { buildCertificateBag, readCertificateBag } from '../../src/cms/index.ts'
import { randomBytes, sign } from '../../src/crypto/index.ts'
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildTbsOcspResponse,
  makeCertId,
  parseOcspRequest,
  parseOcspResponse,
  verifyOcspResponse,
} from '../../src/ocsp/index.ts'
import { validatePath } from '../../src/path/index.ts'
import { openPkcs12, readPkcs12, writePkcs12, writePkcs12Certificates } from '../../src/pkcs12/index.ts'
import {
  buildTimeStampRequest,
  buildTstInfo,
  checkTimeStamp,
  imprintOf,
  parseTimeStampRequest,
  parseTstInfo,
} from '../../src/tsp/index.ts'
import {
  crlEntry,
  extension,
  fingerprint,
  formatName,
  parseCertificate,
  parseCrl,
  parseNameText,
} from '../../src/x509/index.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, refused, same } from './portable-case.ts'

export const structureCases: readonly PortableCase[] = [
  {
    name: 'a revocation list is made, read, and decides a path',
    async run() {
      const chain = await makeChain()
      const { root, issuing, leaf } = chain
      const empty = await makeCrl({ signer: issuing })
      const full = await makeCrl({ signer: issuing, entries: [leaf], number: 2n })
      const above = await makeCrl({ signer: root })
      same(crlEntry(full, leaf.certificate.serial)?.serial, leaf.certificate.serial, 'entry')
      same(crlEntry(empty, leaf.certificate.serial), undefined, 'no entry')
      same(extension(parseCrl(full.der), 'cRLNumber'), 2n, 'number')
      const judged = (crls: readonly (typeof full)[]): ReturnType<typeof validatePath> =>
        validatePath({ ...pathOf(chain), purpose: 'clientAuth', revocation: { mode: 'required', crls } })
      same((await judged([empty, above])).chain.length, 3, 'good')
      same(await refusal(judged([full, above])), 'certificate_revoked', 'revoked')
      same(await refusal(judged([above])), 'revocation_unknown', 'not known')
    },
  },
  {
    name: 'an OCSP request and its answer',
    async run() {
      const { issuing, leaf } = await makeChain()
      const [issuer, serial, nonce] = [issuing.certificate, leaf.certificate.serial, randomBytes(32)]
      const certId = await makeCertId(issuer, serial)
      same(parseOcspRequest(buildOcspRequest({ certIds: [certId], nonce })).nonce, nonce, 'nonce')
      const row = defaultSignature('ec-p256')
      const responses = [{ status: 'good', certId, thisUpdate: NOW }] as const
      const tbs = buildTbsOcspResponse({ responder: issuer.subject, producedAt: NOW, nonce, responses })
      const signature = await sign(issuing.keys.privateKey, tbs, row)
      const answer = parseOcspResponse(assembleOcspResponse({ tbs, row, signature, certificates: [] }))
      same(await verifyOcspResponse(answer, { issuer, serial, at: NOW, nonce }), { status: 'good' }, 'status')
      const other = { issuer, serial, at: NOW, nonce: randomBytes(32) }
      same(await refusal(verifyOcspResponse(answer, other)), 'ocsp_malformed', 'another nonce')
    },
  },
  {
    name: 'a time-stamp request and the stamp that answers it',
    async run() {
      const imprint = await imprintOf(fromHex('00'))
      const request = parseTimeStampRequest(buildTimeStampRequest({ imprint, nonce: 7n }))
      const stamp = { policy: '1.2.3', imprint, serial: Uint8Array.of(1), genTime: NOW, nonce: 7n }
      checkTimeStamp(parseTstInfo(buildTstInfo(stamp)), request)
      const replayed = parseTstInfo(buildTstInfo({ ...stamp, nonce: 8n }))
      same(await refused(() => checkTimeStamp(replayed, request)), 'time_stamp_malformed', 'another nonce')
    },
  },
  {
    name: 'PKCS #12 in each kind, and bags of certificates alone',
    async run() {
      const { issuing, leaf } = await makeChain()
      const input = {
        key: leaf.keys.privateKey,
        certificate: leaf.certificate.der,
        chain: [issuing.certificate.der],
        friendlyName: 'Poste é',
        passphrase: 'clé',
        iterations: 10,
      }
      for (const kind of ['modern', 'compatible', 'pbmac1'] as const) {
        const file = await writePkcs12({ ...input, kind })
        const read = await readPkcs12(file, 'clé', { dangerOldCiphers: true })
        same(read.certificate, leaf.certificate.der, kind)
        if (kind === 'compatible') same(await refusal(readPkcs12(file, 'clé')), 'algorithm_weak', 'not asked for')
      }
      const der = issuing.certificate.der
      const trusted = await writePkcs12Certificates({ certificates: [{ der }], passphrase: 'x', iterations: 10 })
      same((await openPkcs12(trusted, 'x')).certificates.length, 1, 'trust store')
      const bag = buildCertificateBag({ certificates: [leaf.certificate.der, der] })
      same(readCertificateBag(bag).certificates, [leaf.certificate.der, der], 'p7b')
    },
  },
  {
    name: 'names in text and back, PEM and fingerprints',
    async run() {
      const name = parseNameText('CN=Zoé\\, chef,O=Scel,C=FR')
      same(formatName(name, 'rfc4514'), 'CN=Zoé\\, chef,O=Scel,C=FR', 'name')
      const { leaf } = await makeChain()
      const [block] = pemDecode(pemEncode('CERTIFICATE', leaf.certificate.der))
      same(await fingerprint(parseCertificate(block!.der).der), await fingerprint(leaf.certificate.der), 'fingerprint')
    },
  },
  {
    name: 'malformed encodings have their codes, whatever the platform',
    async run() {
      for (const [hex, what] of [
        ['308001010000', 'indefinite length'],
        ['3081020500', 'length not in its shortest form'],
        ['30020500ff', 'something left over'],
        ['3005', 'cut off'],
        ['3f8100', 'high tag number'],
      ] as const) {
        same(await refused(() => checkDer(fromHex(hex), 'test')), 'der_malformed', what)
      }
      const boolean = (hex: string): Promise<string> =>
        refused(() => DerReader.whole(fromHex(hex), 'test', (reader) => reader.boolean()))
      same(await boolean('010101'), 'der_malformed', 'another true')
      const deep = new Uint8Array(400)
      for (let i = 0; i < 200; i++) deep.set([0x30, 0x80], 2 * i)
      same(await refused(() => derOfBer(deep, 'test')), 'der_too_deep', 'nesting')
      same(await refused(() => parseCertificate(fromHex('3000'))), 'der_malformed', 'no certificate')
    },
  },
]
