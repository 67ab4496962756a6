import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { fileKind, HEAD, wrappingOf } from '@scel/files/kinds'
import { contentName } from '@scel/files/names'
import type { SignedFileFacts, StampFileFacts, VerdictFacts } from '@scel/files/verdicts'
import { pemDecode } from '@scel/pki/bytes'
import { COMPILED, chromiumPath } from '@scel/testkit/peers'
import { PASSPHRASE } from '@scel/testkit/scenes'
import type { Browser } from 'playwright-core'
import type { ResultFile, Voucher, WorkName } from '../../src/lib/workbench/protocol.ts'
import { launch } from '../browser.ts'
import { furnish } from '../furnish.ts'
import { type MockDesk, startMockDesk } from '../mock-desk.ts'
import { type Answer, type Carried, carried, startWorker } from './browser-worker.ts'
import { furnishFiles } from './furnish-files.ts'
import { type OneFolder, oneFolder } from './one-folder.ts'

// One folder of files, judged by the portal's worker in a real Chromium and by the command: the same verdicts, name for name.

const MAIN = fileURLToPath(new URL('../../../client/src/main.ts', import.meta.url))
const EXECUTABLE = chromiumPath()
const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: what the portal says of files was NOT compared with the command'
  : !existsSync(new URL('../../dist/index.html', import.meta.url))
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): what it says of files was NOT compared with the command'
    : false

describe('portal and command', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-same-'))
  const at = (name: string): string => join(folder, name)
  let one: OneFolder
  let browser: Browser
  let desk: MockDesk
  let ask: <K extends WorkName>(name: K, asked: object) => Promise<Answer<K>>
  let judging: { readonly trust: object; readonly brought: object; readonly revocation: true; readonly email: string }
  let options: readonly string[]

  after(async () => {
    await browser?.close()
    await desk?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  before(async () => {
    one = await oneFolder()
    const { office, ada, files, named } = one
    for (const [name, { bytes }] of files) writeFileSync(at(name), bytes)
    for (const [name, bytes] of named) writeFileSync(at(name), bytes)
    writeFileSync(at('ada.both.pem'), `${ada.certificate}${ada.key}`)
    const lists = { root: await office.crl('root'), issuing: await office.crl('issuing') }
    for (const by of ['root', 'issuing'] as const) {
      writeFileSync(at(`${by}.pem`), office[by].pem)
      writeFileSync(at(`${by}.crl`), lists[by])
    }
    options = [
      ...['--anchor', at('root.pem'), '--intermediate', at('issuing.pem'), '--email', ada.email],
      ...['--crl', at('root.crl'), '--crl', at('issuing.crl'), '--json'],
    ]
    const octets = (bytes: Uint8Array) => ({ base64: Buffer.from(bytes).toString('base64') })
    const ders = (pem: string) => pemDecode(pem).map(({ der }) => octets(der))
    const crls = [octets(lists.root), octets(lists.issuing)]
    const trust = { anchors: [], intermediates: ders(office.issuing.pem), crls }
    judging = { trust, brought: ders(office.root.pem), revocation: true, email: ada.email }
    desk = await startMockDesk()
    furnish(desk)
    await furnishFiles(desk, office, [ada])
    browser = await launch(EXECUTABLE!)
    const page = await browser.newPage()
    await page.goto(`${desk.origin}/files`)
    ask = await startWorker(page)
    const unlocked = await ask('unlock', { file: carried('ada.p12', ada.p12), passphrase: PASSPHRASE })
    assert.ok('answer' in unlocked, JSON.stringify(unlocked))
  })

  test('what each file is, is told by its structure', async () => {
    for (const [name, { bytes, kind }] of one.files) {
      assert.equal(await fileKind(bytes.subarray(0, HEAD)), kind, name)
    }
  })

  test('a signed file is worth the same to both: every verdict, for every reason, the stamp and the chain', async () => {
    const seen = new Set<string>()
    const names = [...one.files].filter(
      ([name, { kind }]) => kind === 'signed' || kind === 'signature' || wraps(name, 'good'),
    )
    for (const [name] of [...names, ['cut.pem'] as const]) {
      const [portal, command] = [await signedByPortal(name), await signedByCommand(name)]
      assert.deepEqual(portal, command, name)
      for (const [reason = ''] of JSON.stringify(portal).matchAll(/[a-z]+_[a-z_]+/g)) seen.add(reason)
    }
    for (const reason of REASONS) assert.ok(seen.has(reason), `${reason} is not among ${[...seen].join(' ')}`)
  })

  test('a time stamp by itself is worth the same to both', async () => {
    const seen = new Set<string>()
    for (const name of ['text.txt.tst', 'other.txt.tst', 'stranger.txt.tst']) {
      const [portal, command] = [await stampByPortal(name), await stampByCommand(name)]
      assert.deepEqual(portal, command, name)
      seen.add(JSON.stringify(portal))
    }
    assert.equal(seen.size, 3)
  })

  test('a sealed file opens for both or for neither, with the same content, protection and archive, for the same reason', async () => {
    const seen = new Set<string>()
    for (const [name, { kind }] of one.files) {
      if (kind !== 'sealed' && !wraps(name, 'sealed')) continue
      const [portal, command] = [await openedByPortal(name), await openedByCommand(name)]
      assert.deepEqual(portal, command, name)
      seen.add(JSON.stringify(portal))
    }
    const all = [...seen].join(' ')
    for (const told of OPENED) assert.ok(all.includes(told), `${told} is not among ${all}`)
  })

  test('what was signed and then sealed is judged the same inside', async () => {
    for (const name of ['signed', 'altered', 'revoked'].map((what) => `${what}-and-sealed.txt.p7m.p7m`)) {
      const opened = await ask('open', { file: file(name), target: target(name) })
      assert.ok('answer' in opened, name)
      const inner = opened.answer.kept.file as unknown as Carried
      const verified = await ask('verify', { ...judging, file: inner, target: target(inner.file) })
      const { out } = await scel(
        'open',
        at(name),
        '--signed',
        '--key',
        at('ada.both.pem'),
        '-o',
        at(`${name}.inner`),
        ...options,
      )
      assert.deepEqual(signedTold(verified), toldByCommand(out), name)
    }
  })

  test('a file of certificates names the same recipients for both, or is refused for the same reason', async () => {
    const seen = new Set<string>()
    for (const [name, bytes] of one.named) {
      const told = await ask('receivers', { file: carried(name, bytes) })
      const portal = 'failed' in told ? { refused: told.failed } : told.answer.map(({ fingerprint }) => fingerprint)
      const command = await recipientsByCommand(name)
      assert.deepEqual(portal, command, name)
      seen.add(JSON.stringify(portal).replace(/[0-9a-f]{64}/g, '·'))
    }
    assert.deepEqual([...seen].sort(), RECIPIENTS)
  })

  test('a signature finds its content, and a sealed file has the name that was in it, for both', async () => {
    const { out } = await scel('verify-signature', at('text.txt.sig'), ...options)
    assert.equal(JSON.parse(out).content, at(contentName('text.txt.sig')))
    rmSync(at('sealed.txt'), { force: true })
    const { out: opened } = await scel('open', at('sealed.txt.p7m'), '--key', at('ada.both.pem'), '--json')
    assert.equal(JSON.parse(opened).file, at(contentName('sealed.txt.p7m')))
  })

  const file = (name: string): Carried => carried(name, one.files.get(name)!.bytes)
  const target = (name: string) => ({ name: contentName(name), type: 'application/octet-stream' })
  const wraps = (name: string, what: string): boolean => new RegExp(`^${what}\\.txt\\.(pem|b64|eml)$`).test(name)

  /** What the page does before it opens or verifies: text around a file is taken off. */
  async function inside(name: string): Promise<Carried | string> {
    const { bytes } = one.files.get(name)!
    const wrapping = wrappingOf(bytes.subarray(0, HEAD))
    if (!wrapping) return file(name)
    const found = await ask('unwrap', { file: file(name), wrapping })
    return 'answer' in found ? (found.answer as unknown as Carried) : found.failed
  }

  async function signedByPortal(name: string): Promise<unknown> {
    const found = await inside(name)
    if (typeof found === 'string') return { refused: found }
    const beside = one.files.get(contentName(name))
    const alone = one.files.get(name)?.kind === 'signature' && beside
    const content = alone ? { content: carried(contentName(name), beside.bytes) } : {}
    return signedTold(await ask('verify', { ...judging, ...content, file: found, target: target(name) }))
  }

  async function signedByCommand(name: string): Promise<unknown> {
    const { out } = await scel('verify-signature', at(name), ...options)
    return toldByCommand(out)
  }

  async function stampByPortal(name: string): Promise<unknown> {
    const content = carried('content', one.files.get(contentName(name))!.bytes)
    const told = await ask('verifyStamp', { ...judging, file: file(name), content })
    return 'failed' in told ? { refused: told.failed } : stampTold(told.answer)
  }

  async function stampByCommand(name: string): Promise<unknown> {
    const { out } = await scel('verify-signature', at(name), ...options)
    const { valid, error, timeStamp, chain } = JSON.parse(out)
    const prints = chain.map(({ fingerprint }: { fingerprint: string }) => fingerprint)
    return {
      valid,
      reason: error?.code,
      at: timeStamp?.at,
      serial: timeStamp?.serial,
      policy: timeStamp?.policy,
      prints,
    }
  }

  async function openedByPortal(name: string): Promise<unknown> {
    const found = await inside(name)
    if (typeof found === 'string') return { refused: found }
    const told = await ask('open', { file: found, target: target(name) })
    if ('failed' in told) return { refused: told.failed }
    const { kept, authenticated } = told.answer
    const archive = archiveTold(kept)
    return typeof archive === 'string' ? { archive } : { length: kept.size, authenticated, ...archive }
  }

  async function openedByCommand(name: string): Promise<unknown> {
    const { out } = await scel('open', at(name), '--key', at('ada.both.pem'), '-o', at(`${name}.out`), '--json')
    const { error, length, authenticated, files } = JSON.parse(out)
    if (error?.code === 'archive_refused') return { archive: error.facts.reason }
    return error ? { refused: error.code } : { length, authenticated, ...(files === undefined ? {} : { files }) }
  }

  async function recipientsByCommand(name: string): Promise<unknown> {
    const { out } = await scel('seal', at('text.txt'), '--to', at(name), '-o', at(`${name}.sealed`), '--json')
    const { error, recipients } = JSON.parse(out)
    if (error) return { refused: NO_CERTIFICATE.includes(error.code) ? 'not-certificates' : error.code }
    return recipients.map(({ fingerprint }: { fingerprint: string }) => fingerprint)
  }

  /** Every verdict is in the answer, whatever the exit code says of the whole. */
  const scel = (...args: string[]): Promise<{ readonly out: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'en_GB.UTF-8', TZ: 'UTC', ...COMPILED }
      execFile(process.execPath, [MAIN, ...args], { env }, (_, out) => resolve({ out }))
    })
})

/** Every reason that the folder was made for. */
const REASONS = [
  ...['content_altered', 'der_malformed', 'certificate_revoked', 'certificate_expired', 'issuer_unknown'],
  ...['identity_mismatch', 'pem_malformed'],
]
const OPENED = [
  ...['"refused":"decryption_failed"', '"refused":"der_malformed"', '"authenticated":true', '"authenticated":false'],
  ...['"archive":"name"', '"archive":"letters"', '"archive":"twice"', '"archive":"damaged"', '"files":3'],
]

/** What the command says where the page says `not-certificates`: it can do something with other objects, too. */
const NO_CERTIFICATE = ['certificate_missing', 'nothing_to_use']
const RECIPIENTS = [
  ...['["·","·"]', '["·"]', '{"refused":"certificate_expired"}', '{"refused":"der_malformed"}'],
  ...['{"refused":"not-certificates"}', '{"refused":"recipient_not_usable"}'],
]

const said = (one: VerdictFacts): string => (one.is === 'bad' ? one.why.code : one.is)

function archiveTold({ archive }: ResultFile): string | object {
  if (!archive) return {}
  return 'files' in archive ? { files: archive.files } : String(archive.refused.facts.reason)
}

function signedTold(told: Answer<'verify'>): unknown {
  if ('failed' in told) return { refused: told.failed }
  const { valid, detached: alone, length, contentType, signatures }: SignedFileFacts<Voucher> = told.answer.facts
  return {
    ...{ valid, alone, length, contentType },
    signatures: signatures.map(({ signer, algorithm, signingTime, timeStamp, chain, ...verdicts }) => ({
      ...{ signer: signer?.fingerprint, emails: signer?.emails, algorithm, signingTime },
      ...{ stamp: timeStamp && [said(timeStamp.verdict), timeStamp.at, timeStamp.chain?.vouchedBy.length ?? 0] },
      ...{
        integrity: said(verdicts.integrity),
        chain: said(chain.verdict),
        at: timeStamp?.verdict.is === 'good' ? chain.at : '',
      },
      ...{ identity: said(verdicts.identity), revocation: said(verdicts.revocation) },
      prints: chain.steps.map(({ fingerprint, anchor, fault }) => [fingerprint, anchor, fault]),
      vouched: chain.vouchedBy.length,
    })),
  }
}

const stampTold = ({ verdict, stamp, chain }: StampFileFacts<Voucher>): unknown => ({
  valid: verdict.is === 'good',
  reason: verdict.is === 'bad' ? verdict.why.code : undefined,
  ...{ at: stamp?.at, serial: stamp?.serial, policy: stamp?.policy },
  prints: (chain?.steps ?? []).map(({ fingerprint }) => fingerprint),
})

type Worded = 'not-asked' | { readonly ok: boolean; readonly error?: { readonly code: string } }
const worded = (one: Worded): string => (one === 'not-asked' ? one : one.ok ? 'good' : (one.error?.code ?? ''))

function toldByCommand(out: string): unknown {
  const { error, valid, detached: alone, length, contentType, signatures } = JSON.parse(out)
  if (error) return { refused: error.code }
  return {
    ...{ valid, alone, length, contentType },
    // biome-ignore lint/suspicious/noExplicitAny: the document that a program printed
    signatures: signatures.map(({ signer, algorithm, signingTime, timeStamp, chain, ...verdicts }: any) => ({
      ...{ signer: signer?.fingerprint, emails: signer?.emails, algorithm, signingTime },
      ...{ stamp: timeStamp && [worded(timeStamp), timeStamp.at, timeStamp.vouchedBy?.length ?? 0] },
      ...{ integrity: worded(verdicts.integrity), chain: worded(chain), at: timeStamp?.ok ? chain.at : '' },
      ...{ identity: worded(verdicts.identity), revocation: worded(verdicts.revocation) },
      // biome-ignore lint/suspicious/noExplicitAny: the document that a program printed
      prints: chain.path.map(({ fingerprint, anchor, fault }: any) => [fingerprint, anchor, fault]),
      vouched: (verdicts.vouchedBy ?? []).length,
    })),
  }
}
