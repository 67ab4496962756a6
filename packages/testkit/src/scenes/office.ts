// A root, an authority for people under it, and people with keys that seal and sign: what a desk would have issued, good at the
// hour of the clock.

import type { KeySpec } from '@scel/pki/algorithms'
import { pemDecode } from '@scel/pki/bytes'
import { writePkcs12 } from '@scel/pki/pkcs12'
import { buildTimeStampResponse, buildTimeStampToken, parseTimeStampRequest } from '@scel/pki/tsp'
import { buildName, type KeyUsageBit, makeExtension, type Name, parseRequest, verifyRequest } from '@scel/pki/x509'
import {
  authorityExtensions,
  certify,
  type Holder,
  keyPemOf,
  makeCrl,
  pemOf,
  revoked,
  type Wish,
} from '../authority/index.ts'

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
}

export interface Office {
  readonly root: PemHolder
  readonly issuing: PemHolder
  /** Those whose names begin with “Former” are on the list of `issuing`; that of `root` is empty. */
  crl(of: 'root' | 'issuing'): Promise<Uint8Array>
  /** Answers a time-stamp request, for the instant that is given or for now. */
  stamp(request: Uint8Array, at?: Date): Promise<Uint8Array>
  /** `usages` instead of those of somebody who signs and receives with one key. */
  person(name: string, spec: 'rsa-2048' | 'ec-p256', days?: number, usages?: readonly KeyUsageBit[]): Promise<Person>
  /** Certifies the key of a request (PEM) whose own signature it checks; PEM. */
  certify(csr: string, name: string): Promise<string>
}

export interface PemHolder extends Holder {
  readonly pem: string
}

const RECEIVES = { 'rsa-2048': 'keyEncipherment', 'ec-p256': 'keyAgreement' } as const

export async function openOffice(called = 'Pictures'): Promise<Office> {
  const root = await made({ name: nameOf(`${called} Root`), extensions: authorityExtensions() }, 3650)
  const issuing = await made(
    { name: nameOf(`${called} People`), issuer: root, extensions: authorityExtensions() },
    3650,
  )
  const former: Holder[] = []
  const stamping = await made(
    {
      ...{ name: nameOf('Pictures Time Stamps'), issuer: issuing },
      extensions: [
        makeExtension('keyUsage', ['digitalSignature']),
        makeExtension('extendedKeyUsage', ['timeStamping'], true),
      ],
    },
    3650,
  )
  return {
    root,
    issuing,
    stamp: (request, at = new Date()) => stampOf(stamping, issuing, request, at),
    crl: async (of) => {
      const now = Date.now()
      const dates = { thisUpdate: new Date(now - DAY), nextUpdate: new Date(now + 6 * DAY), number: 7n }
      const entries = former.map((one) => revoked(one, 'keyCompromise', { revokedAt: new Date(now - DAY) }))
      const signed = of === 'root' ? { signer: root } : { signer: issuing, entries }
      return (await makeCrl({ ...signed, ...dates })).der
    },
    async person(name, spec, days = 300, usages = ['digitalSignature', RECEIVES[spec]]) {
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@laposte.example`
      const extensions = [
        makeExtension('keyUsage', usages),
        makeExtension('extendedKeyUsage', ['clientAuth', 'emailProtection']),
        makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: email }]),
      ]
      const holder = await made({ name: nameOf(name), issuer: issuing, spec: spec satisfies KeySpec, extensions }, days)
      if (name.startsWith('Former')) former.push(holder)
      return { name, email, ...(await filesOf(holder, issuing)) }
    },
    async certify(csr, name) {
      const request = parseRequest(pemDecode(csr)[0]!.der)
      if (!(await verifyRequest(request))) throw new Error('the request is not signed by its key')
      const extensions = [makeExtension('basicConstraints', { ca: false })]
      const wish = { name: nameOf(name), issuer: issuing, publicKey: request.publicKey.spki, extensions }
      return (await made(wish, 1)).pem
    },
  }
}

const nameOf = (commonName: string): Name => buildName([{ type: 'commonName', value: commonName }])

async function made(wish: Wish, days: number): Promise<PemHolder> {
  const now = Date.now()
  const holder = await certify({
    ...{ notBefore: new Date(now - 400 * DAY), notAfter: new Date(now + days * DAY) },
    ...wish,
  })
  return { ...holder, pem: pemOf(holder) }
}

async function filesOf(holder: PemHolder, issuing: Holder): Promise<Omit<Person, 'name' | 'email'>> {
  const { der } = holder.certificate
  return {
    der,
    certificate: holder.pem,
    key: await keyPemOf(holder),
    p12: await writePkcs12({
      ...{ key: holder.keys.privateKey, certificate: der, chain: [issuing.certificate.der] },
      ...{ friendlyName: 'mine', passphrase: PASSPHRASE },
    }),
  }
}

let serial = 1
async function stampOf(stamping: Holder, issuing: Holder, request: Uint8Array, at: Date): Promise<Uint8Array> {
  const { imprint, nonce } = parseTimeStampRequest(request)
  const token = await buildTimeStampToken({
    tst: {
      ...{ policy: '1.2.3', imprint, serial: Uint8Array.of(0x51, serial++), genTime: at },
      ...(nonce === undefined ? {} : { nonce }),
    },
    ...{ certificate: stamping.certificate, key: stamping.keys.privateKey, chain: [issuing.certificate] },
  })
  return buildTimeStampResponse({ status: 'granted', token })
}
