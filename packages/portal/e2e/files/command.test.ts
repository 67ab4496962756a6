import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type FileKind, fileKind, HEAD } from '@scel/files/kinds'
import { contentName } from '@scel/files/names'
import { importPrivateKey } from '@scel/pki'
import { pemDecode, utf8 } from '@scel/pki/bytes'
import { sealContent, signDetached } from '@scel/pki/cms'
import { imprintOf } from '@scel/pki/tsp'
import { parseCertificate } from '@scel/pki/x509'
import type { Said, Verified } from '../../src/lib/workbench/protocol.ts'
import { verify } from '../../src/lib/workbench/worker/verifying.ts'
import { type Office, openOffice, type Person } from './office.ts'
import { signedThen, tokenOf } from './stamped.ts'

// One folder of files, judged by what the portal's worker runs and by the command: the same verdicts, name for name.

const MAIN = fileURLToPath(new URL('../../../client/src/main.ts', import.meta.url))
const TEXT = utf8('one hundred\n')
/** The identifier of a time stamp's content, as DER, among octets that somebody signed. */
const LIKE_A_STAMP = Uint8Array.fromHex('060b2a864886f70d0109100104')
const DAY = 86_400_000
const REASONS = [
  'content_altered',
  'der_malformed',
  'certificate_revoked',
  'certificate_expired',
  'issuer_unknown',
  'identity_mismatch',
]

describe('portal and command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-same-'))
  const files = new Map<string, { readonly bytes: Uint8Array; readonly kind: FileKind }>()
  let office: Office
  let ada: Person

  after(() => rmSync(folder, { recursive: true, force: true }))
  before(async () => {
    office = await openOffice()
    const stranger = await openOffice('Stranger')
    ada = await office.person('Ada Martin', 'ec-p256')
    const former = await office.person('Former Colleague', 'rsa-2048')
    const late = await office.person('Late Colleague', 'ec-p256', -10)
    const other = await stranger.person('Ada Martin', 'ec-p256')
    const put = (name: string, kind: FileKind, bytes: Uint8Array): void => {
      files.set(name, { bytes, kind })
      writeFileSync(join(folder, name), bytes)
    }
    const [now, then] = [new Date(), new Date(Date.now() - 30 * DAY)]
    const signed = await signedThen(TEXT, ada, { office, at: now })
    const altered = Uint8Array.from(signed)
    altered[Buffer.from(signed).indexOf('hundred')] = 0x48
    put('good.txt.p7m', 'signed', signed)
    put('altered.txt.p7m', 'signed', altered)
    put('cut.txt.p7m', 'signed', signed.subarray(0, signed.length - 40))
    put('like-a-stamp.bin.p7m', 'signed', await signedThen(LIKE_A_STAMP, ada, { office, at: now }))
    put('revoked.txt.p7m', 'signed', await signedThen(TEXT, former, { office, at: now }))
    put('unknown.txt.p7m', 'signed', await signedThen(TEXT, other, { office: stranger, at: now }))
    put('expired.txt.p7m', 'signed', await signedThen(TEXT, late, { office, at: then }))
    put('expired-stamped.txt.p7m', 'signed', await signedThen(TEXT, late, { office, at: then, stampedBy: office }))
    put('stamped-by-another.txt.p7m', 'signed', await signedThen(TEXT, late, { office, at: then, stampedBy: stranger }))
    put('text.txt', 'plain', TEXT)
    put('text.txt.sig', 'signature', await detached(ada, office))
    put('text.txt.tst', 'stamp', await tokenOf(office, { imprint: await imprintOf(TEXT) }))
    put('sealed.txt.p7m', 'sealed', await sealedFor(ada))
    put('ada.cer', 'certificate', ada.der)
    put('ada.p12', 'key', ada.p12)
    writeFileSync(join(folder, 'root.pem'), office.root.pem)
    writeFileSync(join(folder, 'issuing.pem'), office.issuing.pem)
    for (const by of ['root', 'issuing'] as const) writeFileSync(join(folder, `${by}.crl`), await office.crl(by))
  })

  test('what each file is, is told by its structure', async () => {
    for (const [name, { bytes, kind }] of files) assert.equal(await fileKind(bytes.subarray(0, HEAD)), kind, name)
  })

  test('a signed file is worth the same to both: every verdict, for every reason, and the stamp', async () => {
    const seen = new Set<string>()
    for (const [name, { bytes, kind }] of files) {
      if (kind !== 'signed' && kind !== 'signature') continue
      const [portal, command] = [await byPortal(name, bytes, kind), await byCommand(name)]
      assert.deepEqual(portal, command, name)
      for (const reason of JSON.stringify(portal).match(/"[a-z_]+"(?=[,}\]])/g) ?? []) seen.add(reason)
    }
    // All reasons were met that the folder was made for.
    for (const reason of REASONS) {
      assert.ok(seen.has(`"${reason}"`), `${reason} is not among ${[...seen].join(' ')}`)
    }
  })

  test('a signature finds its content, and a sealed file has the name that was in it, for both', async () => {
    const { out } = await scel('verify-signature', join(folder, 'text.txt.sig'), '--json', ...(await judging()))
    assert.equal(JSON.parse(out).content, join(folder, contentName('text.txt.sig')))
    writeFileSync(join(folder, 'ada.both.pem'), `${ada.certificate}${ada.key}`)
    const { out: opened } = await scel(
      'open',
      join(folder, 'sealed.txt.p7m'),
      '--key',
      join(folder, 'ada.both.pem'),
      '--json',
    )
    assert.equal(JSON.parse(opened).file, join(folder, contentName('sealed.txt.p7m')))
  })

  async function byPortal(name: string, bytes: Uint8Array, kind: FileKind): Promise<unknown> {
    const file = new File([bytes as Uint8Array<ArrayBuffer>], name)
    const ders = (pem: string): Uint8Array[] => pemDecode(pem).map(({ der }) => der)
    const asked = {
      file,
      ...(kind === 'signature' ? { content: new File([TEXT as Uint8Array<ArrayBuffer>], contentName(name)) } : {}),
      trust: {
        anchors: ders(office.root.pem),
        intermediates: ders(office.issuing.pem),
        crls: [await office.crl('root'), await office.crl('issuing')],
      },
      revocation: true,
      email: ada.email,
      target: { name: contentName(name), type: 'application/octet-stream' },
    }
    const verified = await verify(asked, () => undefined, new AbortController().signal).catch((error) => error.code)
    return typeof verified === 'string' ? { refused: verified } : told(verified)
  }

  async function byCommand(name: string): Promise<unknown> {
    const { out } = await scel('verify-signature', join(folder, name), '--json', ...(await judging()))
    const { error, valid, detached: alone, length, signatures } = JSON.parse(out)
    return error ? { refused: error.code } : { valid, alone, length, signatures: signatures.map(toldByCommand) }
  }

  async function judging(): Promise<string[]> {
    const at = (name: string): string => join(folder, name)
    return [
      ...['--anchor', at('root.pem'), '--intermediate', at('issuing.pem'), '--email', ada.email],
      ...['--crl', at('root.crl'), '--crl', at('issuing.crl')],
    ]
  }

  /** Every verdict is in the answer, whatever the exit code says of the whole. */
  const scel = (...args: string[]): Promise<{ readonly out: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'en_GB.UTF-8', TZ: 'UTC' }
      execFile(process.execPath, [MAIN, ...args], { env }, (_, out) => resolve({ out }))
    })
})

const said = (one: Said): string => (one.is === 'bad' ? one.why.code : one.is)

const told = ({ valid, detached: alone, length, signers }: Verified): unknown => ({
  valid,
  alone,
  length,
  signatures: signers.map(({ card, algorithm, statedAt, stamp, integrity, chain, identity, revocation }) => ({
    ...{ signer: card?.fingerprint, algorithm, statedAt },
    ...{ stamp: stamp && [said(stamp.said), stamp.at] },
    ...{ integrity: said(integrity), chain: said(chain), identity: said(identity), revocation: said(revocation) },
  })),
})

type Worded = 'not-asked' | { readonly ok: boolean; readonly error?: { readonly code: string } }
const worded = (one: Worded): string => (one === 'not-asked' ? one : one.ok ? 'good' : (one.error?.code ?? ''))

// biome-ignore lint/suspicious/noExplicitAny: the document that a program printed
const toldByCommand = ({ signer, algorithm, signingTime, timeStamp, ...verdicts }: any): unknown => ({
  ...{ signer: signer?.fingerprint, algorithm, statedAt: signingTime },
  ...{ stamp: timeStamp && [worded(timeStamp), timeStamp.at] },
  ...{ integrity: worded(verdicts.integrity), chain: worded(verdicts.chain) },
  ...{ identity: worded(verdicts.identity), revocation: worded(verdicts.revocation) },
})

async function detached(person: Person, office: Office): Promise<Uint8Array> {
  const key = await importPrivateKey(pemDecode(person.key)[0]!.der)
  return signDetached(one(TEXT), {
    signers: [{ certificate: parseCertificate(person.der), key }],
    certificates: pemDecode(office.issuing.pem).map(({ der }) => parseCertificate(der)),
    at: new Date(),
  })
}

async function sealedFor(person: Person): Promise<Uint8Array> {
  const recipients = [{ kind: 'certificate', certificate: parseCertificate(person.der) }] as const
  const parts: Uint8Array[] = []
  for await (const part of sealContent(one(TEXT), { recipients, at: new Date() })) parts.push(part.slice())
  return Buffer.concat(parts)
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
