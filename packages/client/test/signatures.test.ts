// Signatures and time stamps between scel and openssl, both ways, and what is left behind when something is wrong.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildTimeStampResponse } from '@scel/pki/tsp'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { environment, type Ran, scel } from './run-scel.ts'
import { stampService } from './stamp-service.ts'

const PERSON = (email: string): string =>
  `keyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\nsubjectAltName=email:${email}`

/** A folder with a root, Ana and Bo, each with key and certificate in one file, and a text. */
function place(t: TestContext): string | undefined {
  if (!needs(t, 'openssl')) return undefined
  const home = folderFor(t)
  makeRoot(home, 'root')
  for (const name of ['ana', 'bo']) {
    makeLeaf(home, { root: 'root', name, extensions: PERSON(`${name}@example.org`) })
    const both = ['pem', 'key'].map((kind) => readFileSync(join(home, `${name}.${kind}`), 'utf8'))
    writeFileSync(join(home, `${name}.both.pem`), both.join(''))
  }
  writeFileSync(join(home, 'text'), 'one hundred\r\nor two\n')
  return home
}

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}

const at = (home: string, name: string): string => join(home, name)

/** Trusts the root of the folder and takes anyone whose revocation nobody asks about. */
const judged = (home: string, ...args: readonly string[]): Promise<Ran> =>
  scel(['verify-signature', ...args, '--anchor', at(home, 'root.pem'), '--anyone', '--without-revocation'], home)

const codeOf = ({ out }: Ran): unknown => JSON.parse(out).error?.code

test('openssl verifies what scel signs: alone and with content, PEM and BER, one signer and two', async (t) => {
  const home = place(t)
  if (!home) return
  const text = readFileSync(at(home, 'text'))
  const verify = (file: string, ...args: readonly string[]): void => {
    const all = [
      'cms',
      '-verify',
      '-binary',
      '-in',
      file,
      '-CAfile',
      'root.pem',
      '-purpose',
      'smimesign',
      '-out',
      'got',
    ]
    run('openssl', [...all, ...args], home)
    assert.deepEqual(readFileSync(at(home, 'got')), text, file)
  }
  const sign = ['sign', at(home, 'text'), '--as', at(home, 'ana.both.pem')]
  ok(await scel([...sign, '--detached'], home))
  verify('text.p7s', '-inform', 'DER', '-content', 'text')
  ok(await scel(sign, home))
  verify('text.p7m', '-inform', 'DER')
  ok(await scel([...sign, '--as', at(home, 'bo.both.pem'), '--pem', '-o', at(home, 'two.pem')], home))
  verify('two.pem', '-inform', 'PEM')
  assert.equal(statSync(at(home, 'text.p7m')).mode & 0o777, 0o600)
  // key and certificate in files of their own, and standard output
  const apart = ['sign', at(home, 'text'), '--as', at(home, 'ana.pem'), '--key', at(home, 'ana.key'), '-o', '-']
  writeFileSync(at(home, 'apart'), Buffer.from(ok(await scel(apart, home)).out, 'latin1'))
  verify('apart', '-inform', 'DER')
})

test('scel verifies what openssl signs: alone and with content, PEM, BER in pieces, without certificates', async (t) => {
  const home = place(t)
  if (!home) return
  const sign = (out: string, ...args: readonly string[]): void => {
    const all = ['cms', '-sign', '-binary', '-in', 'text', '-signer', 'ana.pem', '-inkey', 'ana.key', '-out', out]
    run('openssl', [...all, ...args], home)
  }
  sign('text.p7s', '-outform', 'DER')
  const alone = JSON.parse(ok(await judged(home, at(home, 'text.p7s'), '--json')).out)
  assert.deepEqual([alone.valid, alone.detached, alone.content], [true, true, at(home, 'text')])
  sign('whole', '-nodetach', '-outform', 'DER')
  sign('stream', '-nodetach', '-stream', '-outform', 'DER')
  sign('pem', '-nodetach', '-outform', 'PEM')
  for (const name of ['whole', 'stream', 'pem']) {
    ok(await judged(home, at(home, name), '-o', at(home, `${name}.out`)))
    assert.deepEqual(readFileSync(at(home, `${name}.out`)), readFileSync(at(home, 'text')), name)
    assert.equal(statSync(at(home, `${name}.out`)).mode & 0o777, 0o600)
  }
  sign('bare', '-nodetach', '-outform', 'DER', '-nocerts')
  assert.equal((await judged(home, at(home, 'bare'))).exit, 1)
  ok(await judged(home, at(home, 'bare'), '--intermediate', at(home, 'ana.pem')))
  // A .p7s with the content inside is judged by that, whatever lies beside it.
  sign('other.p7s', '-nodetach', '-outform', 'DER')
  writeFileSync(at(home, 'other'), 'something else')
  assert.equal(JSON.parse(ok(await judged(home, at(home, 'other.p7s'), '--json')).out).detached, false)
})

test('content of a signature that does not hold reaches neither a file nor standard output', async (t) => {
  const home = place(t)
  if (!home) return
  ok(await scel(['sign', at(home, 'text'), '--as', at(home, 'ana.both.pem')], home))
  const signed = readFileSync(at(home, 'text.p7m'))
  signed[signed.indexOf('hundred')] = 0x48
  writeFileSync(at(home, 'altered.p7m'), signed)
  writeFileSync(at(home, 'cut.p7m'), signed.subarray(0, signed.length - 40))
  const before = readdirSync(home).sort()
  for (const name of ['altered.p7m', 'cut.p7m']) {
    assert.equal((await judged(home, at(home, name), '-o', at(home, 'out'))).exit, 1, name)
    const { out, exit } = await judged(home, at(home, name), '-o', '-')
    assert.deepEqual([out, exit], ['', 1], name)
  }
  assert.deepEqual(readdirSync(home).sort(), before)
  const stranger = await scel(
    ['verify-signature', at(home, 'text.p7m'), '--anchor', at(home, 'root.pem'), '-o', at(home, 'out')],
    home,
  )
  assert.deepEqual([stranger.exit, existsSync(at(home, 'out'))], [1, false])
})

test('openssl verifies the time stamps that scel asks for, and scel those that openssl asks for', async (t) => {
  const home = place(t)
  if (!home) return
  const service = await stampService(t, home)
  const trust = ['--url', service.url, '--tsa-anchor', at(home, 'root.pem')]
  for (const digest of ['sha256', 'sha512']) {
    const { out } = ok(
      await scel(['timestamp', at(home, 'text'), ...trust, '--digest', digest, '--force', '--json'], home),
    )
    assert.equal(JSON.parse(out).file, at(home, 'text.tst'))
    const verify = ['ts', '-verify', '-token_in', '-in', 'text.tst', '-data', 'text', '-CAfile', 'root.pem']
    run('openssl', verify, home)
    const found = JSON.parse(ok(await judged(home, at(home, 'text.tst'), '--json')).out)
    assert.deepEqual([found.valid, found.timeStamp.tsa, found.timeStamp.policy], [true, 'CN=tsa', '1.2.3.4.1'])
  }
  run('openssl', ['ts', '-query', '-data', 'text', '-sha384', '-cert', '-out', 'own.tsq'], home)
  run('openssl', ['ts', '-reply', '-config', 'tsa.ts.cnf', '-queryfile', 'own.tsq', '-out', 'own.tsr'], home)
  ok(await judged(home, at(home, 'own.tsr'), at(home, 'text')))
  writeFileSync(at(home, 'text'), 'something else')
  const altered = await judged(home, at(home, 'text.tst'))
  assert.match(altered.out, /the time stamp does not hold/)
  assert.equal(altered.exit, 1)
})

test('a stamped signature holds after the certificate of its signer has expired, and openssl verifies it', async (t) => {
  const home = place(t)
  if (!home) return
  const service = await stampService(t, home)
  const people = ['--as', at(home, 'ana.both.pem'), '--as', at(home, 'bo.both.pem')]
  const trust = ['--timestamp', service.url, '--tsa-anchor', at(home, 'root.pem')]
  const { out } = ok(await scel(['sign', at(home, 'text'), '--detached', ...people, ...trust, '--json'], home))
  assert.deepEqual(
    JSON.parse(out).signers.map((one: { timeStamp: { tsa: string } }) => one.timeStamp.tsa),
    ['CN=tsa', 'CN=tsa'],
  )
  assert.equal(service.asked(), 2)
  const check = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'text.p7s', '-content', 'text', '-out', 'got']
  run('openssl', [...check, '-CAfile', 'root.pem', '-purpose', 'smimesign'], home)
  // People’s certificates last ten days here, that of the service 25.
  const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const held = JSON.parse(ok(await judged(home, at(home, 'text.p7s'), '--at', later, '--json')).out)
  assert.deepEqual(
    held.signatures.map((one: { timeStamp: { ok: boolean } }) => one.timeStamp.ok),
    [true, true],
  )
  const { out: words } = await judged(home, at(home, 'text.p7s'), '--at', later)
  assert.match(words, /leads to an authority that is trusted, at the time of the stamp/)
  makeRoot(home, 'other')
  const distrusted = ['--tsa-anchor', at(home, 'other.pem'), '--at', later, '--json']
  const late = JSON.parse((await judged(home, at(home, 'text.p7s'), ...distrusted)).out)
  assert.equal(late.valid, false)
  assert.equal(late.signatures[0].timeStamp.error.code, 'issuer_unknown')
  assert.equal(late.signatures[0].chain.error.code, 'certificate_expired')
})

test('what is sealed with a stamped signature inside opens with it after the certificate of the signer has expired', async (t) => {
  const home = place(t)
  if (!home) return
  const service = await stampService(t, home)
  makeLeaf(home, { root: 'root', name: 'eve', extensions: 'keyUsage=critical,keyAgreement', days: ['-days', '25'] })
  const to = ['--to', at(home, 'eve.pem'), '-o', at(home, 'sealed'), '--force']
  const people = ['--sign', at(home, 'ana.both.pem'), '--sign', at(home, 'bo.both.pem')]
  const stamp = ['--timestamp', service.url, '--tsa-anchor', at(home, 'root.pem')]
  const seal = (...more: readonly string[]): Promise<Ran> => scel(['seal', at(home, 'text'), ...to, ...more], home)
  const { out, err } = ok(await seal(...people, ...stamp, '--json'))
  assert.deepEqual(
    JSON.parse(out).signers.map((one: { subject: string; timeStamp: { tsa: string } }) => [
      one.subject,
      one.timeStamp.tsa,
    ]),
    [
      ['CN=ana', 'CN=tsa'],
      ['CN=bo', 'CN=tsa'],
    ],
  )
  assert.match(err, /signed by CN=bo .*\nstamped on .* by CN=tsa\n/)
  assert.equal(service.asked(), 2)
  const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const key = ['--key', at(home, 'eve.key'), '--certificate', at(home, 'eve.pem')]
  const open = ['open', at(home, 'sealed'), ...key, '-o', at(home, 'opened')]
  const judge = ['--signed', '--anchor', at(home, 'root.pem'), '--anyone', '--without-revocation', '--at', later]
  ok(await scel([...open, ...judge], home))
  assert.deepEqual(readFileSync(at(home, 'opened')), readFileSync(at(home, 'text')))
  ok(await seal(...people))
  const late = await scel([...open, ...judge, '--force', '--json'], home)
  assert.equal(late.exit, 1)
  assert.match(late.out, /"certificate_expired"/)
  const before = readFileSync(at(home, 'sealed'))
  const names = readdirSync(home)
  service.answerWith(() => ({ status: 503, body: '' }))
  assert.equal(codeOf(await seal(...people, ...stamp, '--json')), 'tsa_unreadable')
  assert.deepEqual(readFileSync(at(home, 'sealed')), before)
  assert.deepEqual(
    readdirSync(home).filter((name) => !name.startsWith('tsa.')),
    names.filter((name) => !name.startsWith('tsa.')),
  )
})

test('a signature that is there already is stamped in its place, PEM as PEM', async (t) => {
  const home = place(t)
  if (!home) return
  const service = await stampService(t, home)
  const sign = ['cms', '-sign', '-binary', '-in', 'text', '-signer', 'ana.pem', '-inkey', 'ana.key']
  const trust = ['--url', service.url, '--tsa-anchor', at(home, 'root.pem'), '--json']
  for (const form of ['DER', 'PEM']) {
    run('openssl', [...sign, '-outform', form, '-out', 'text.p7s'], home)
    chmodSync(at(home, 'text.p7s'), 0o644)
    const stamp: readonly string[] = ['timestamp', at(home, 'text.p7s'), '--signature', ...trust]
    assert.equal(JSON.parse(ok(await scel(stamp, home)).out).timeStamps.length, 1)
    const { signatures, valid } = JSON.parse(ok(await judged(home, at(home, 'text.p7s'), '--json')).out)
    assert.deepEqual([valid, signatures[0].timeStamp.tsa], [true, 'CN=tsa'])
    assert.equal(statSync(at(home, 'text.p7s')).mode & 0o777, 0o644)
    const check = ['cms', '-verify', '-binary', '-inform', form, '-in', 'text.p7s', '-content', 'text', '-out', 'got']
    run('openssl', [...check, '-CAfile', 'root.pem', '-purpose', 'smimesign'], home)
  }
  const before = readFileSync(at(home, 'text.p7s'))
  service.answerWith(() => ({ status: 503, body: '' }))
  assert.equal(codeOf(await scel(['timestamp', at(home, 'text.p7s'), '--signature', ...trust], home)), 'tsa_unreadable')
  assert.deepEqual(readFileSync(at(home, 'text.p7s')), before)
})

test('an answer of a time-stamp service that is not one to this question is refused, and nothing is written', async (t) => {
  const home = place(t)
  if (!home) return
  const service = await stampService(t, home)
  const ask = (...more: readonly string[]): Promise<Ran> =>
    scel(
      ['timestamp', at(home, 'text'), '--url', service.url, '--tsa-anchor', at(home, 'root.pem'), '--json', ...more],
      home,
    )
  let earlier: Uint8Array | undefined
  service.answerWith((reply) => {
    earlier ??= reply
    return { body: earlier }
  })
  ok(await ask('-o', at(home, 'first.tst')))
  assert.equal(codeOf(await ask()), 'time_stamp_malformed') // the nonce is that of the first question
  service.answerWith(() => ({ status: 503, body: 'come back later' }))
  assert.equal(codeOf(await ask()), 'tsa_unreadable')
  service.answerWith(() => ({ body: '<html>sign in to this network</html>' }))
  assert.equal(codeOf(await ask()), 'tsa_unreadable')
  service.answerWith(() => ({ body: new Uint8Array(300 * 1024) }))
  assert.equal(codeOf(await ask()), 'tsa_unreadable')
  service.answerWith(() => ({ body: buildTimeStampResponse({ status: 'rejection', failures: ['badAlg'] }) }))
  assert.equal(codeOf(await ask()), 'time_stamp_refused')
  service.answerWith((reply) => {
    const altered = Uint8Array.from(reply)
    altered[altered.length - 1]! ^= 1
    return { body: altered }
  })
  assert.equal(codeOf(await ask()), 'signature_invalid')
  service.answerWith((reply) => ({ body: reply }))
  makeRoot(home, 'other')
  const others = ['timestamp', at(home, 'text'), '--url', service.url, '--tsa-anchor', at(home, 'other.pem'), '--json']
  assert.equal(codeOf(await scel(others, home)), 'issuer_unknown')
  const people = ['--as', at(home, 'ana.both.pem'), '--tsa-anchor', at(home, 'other.pem')]
  const signed = await scel(['sign', at(home, 'text'), ...people, '--timestamp', service.url, '--json'], home)
  assert.equal(codeOf(signed), 'issuer_unknown')
  assert.deepEqual(
    readdirSync(home).filter((name) => /^(text|\.)/.test(name)),
    ['text'],
  )
})

test('a time-stamp service that cannot be reached is a matter of the connection', async (t) => {
  const home = place(t)
  if (!home) return
  const ask = ['timestamp', at(home, 'text'), '--tsa-anchor', at(home, 'root.pem'), '--json', '--url']
  const ran = await scel([...ask, 'http://127.0.0.1:1/tsp'], home)
  assert.deepEqual([ran.exit, codeOf(ran)], [4, 'connection_refused'])
  for (const url of ['ftp://example.org', 'example.org', 'http://name:word@example.org/']) {
    assert.equal(codeOf(await scel([...ask, url], home)), 'option_value_wrong', url)
  }
})

test('standard input and output carry content and signature, as a process of its own', async (t) => {
  const home = place(t)
  if (!home) return
  const text = readFileSync(at(home, 'text'))
  const signed = await scelBytes(['sign', '-', '--as', at(home, 'ana.both.pem')], home, text)
  const trust = ['--anchor', at(home, 'root.pem'), '--email', 'ana@example.org', '--without-revocation']
  assert.deepEqual(await scelBytes(['verify-signature', '-', ...trust, '-o', '-'], home, signed), text)
})

test('a signer’s .p12 opens with its passphrase, and a wrong one is said to be wrong', async (t) => {
  const home = place(t)
  if (!home) return
  writeFileSync(at(home, 'pass'), 'correct horse\n')
  writeFileSync(at(home, 'wrong'), 'another horse\n')
  const make = ['pkcs12', '-export', '-in', 'ana.pem', '-inkey', 'ana.key', '-certfile', 'root.pem']
  run('openssl', [...make, '-passout', 'file:pass', '-out', 'ana.p12'], home)
  const sign = ['sign', at(home, 'text'), '--as', at(home, 'ana.p12'), '--json']
  assert.equal(codeOf(await scel(sign, home)), 'option_missing')
  assert.equal(codeOf(await scel([...sign, '--passphrase-file', at(home, 'wrong')], home)), 'passphrase_wrong')
  ok(await scel([...sign, '--passphrase-file', at(home, 'pass')], home))
  ok(await judged(home, at(home, 'text.p7m')))
})

test('interrupted, or with nowhere to write, signing and verifying leave nothing behind', async (t) => {
  const home = place(t)
  if (!home) return
  writeFileSync(at(home, 'large'), Buffer.alloc(48 * 1024 * 1024, 'one hundred'))
  const sign = ['sign', at(home, 'large'), '--as', at(home, 'ana.both.pem')]
  ok(await scel([...sign, '-o', at(home, 'signed')], home))
  const before = readdirSync(home).sort()
  const question = ['--anchor', at(home, 'root.pem'), '--anyone', '--without-revocation']
  const verify = ['verify-signature', at(home, 'signed'), ...question, '-o', at(home, 'out')]
  for (const args of [sign, [...sign, '--detached'], verify]) {
    // Once its part file is there, or for a signature alone once it has begun.
    const stop = new AbortController()
    const running = scel(args, home, { signal: stop.signal })
    while (!args.includes('--detached') && readdirSync(home).length === before.length) await pause(1)
    stop.abort()
    assert.equal((await running).exit, 130, args.join(' '))
    assert.deepEqual(readdirSync(home).sort(), before, args.join(' '))
  }
  const nowhere = at(home, 'text/out')
  const text = ['sign', at(home, 'text'), '--as', at(home, 'ana.both.pem')]
  assert.equal(codeOf(await scel([...text, '-o', nowhere, '--json'], home)), 'file_unwritable')
  ok(await scel([...text, '-o', at(home, 'small')], home))
  assert.equal(codeOf(await judged(home, at(home, 'small'), '-o', nowhere, '--json')), 'file_unwritable')
  assert.deepEqual(readdirSync(home).sort(), [...before, 'small'].sort())
  assert.deepEqual(openFiles(home), [])
})

/** What lies in a folder and is still open, where the system tells. */
function openFiles(home: string): string[] {
  if (!existsSync('/proc/self/fd')) return []
  return readdirSync('/proc/self/fd').flatMap((number) => {
    try {
      return [readlinkSync(`/proc/self/fd/${number}`)].filter((path) => path.startsWith(home))
    } catch {
      return [] // the folder itself, which was open for this look
    }
  })
}

test('an answer without an end is not waited for', async (t) => {
  const home = place(t)
  if (!home) return
  let sent = 0
  const server = createServer((_request, response) => {
    const piece = new Uint8Array(64 * 1024)
    const more = (): void => {
      while (sent < 64 * 1024 * 1024 && response.write(piece)) sent += piece.length
    }
    response.on('drain', more)
    more()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const ask = ['timestamp', at(home, 'text'), '--url', url, '--tsa-anchor', at(home, 'root.pem'), '--json']
  assert.equal(codeOf(await scel(ask, home)), 'tsa_unreadable')
  assert.ok(sent < 16 * 1024 * 1024, String(sent))
})

/** What a process of ours writes to standard output, which must end well. */
async function scelBytes(args: readonly string[], home: string, input: Uint8Array): Promise<Buffer> {
  const child = execFile(process.execPath, [MAIN, ...args], { env: environment(home), encoding: 'buffer' })
  child.stdin!.end(input)
  const [out, [code]] = await Promise.all([buffer(child.stdout!), once(child, 'close')])
  assert.equal(code, 0)
  return out
}

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
