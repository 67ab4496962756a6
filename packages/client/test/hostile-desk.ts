// A desk whose operator means harm: its TLS and its authorities are good, and it answers what the test has it say.

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import {
  DESK_STATEMENT_PURPOSE,
  type DeskStatement,
  type DeskWord,
  KIT_FORMAT,
  type KitFile,
  type SignedStatement,
} from '@scel/contract/kit'
import {
  cancelOwnRequest,
  confirmCertificate,
  deskStatement,
  fetchCertificate,
  listOwnRequests,
  listRecipientsAsApplicant,
  newNonce,
  type Route,
  submitRequest,
} from '@scel/contract/routes'
import type { RequestSummary } from '@scel/contract/values'
import { fromHex, pemEncode, toBase64, toHex, utf8 } from '@scel/pki/bytes'
import { signBytes } from '@scel/pki/cms'
import { exportPrivateKey, generateKeyPair, type KeyPair, randomBytes } from '@scel/pki/crypto'
import { type Extension, fingerprint, makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, type Holder, makeCrl } from '@scel/testkit/authority'

type RouteName = 'statement' | 'submit' | 'list' | 'fetch' | 'confirm' | 'cancel' | 'recipients'
const ROUTES: Readonly<Record<RouteName, Route>> = {
  statement: deskStatement,
  submit: submitRequest,
  list: listOwnRequests,
  fetch: fetchCertificate,
  confirm: confirmCertificate,
  cancel: cancelOwnRequest,
  recipients: listRecipientsAsApplicant,
}

/** Number in the path, and body, of a call. */
interface Asked {
  readonly number: number
  // biome-ignore lint/suspicious/noExplicitAny: what a hostile desk makes of a body is its own affair
  readonly body: any
}

interface CertificateWish {
  /** @default CN=ws-victim */
  readonly subject?: string
  readonly email?: string
  readonly hosts?: readonly string[]
  /** @default clientAuth */
  readonly usages?: readonly string[]
}

export interface HostileDesk {
  readonly kit: KitFile
  readonly word: DeskWord
  readonly roots: { readonly environment: string }
  /** What it says of itself, signed under its root, with something else in it. */
  say(change: Partial<DeskStatement>): Promise<SignedStatement>
  /** What is answered, by route; may be replaced at any time. */
  readonly answers: Partial<Record<RouteName, (asked: Asked) => unknown>>
  /** Routes that fail instead, with a status. */
  readonly failing: Partial<Record<RouteName, number>>
  /** Serial numbers that its list says are revoked; `silent` hands out none. */
  revoked: string[] | 'silent'
  /** Which routes were called, in order. */
  readonly called: string[]
  /** Writes the kit, and returns its path. */
  write(folder: string, change?: (kit: KitFile) => KitFile): string
  /** A certificate of this desk’s authority for any key, PEM: nobody has to hold the private one. */
  certify(publicKey: Uint8Array, wish?: CertificateWish): Promise<string>
  request(number: number, state: RequestSummary['state'], more?: object): RequestSummary
}

/** @param name that it gives itself */
export async function openHostileDesk(t: TestContext, name = 'Desk B'): Promise<HostileDesk> {
  const serial = (): string => `4${toHex(randomBytes(8)).slice(1)}`
  const dates = {
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 30 * 86_400_000),
  }
  const make = (name: string, issuer: Holder | undefined, extensions: Extension[], keys?: KeyPair) =>
    certify({ name, serial: serial(), ...dates, extensions, ...(issuer ? { issuer } : {}), ...(keys ? { keys } : {}) })
  const root = await make('CN=Root of B', undefined, authorityExtensions())
  const tls = await make('CN=localhost', root, [
    makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'localhost' }]),
    makeExtension('extendedKeyUsage', ['serverAuth']),
  ])
  const speaker = await make('CN=Statement', root, [
    makeExtension('extendedKeyUsage', [DESK_STATEMENT_PURPOSE]),
    makeExtension('keyUsage', ['digitalSignature']),
  ])
  const id = await fingerprint(root.certificate.der)
  const pem = ({ certificate }: Holder): string => pemEncode('CERTIFICATE', certificate.der)
  const answers: HostileDesk['answers'] = {}
  const failing: HostileDesk['failing'] = {}
  const called: string[] = []
  const revoked = (): HostileDesk['revoked'] => self.revoked
  const server = createServer(
    { key: pemEncode('PRIVATE KEY', await exportPrivateKey(tls.keys.privateKey)), cert: pem(tls) },
    async (request, response) => {
      const sent = Buffer.concat(await request.toArray())
      const path = (request.url ?? '').replace(/\?.*/, '')
      const number = Number(/\/(\d+)(?:\/|$)/.exec(path)?.[1] ?? 0)
      const greets = path === newNonce.path
      const [route] =
        Object.entries(ROUTES).find(
          ([, one]) => one.method === request.method && one.path.replace(':number', String(number)) === path,
        ) ?? []
      called.push(greets ? 'nonce' : (route ?? path))
      if (path === LIST) {
        const list = revoked() === 'silent' ? undefined : await listOf(root, revoked() as string[])
        response.writeHead(list ? 200 : 503).end(list)
        return
      }
      const status = failing[route as RouteName]
      if (status !== undefined) {
        const problem = { type: 'about:blank', title: 'x', status, detail: 'x', hint: 'x', code: 'x', facts: {} }
        response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
        return
      }
      const body: unknown = sent.length > 0 ? JSON.parse(sent.toString()) : undefined
      const answer = greets
        ? { nonce: 'A'.repeat(43), desk: id }
        : await answers[route as RouteName]?.({ number, body })
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}))
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`
  const said: DeskStatement = {
    format: 'scel-desk/1',
    name,
    services: { portal: origin, mutual: origin, public: origin },
    roots: { production: pem(root), test: pem(root), desk: pem(root), tls: pem(root) },
    saidAt: new Date().toISOString(),
  }
  const say: HostileDesk['say'] = async (change) => ({
    root: pem(root),
    statement: toBase64(
      await signBytes(utf8(JSON.stringify({ ...said, ...change })), {
        signers: [{ certificate: speaker.certificate, key: speaker.keys.privateKey }],
        crls: [await listOf(root, [])],
        at: new Date(),
      }),
    ),
  })
  const desk = await say({})
  const kit: KitFile = {
    format: KIT_FORMAT,
    desk,
    kit: { id: 'K'.repeat(22), name: 'gift', secret: 'S'.repeat(43) },
    rules: {
      environment: 'production',
      organisation: { code: 'B', name: 'B' },
      country: 'FR',
      profile: WORKSTATION,
      form: 'a'.repeat(64),
      store: 'user',
      commonName: 'machine-fingerprint',
      organisationalUnit: 'Workstation',
      keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature'] },
      extendedKeyUsage: ['clientAuth'],
      keys: ['ec-p256'],
      proposedKey: 'ec-p256',
      decidedBy: 'manager',
      uses: 10,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
  }
  answers.statement = () => desk
  const self: HostileDesk = {
    kit,
    revoked: [],
    word: { ...said, id },
    say,
    roots: { environment: pem(root) },
    answers,
    failing,
    called,
    write(folder, change: (file: KitFile) => KitFile = (file) => file) {
      const path = join(folder, `gift-${toHex(randomBytes(4))}.scel-kit`)
      writeFileSync(path, JSON.stringify(change(kit)))
      return path
    },
    async certify(publicKey, { subject = 'CN=ws-victim', email, hosts = [], usages = ['clientAuth'] } = {}) {
      const { privateKey } = await generateKeyPair('ec-p256')
      const all = [
        ...(email ? [{ kind: 'rfc822Name', value: email } as const] : []),
        ...hosts.map((value) => ({ kind: 'dNSName', value }) as const),
      ]
      const names = all.length > 0 ? [makeExtension('subjectAltName', all)] : []
      const lists = makeExtension('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: `${origin}${LIST}` }] }])
      const extensions = [makeExtension('extendedKeyUsage', usages), lists, ...names]
      return pem(await make(subject, root, extensions, { publicKey, privateKey }))
    },
    request: (number, state, more = {}) => ({
      ...{ number, state, profile: WORKSTATION, store: 'user', commonName: 'ws-victim', hostName: '' },
      ...{ description: '', organisation: { id: 'O'.repeat(22), code: 'B', name: 'B' }, conflicts: 0 },
      ...{ submittedAt: new Date().toISOString(), requestedBy: 'b@example.org' },
      ...more,
    }),
  }
  return self
}

const WORKSTATION = { name: 'workstation', title: { en: 'Workstation', fr: 'Poste de travail' } }
const LIST = '/root.crl'

async function listOf(root: Holder, serials: readonly string[]): Promise<Uint8Array> {
  const now = Date.now()
  const list = await makeCrl({
    signer: root,
    number: 'none',
    thisUpdate: new Date(now),
    nextUpdate: new Date(now + 86_400_000),
    entries: serials.map((serial) => ({
      serial: fromHex(serial),
      revokedAt: new Date(now),
      reason: 'keyCompromise',
    })),
  })
  return list.der
}
