import type { Recipient } from '@scel/contract/values'
import { defaultSignature, exportPrivateKey, generateKeyPair, type KeyPair, sign } from '@scel/pki'
import { pemEncode, toHex } from '@scel/pki/bytes'
import { writePkcs12 } from '@scel/pki/pkcs12'
import { buildTimeStampResponse, buildTimeStampToken, parseTimeStampRequest } from '@scel/pki/tsp'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  buildTbsCrl,
  type Certificate,
  type Extension,
  fingerprint,
  formatName,
  type KeyUsageBit,
  keyIdentifier,
  makeExtension,
  type Name,
  parseCertificate,
} from '@scel/pki/x509'

// A root, an authority for people under it, and people with keys that seal and sign: what a desk would have issued.

export const PASSPHRASE = 'lantern cobalt verify mango'
const DAY = 86_400_000

export interface Person {
  readonly name: string
  readonly email: string
  readonly der: Uint8Array
  /** PEM: certificate, key, and the .p12 with both and the chain. */
  readonly certificate: string
  readonly key: string
  readonly p12: Uint8Array
  /** His line of the directory. */
  readonly listed: Recipient
}

export interface Office {
  readonly root: Authority
  readonly issuing: Authority
  /** Those whose names begin with “Former” are on the list of `issuing`; that of `root` is empty. */
  crl(of: 'root' | 'issuing'): Promise<Uint8Array>
  /** Answers a time-stamp request, for the instant that is given or for now. */
  stamp(request: Uint8Array, at?: Date): Promise<Uint8Array>
  /** `usages` instead of those of somebody who signs and receives with one key. */
  person(name: string, spec: 'rsa-2048' | 'ec-p256', days?: number, usages?: readonly KeyUsageBit[]): Promise<Person>
}

const RECEIVES = { 'rsa-2048': 'keyEncipherment', 'ec-p256': 'keyAgreement' } as const

interface Authority {
  readonly name: Name
  readonly keys: KeyPair
  readonly pem: string
}

export async function openOffice(called = 'Pictures'): Promise<Office> {
  const root = await authority(`${called} Root`)
  const issuing = await authority(`${called} People`, root)
  const revoked: Uint8Array[] = []
  const stamping = await stampKey(issuing)
  return {
    root,
    issuing,
    stamp: (request, at = new Date()) => stampOf(stamping, request, at),
    crl: (of) => (of === 'root' ? crlOf(root, []) : crlOf(issuing, revoked)),
    async person(name, spec, days = 300, usages = ['digitalSignature', RECEIVES[spec]]) {
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@laposte.example`
      const keys = await generateKeyPair(spec)
      const der = await issue(issuing, buildName([{ type: 'commonName', value: name }]), keys, days, [
        makeExtension('keyUsage', usages),
        makeExtension('extendedKeyUsage', ['clientAuth', 'emailProtection']),
        makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: email }]),
      ])
      if (name.startsWith('Former')) revoked.push(parseCertificate(der).serial)
      return { ...(await fileOf(der, keys, issuing)), name, email, der, listed: await lineOf(name, email, der) }
    },
  }
}

async function authority(name: string, by?: Authority): Promise<Authority> {
  const subject = buildName([{ type: 'commonName', value: name }])
  const keys = await generateKeyPair('ec-p256')
  const self = { name: subject, keys, pem: '' }
  const der = await issue(by ?? self, subject, keys, 3650, [
    makeExtension('basicConstraints', { ca: true }),
    makeExtension('keyUsage', ['keyCertSign', 'cRLSign']),
  ])
  return { ...self, pem: pemEncode('CERTIFICATE', der) }
}

interface StampKey {
  readonly chain: readonly Certificate[]
  readonly certificate: Certificate
  readonly key: KeyPair['privateKey']
}

async function stampKey(by: Authority): Promise<StampKey> {
  const keys = await generateKeyPair('ec-p256')
  const subject = buildName([{ type: 'commonName', value: 'Pictures Time Stamps' }])
  const usage = makeExtension('extendedKeyUsage', ['timeStamping'], true)
  const der = await issue(by, subject, keys, 3650, [makeExtension('keyUsage', ['digitalSignature']), usage])
  return { chain: [parseCertificate(derOf(by.pem))], certificate: parseCertificate(der), key: keys.privateKey }
}

async function stampOf({ chain, certificate, key }: StampKey, request: Uint8Array, at: Date): Promise<Uint8Array> {
  const { imprint, nonce } = parseTimeStampRequest(request)
  const tst = { policy: '1.2.3', imprint, serial: Uint8Array.of(0x51, serial++), genTime: at }
  const token = await buildTimeStampToken({
    tst: { ...tst, ...(nonce === undefined ? {} : { nonce }) },
    certificate,
    key,
    chain,
  })
  return buildTimeStampResponse({ status: 'granted', token })
}

let serial = 1
async function issue(
  by: Pick<Authority, 'name' | 'keys'>,
  subject: Name,
  keys: KeyPair,
  days: number,
  extensions: readonly Extension[],
): Promise<Uint8Array> {
  const signature = defaultSignature('ec-p256')
  const tbs = buildTbsCertificate({
    serial: Uint8Array.of(0x51, serial++),
    signature,
    issuer: by.name,
    subject,
    notBefore: new Date(Date.now() - 400 * DAY),
    notAfter: new Date(Date.now() + days * DAY),
    publicKey: keys.publicKey,
    extensions: [
      ...extensions,
      makeExtension('subjectKeyIdentifier', await keyIdentifier(keys.publicKey)),
      makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(by.keys.publicKey) }),
    ],
  })
  return assembleSigned(tbs, signature, await sign(by.keys.privateKey, tbs))
}

async function crlOf({ name, keys }: Authority, revoked: readonly Uint8Array[]): Promise<Uint8Array> {
  const signature = defaultSignature('ec-p256')
  const tbs = buildTbsCrl({
    signature,
    issuer: name,
    thisUpdate: new Date(Date.now() - DAY),
    nextUpdate: new Date(Date.now() + 6 * DAY),
    entries: revoked.map((serial) => ({ serial, revokedAt: new Date(Date.now() - DAY), reason: 'keyCompromise' })),
    extensions: [
      makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(keys.publicKey) }),
      makeExtension('cRLNumber', 7n),
    ],
  })
  return assembleSigned(tbs, signature, await sign(keys.privateKey, tbs))
}

async function fileOf(certificate: Uint8Array, keys: KeyPair, issuing: Authority) {
  const issuer = parseCertificate(derOf(issuing.pem)).der
  return {
    certificate: pemEncode('CERTIFICATE', certificate),
    key: pemEncode('PRIVATE KEY', await exportPrivateKey(keys.privateKey)),
    p12: await writePkcs12({
      key: keys.privateKey,
      certificate,
      chain: [issuer],
      friendlyName: 'mine',
      passphrase: PASSPHRASE,
    }),
  }
}

const derOf = (pem: string): Uint8Array => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')

async function lineOf(name: string, email: string, der: Uint8Array): Promise<Recipient> {
  const { subject, serial, publicKey, notBefore, notAfter } = parseCertificate(der)
  return {
    name,
    email,
    certificate: {
      id: `cert-${toHex(serial)}`.padEnd(22, '0'),
      subject: formatName(subject, 'rfc4514'),
      serial: toHex(serial),
      fingerprint: await fingerprint(der),
      key: publicKey.spec ?? '',
      issuer: { id: 'ca-people'.padEnd(22, '0'), name: 'Pictures People' },
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
      pem: pemEncode('CERTIFICATE', der),
    },
  }
}
