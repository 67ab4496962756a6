// Sealed files between scel and openssl, both ways, and what is left behind when something is wrong.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { NOW } from '@scel/testkit/authority'
import { folderFor, needs, run } from '@scel/testkit/peers'
import { recipients } from './fixtures/recipients.ts'
import { rawZip } from './raw-zip.ts'
import { environment, type Ran, scel } from './run-scel.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const people = await recipients()

interface Place {
  readonly home: string
  at(name: string): string
  /** Everything that lies there, hidden or not. */
  names(): string[]
  scel(...args: string[]): Promise<Ran>
}

function place(t: TestContext): Place {
  const home = folderFor(t)
  for (const [name, content] of Object.entries(people)) writeFileSync(join(home, name), content)
  return {
    home,
    at: (name) => join(home, name),
    names: () => readdirSync(home).sort(),
    scel: (...args) => scel(args, home, { now: () => NOW }),
  }
}

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}
const codeOf = ({ out }: Ran): unknown => JSON.parse(out).error?.code

/** Content without pattern, the same each time. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let i = 0, state = 12345; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    bytes[i] = state >> 16
  }
  return bytes
}

test('openssl opens what scel seals, for each recipient', async (t) => {
  if (!needs(t, 'openssl')) return
  const { at, home, scel } = place(t)
  writeFileSync(at('large'), noise(2_500_001))
  ok(await scel('seal', at('large'), '--to', at('ana.pem'), '--to', at('bo.pem')))
  for (const name of ['ana', 'bo']) {
    const key = ['-recip', `${name}.pem`, '-inkey', `${name}.key`]
    run('openssl', ['cms', '-decrypt', '-inform', 'DER', '-in', 'large.p7m', ...key, '-out', `of-${name}`], home)
    assert.ok(readFileSync(at(`of-${name}`)).equals(noise(2_500_001)), name)
  }
})

test('scel opens what openssl seals: streamed or not, GCM and CBC, names and key identifiers', async (t) => {
  if (!needs(t, 'openssl')) return
  const { at, home, scel } = place(t)
  writeFileSync(at('large'), noise(300_000))
  for (const [index, options] of [
    ['-aes-256-gcm', '-stream'],
    ['-aes-128-gcm', '-keyid'],
    ['-aes-256-cbc', '-stream'],
    ['-aes-128-cbc'],
  ].entries()) {
    const all = ['cms', '-encrypt', '-binary', '-in', 'large', '-outform', 'DER', '-out', `${index}.p7m`, ...options]
    run('openssl', [...all, 'ana.pem', 'bo.pem'], home)
    for (const name of ['ana', 'bo']) {
      ok(await scel('open', at(`${index}.p7m`), '--key', at(`${name}.both.pem`), '-o', at('out'), '--force'))
      assert.ok(readFileSync(at('out')).equals(noise(300_000)), `${options} ${name}`)
    }
  }
})

test('content of every size comes back as it was, for a post-quantum key too', async (t) => {
  const { at, scel } = place(t)
  for (const length of [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1]) {
    writeFileSync(at('content'), noise(length))
    ok(await scel('seal', at('content'), '--to', at('kim.pem'), '--force'))
    ok(await scel('open', at('content.p7m'), '--key', at('kim.both.pem'), '-o', at('out'), '--force'))
    assert.ok(readFileSync(at('out')).equals(noise(length)), String(length))
    assert.equal(statSync(at('out')).mode & 0o777, 0o600)
  }
})

test('a flipped bit anywhere, a cut, an octet more: an error, and no plaintext file', async (t) => {
  const { at, names, scel } = place(t)
  ok(await scel('seal', at('offer.txt'), '--to', at('bo.pem'), '-o', at('sealed.p7m')))
  const whole = readFileSync(at('sealed.p7m'))
  const before = names()
  const fails = async (bytes: Uint8Array, about: string): Promise<void> => {
    writeFileSync(at('sealed.p7m'), bytes)
    const { exit, err } = await scel('open', at('sealed.p7m'), '--key', at('bo.both.pem'))
    assert.equal(exit, 1, about)
    assert.doesNotMatch(err, /unexpected/, about)
    assert.deepEqual(names(), before, about)
    const printed = await scel('open', at('sealed.p7m'), '--key', at('bo.both.pem'), '-o', '-')
    assert.deepEqual([printed.exit, printed.out], [1, ''], about)
  }
  for (let at = 0; at < whole.length; at += 5) {
    const bytes = Buffer.from(whole)
    // Bit 5 is the case of a letter, which the name of the issuer does not tell apart.
    bytes[at]! ^= 1 << [0, 1, 2, 3, 4, 6, 7][at % 7]!
    await fails(bytes, `octet ${at}`)
  }
  for (let length = 0; length < whole.length; length += 23) await fails(whole.subarray(0, length), `cut at ${length}`)
  await fails(Buffer.concat([whole, Buffer.from([0])]), 'one octet more')
})

test('plaintext of an unchecked seal is printed only when that is asked for', async (t) => {
  const { at, scel } = place(t)
  writeFileSync(at('large'), noise(2_000_000))
  ok(await scel('seal', at('large'), '--to', at('ana.pem')))
  const bytes = readFileSync(at('large.p7m'))
  bytes[bytes.length - 10]! ^= 1 // in the tag
  writeFileSync(at('large.p7m'), bytes)
  const open = ['open', at('large.p7m'), '--key', at('ana.both.pem'), '-o', '-']
  const careful = await scel(...open)
  assert.deepEqual([careful.exit, careful.out.length], [1, 0])
  const careless = await scel(...open, '--danger-unverified')
  assert.deepEqual([careless.exit, careless.out.length], [1, 2_000_000])
})

test('what is signed inside gets its name only when the signature holds too', async (t) => {
  const { at, names, scel } = place(t)
  ok(await scel('seal', at('offer.txt'), '--to', at('ana.pem'), '--sign', at('sam.both.pem'), '-o', at('bid.p7m')))
  const before = names()
  const open = ['open', at('bid.p7m'), '--key', at('ana.both.pem'), '--signed', '--without-revocation', '-o']
  for (const args of [
    [at('out'), '--anchor', at('root.pem'), '--email', 'ana@example.org'], // somebody else
    [at('out'), '--anchor', at('root.pem')], // nobody said who it should be
    [at('out'), '--anchor', at('kim.both.pem'), '--anyone'], // another authority
    ['-', '--anchor', at('root.pem'), '--email', 'ana@example.org'],
  ]) {
    const { exit, out } = await scel(...open, ...args)
    assert.equal(exit, 1, args.join(' '))
    assert.doesNotMatch(out, /one hundred/)
    assert.deepEqual(names(), before, args.join(' '))
  }
  ok(await scel(...open, at('out'), '--anchor', at('root.pem'), '--email', 'sam@example.org'))
  assert.equal(readFileSync(at('out'), 'utf8'), 'one hundred\n')
  ok(await scel('seal', at('offer.txt'), '--to', at('ana.pem'), '-o', at('unsigned.p7m')))
  const unsigned = await scel(
    'open',
    at('unsigned.p7m'),
    ...open.slice(2),
    at('y'),
    '--anchor',
    at('root.pem'),
    '--anyone',
  )
  assert.equal(unsigned.exit, 1)
  assert.deepEqual(names(), [...before, 'out', 'unsigned.p7m'].sort())
})

test('openssl opens and verifies what is signed and sealed in one go, and scel opens PEM', async (t) => {
  if (!needs(t, 'openssl')) return
  const { at, home, scel } = place(t)
  ok(await scel('seal', at('offer.txt'), '--to', at('ana.pem'), '--sign', at('sam.both.pem'), '-o', at('bid.p7m')))
  const decrypt = 'cms -decrypt -inform DER -in bid.p7m -recip ana.pem -inkey ana.key -out signed.p7m'
  run('openssl', decrypt.split(' '), home)
  const verify = 'cms -verify -inform DER -in signed.p7m -CAfile root.pem -purpose any -out verified -attime 1780315200'
  run('openssl', verify.split(' '), home)
  assert.equal(readFileSync(at('verified'), 'utf8'), 'one hundred\n')
  run(
    'openssl',
    'cms -encrypt -binary -in offer.txt -outform PEM -out sealed.pem -aes-256-gcm ana.pem'.split(' '),
    home,
  )
  ok(await scel('open', at('sealed.pem'), '--key', at('ana.both.pem'), '-o', at('out')))
  assert.equal(readFileSync(at('out'), 'utf8'), 'one hundred\n')
})

test('neither sealed nor opened bytes reach a terminal', async (t) => {
  const { at, home } = place(t)
  const terminal = { columns: 80, now: () => NOW }
  const sealing = await scel(['seal', at('offer.txt'), '--to', at('ana.pem'), '-o', '-'], home, terminal)
  assert.deepEqual([sealing.exit, sealing.out], [1, ''])
  ok(await scel(['seal', at('offer.txt'), '--to', at('ana.pem')], home, { now: () => NOW }))
  const opening = await scel(['open', at('offer.txt.p7m'), '--key', at('ana.both.pem'), '-o', '-'], home, terminal)
  assert.deepEqual([opening.exit, opening.out], [1, ''])
})

test('a key without permission and a folder that cannot be written each have their message', async (t) => {
  const { at, names, home } = place(t)
  ok(await scel(['seal', at('offer.txt'), '--to', at('ana.pem')], home, { now: () => NOW }))
  mkdirSync(at('closed'), { mode: 0o755 })
  chmodSync(at('closed'), 0o555)
  chmodSync(at('ana.both.pem'), 0o000)
  const before = names()
  const open = ['open', at('offer.txt.p7m'), '--json', '-o', at('out')]
  const closed = ['seal', at('offer.txt'), '--to', at('ana.pem'), '--json', '-o', at('closed/x.p7m')]
  for (const [args, code, reason] of [
    [[...open, '--key', at('ana.both.pem')], 'file_unreadable', 'EACCES'],
    [closed, 'file_unwritable', 'EACCES'],
  ] as const) {
    const ran = await unprivileged(args, home)
    const { error } = JSON.parse(ran.out)
    assert.deepEqual([ran.exit, error.code, error.facts.reason], [1, code, reason])
  }
  const nowhere = await scel(['seal', at('offer.txt'), '--to', at('ana.pem'), '--json', '-o', at('no/x.p7m')], home, {
    now: () => NOW,
  })
  assert.equal(codeOf(nowhere), 'folder_missing')
  assert.deepEqual(names(), before)
  assert.deepEqual(readdirSync(at('closed')), [])
  chmodSync(at('closed'), 0o755)
})

/** As a user whom permissions bind: the administrator, who runs tests in containers, may read and write everything. */
async function unprivileged(args: readonly string[], home: string): Promise<Ran> {
  if (process.getuid?.() !== 0) return scel([...args], home, { now: () => NOW })
  chmodSync(home, 0o777)
  const { seteuid, setegid, getegid } = process
  const group = getegid!()
  setegid!(65534)
  seteuid!(65534)
  try {
    return await scel([...args], home, { now: () => NOW })
  } finally {
    seteuid!(0)
    setegid!(group)
  }
}

/** A process of its own, so that it can be ended. */
function start(args: readonly string[], home: string, command?: readonly string[]) {
  const [program = process.execPath, ...before] = command ?? []
  const child = spawn(program, [...before, ...(command ? [process.execPath] : []), MAIN, ...args], {
    env: environment(home),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close').then(async ([code]) => ({
    exit: (code as number | null) ?? -1,
    out: await out,
    err: await err,
  }))
  child.stdin.on('error', () => undefined) // it may end while more is on its way
  const out = text(child.stdout).catch(() => '')
  const err = text(child.stderr)
  return { child, ended }
}

const parts = (home: string): string[] => readdirSync(home).filter((name) => /\.scel-.*\.part$/.test(name))

/** Waits for what is to come; what never comes fails the test instead of holding up the others. */
async function until(condition: () => boolean, { child, ended }: ReturnType<typeof start>): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (child.exitCode !== null || child.signalCode !== null) assert.fail((await ended).err)
    assert.ok(turn < 60_000, 'what is waited for did not come within ten minutes')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} while it seals and while it opens leaves nothing`, async (t) => {
    const { at, home, names, scel } = placeNow(t)
    writeFileSync(at('content'), noise(8_000_000))
    const before = names()
    // Standard input that never ends keeps the command at work.
    const sealing = start(['seal', '-', '--to', at('kim.pem'), '-o', at('x.p7m'), '--json'], home)
    sealing.child.stdin.write(noise(3_000_000))
    // It has taken all there is, and waits for more.
    await until(() => parts(home).some((name) => statSync(at(name)).size > 2_900_000), sealing)
    assert.equal(statSync(at(parts(home)[0]!)).mode & 0o777, 0o600)
    sealing.child.kill(signal)
    const sealed = await sealing.ended
    assert.deepEqual([sealed.exit, codeOf(sealed)], [130, 'interrupted'])
    assert.deepEqual(names(), before)
    ok(await scel('seal', at('content'), '--to', at('kim.pem')))
    const opening = start(['open', '-', '--key', at('kim.both.pem'), '-o', at('out'), '--json'], home)
    opening.child.stdin.write(readFileSync(at('content.p7m')).subarray(0, 6_000_000))
    await until(() => parts(home).some((name) => statSync(at(name)).size > 4_900_000), opening)
    opening.child.kill(signal)
    assert.equal((await opening.ended).exit, 130)
    assert.deepEqual(names(), [...before, 'content.p7m'].sort())
  })
}

test('a run that was killed leaves a part, which the next one erases, and not that of one at work', async (t) => {
  const { at, home, names, scel } = placeNow(t)
  const before = names()
  const run = async () => {
    const sealing = start(['seal', '-', '--to', at('ana.pem'), '-o', at('x.p7m')], home)
    const count = parts(home).length
    sealing.child.stdin.write(noise(3_000_000))
    await until(() => parts(home).length > count, sealing)
    return sealing
  }
  const killed = await run()
  const atWork = await run()
  killed.child.kill('SIGKILL')
  await killed.ended
  assert.equal(parts(home).length, 2)
  ok(await scel('seal', at('offer.txt'), '--to', at('ana.pem')))
  assert.equal(parts(home).length, 1)
  atWork.child.stdin.end()
  assert.equal((await atWork.ended).exit, 0)
  assert.deepEqual(names(), [...before, 'offer.txt.p7m', 'x.p7m'].sort())
})

test('a full disk: a message of its own, and nothing is left', async (t) => {
  const { at, home } = placeNow(t)
  const room = at('room')
  mkdirSync(room)
  writeFileSync(at('large'), noise(3_000_000))
  const shell = `mount -t tmpfs -o size=1m none "${room}" && "$@"; code=$?; ls -A "${room}"; exit $code`
  const seal = ['seal', at('large'), '--to', at('ana.pem'), '-o', join(room, 'x.p7m')]
  const { ended } = start(seal, home, ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', shell, 'sh'])
  const ran = await ended.catch(() => undefined)
  // Where nobody may make a file system of their own, the next test shows what a failed write leaves.
  if (!ran || /unshare|mount:/.test(ran.err)) return t.diagnostic('no small file system can be made here')
  assert.equal(ran.exit, 1, ran.err)
  assert.match(ran.err, /the disk is full/)
  assert.equal(ran.out, '')
})

test('a write that fails half-way: a message, and nothing is left of a sealed file, an opened one, a folder', async (t) => {
  if (process.platform === 'win32') return t.diagnostic('Windows has no limit on the length of files')
  const { at, home, names, scel } = placeNow(t)
  mkdirSync(at('folder'))
  writeFileSync(at('folder/large'), noise(3_000_000))
  ok(await scel('seal', at('folder'), '--to', at('kim.pem')))
  const before = names()
  const limited = ['sh', '-c', 'ulimit -f 2048; exec "$@"', 'sh'] // blocks of 512 bytes
  for (const args of [
    ['seal', at('folder'), '--to', at('kim.pem'), '-o', at('x.p7m')],
    ['open', at('folder.zip.p7m'), '--key', at('kim.both.pem'), '-o', at('deep/er/')],
  ]) {
    const ran = await start([...args, '--json'], home, limited).ended
    assert.deepEqual([ran.exit, codeOf(ran)], [1, 'file_unwritable'], ran.err)
    assert.deepEqual(names(), before)
  }
})

/** People whose certificates are good by the clock of this machine, for commands in processes of their own. */
function placeNow(t: TestContext): Place {
  const there = place(t)
  return { ...there, scel: (...args) => scel(args, there.home) }
}

test('a program that is closed early ends the command without a word about it', async (t) => {
  const { at, home, scel } = placeNow(t)
  writeFileSync(at('large'), noise(3_000_000))
  ok(await scel('seal', at('large'), '--to', at('ana.pem')))
  const { child, ended } = start(['open', at('large.p7m'), '--key', at('ana.both.pem'), '-o', '-'], home)
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await Promise.race([once(child, 'exit'), ended.then(({ exit }) => [exit])])
  assert.equal(code, 0)
  assert.ok(existsSync(dirname(at('x'))))
})

test('a device is not written over: a rename would put a file in its place', async (t) => {
  const { at, home, scel } = place(t)
  writeFileSync(at('offer'), 'one hundred\n')
  run('mkfifo', ['pipe'], home)
  symlinkSync('pipe', at('link'))
  const before = readdirSync(home)
  for (const out of ['pipe', 'link']) {
    for (const more of [['--force'], []]) {
      const { out: said } = await scel('seal', at('offer'), '--to', at('ana.pem'), '-o', at(out), ...more, '--json')
      assert.equal(JSON.parse(said).error.code, 'target_not_file')
    }
  }
  assert.deepEqual(readdirSync(home), before)
  assert.ok(lstatSync(at('pipe')).isFIFO())
})

test('an archive’s sender does not choose what lies beside it: startup files, options, parts, long ways', async (t) => {
  const { at, home, names, scel } = place(t)
  const tops = [
    '.ssh/authorized_keys',
    '.bash_profile',
    '-rf',
    '~',
    '...',
    '.y.scel-12345678-1-1-00000000.part/key.pem',
  ]
  for (const [index, name] of [...tops, 'offer', 'bid/offer', 'bid/.hidden'].entries()) {
    const bid = join(home, String(index), 'bid.zip')
    mkdirSync(dirname(bid))
    writeFileSync(bid, rawZip([{ name, content: 'theirs' }]))
    ok(await scel('seal', bid, '--to', at('ana.pem')))
    run('rm', [bid], home)
    const { out } = ok(await scel('open', `${bid}.p7m`, '--key', at('ana.both.pem'), '--json'))
    assert.deepEqual(readdirSync(dirname(bid)).sort(), ['bid', 'bid.zip.p7m'], name)
    assert.equal(JSON.parse(out).folder, join(dirname(bid), 'bid'))
    const inside = name.startsWith('bid/') ? name : join('bid', name)
    assert.equal(readFileSync(join(dirname(bid), inside), 'utf8'), 'theirs')
  }
  const before = names()
  writeFileSync(at('bid.zip'), rawZip([{ name: 'invoice\u202efdp.exe', content: 'theirs' }]))
  ok(await scel('seal', at('bid.zip'), '--to', at('ana.pem')))
  const { out } = await scel('open', at('bid.zip.p7m'), '--key', at('ana.both.pem'), '--json')
  assert.deepEqual([codeOf({ out } as Ran), JSON.parse(out).error.facts.reason], ['archive_refused', 'letters'])
  assert.deepEqual(names(), [...before, 'bid.zip', 'bid.zip.p7m'].sort())
})
