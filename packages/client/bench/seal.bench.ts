// 1 GiB sealed, opened, signed and verified by the command, against the openssl command in the same run. The limits are
// those of the issue. Starting Node is measured on its own and left out of the ratios: it does not grow with the content.

import { randomFillSync } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { GIB, type Measured, MIB, memoryFolder, openssl, scel } from './measured.ts'

const ROUNDS = 5
const RECIPIENTS = 20

const { folder, inMemory } = memoryFolder(4 * GIB)
const home = mkdtempSync(join(folder, 'scel-seal-bench-'))
try {
  if (!inMemory) console.log('no file system in memory has 4 GiB: what follows measures the disk too\n')
  await prepare()
  await run()
} finally {
  rmSync(home, { recursive: true, force: true })
}

async function prepare(): Promise<void> {
  const block = Buffer.alloc(64 * MIB)
  const file = openSync(join(home, 'content'), 'w')
  for (let written = 0; written < GIB; written += block.length) writeSync(file, randomFillSync(block))
  closeSync(file)
  writeFileSync(join(home, 'nothing'), '.') // openssl encrypts no empty file with GCM
  const root = 'req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 30 -subj /CN=root'
  await openssl(root.split(' '), home)
  await openssl('req -new -newkey rsa:2048 -nodes -keyout key.pem -out request -subj /CN=bench'.split(' '), home)
  const usage = 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=emailProtection\n'
  writeFileSync(join(home, 'extensions'), `basicConstraints=CA:FALSE\n${usage}`)
  const issue = 'x509 -req -in request -CA root.pem -CAkey root.key -days 30 -extfile extensions'
  for (let i = 0; i < RECIPIENTS; i++) {
    await openssl(`${issue} -set_serial ${i + 1} -out ${i}.pem`.split(' '), home)
  }
}

interface Pair {
  readonly name: string
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
  /** The same of one byte, for what it costs to start. */
  readonly start: { readonly ours: readonly string[]; readonly theirs: readonly string[] }
  readonly least: number
  /** MiB that ours may hold at most. */
  readonly most: number
}

async function run(): Promise<void> {
  const seal = (of: string, to: number) => {
    const recipients = Array.from({ length: to }, (_, i) => ['--to', `${i}.pem`]).flat()
    return ['seal', of, ...recipients, '--force', '-o', `${of}.p7m`]
  }
  const encrypt = (of: string) =>
    `cms -encrypt -stream -binary -aes-256-gcm -outform DER -in ${of} -out ${of}.cms 0.pem`.split(' ')
  const decrypt = (of: string) =>
    `cms -decrypt -inform DER -in ${of}.cms -recip 0.pem -inkey key.pem -out ${of}.decrypted`.split(' ')
  const open = (of: string) => `open ${of}.p7m --key key.pem --certificate 0.pem --force -o ${of}.opened`.split(' ')
  const sign = (of: string) => `sign ${of} --as 0.pem --key key.pem --detached --force -o ${of}.p7s`.split(' ')
  const theySign = (of: string) =>
    `cms -sign -binary -in ${of} -signer 0.pem -inkey key.pem -outform DER -out ${of}.sig`.split(' ')
  const verify = (of: string) =>
    `verify-signature ${of}.p7s ${of} --anchor root.pem --anyone --without-revocation`.split(' ')
  const theyVerify = (of: string) =>
    `cms -verify -binary -inform DER -in ${of}.sig -content ${of} -CAfile root.pem -purpose any -out /dev/null`.split(
      ' ',
    )
  const pair = (
    name: string,
    ours: (of: string) => readonly string[],
    theirs: (of: string) => readonly string[],
    least: number,
    most: number,
  ): Pair => ({
    ...{ name, least, most, ours: ours('content'), theirs: theirs('content') },
    start: { ours: ours('nothing'), theirs: theirs('nothing') },
  })
  const pairs = [
    pair('seal', (of) => seal(of, 1), encrypt, 1.5, 200),
    pair('open', open, decrypt, 5, 150),
    pair('sign', sign, theySign, 0.85, 200),
    pair('verify', verify, theyVerify, 0.85, 200),
  ]
  console.log('1 GiB of content, least of', ROUNDS, 'rounds\n')
  for (const one of pairs) await compare(one)
  const [alone, all] = await bestOf([
    () => anew(scel, seal('content', 1)),
    () => anew(scel, seal('content', RECIPIENTS)),
  ])
  const more = (all!.seconds / alone!.seconds - 1) * 100
  line(`seal for ${RECIPIENTS} instead of 1`, `${more.toFixed(1)} % more`, 'under 5 %', more < 5)
}

async function compare({ name, ours, theirs, start, least, most }: Pair): Promise<void> {
  const [ourStart, us, theirStart, them] = await bestOf([
    () => anew(scel, start.ours),
    () => anew(scel, ours),
    () => anew(openssl, start.theirs),
    () => anew(openssl, theirs),
  ])
  const work = us!.seconds - ourStart!.seconds
  const theirWork = them!.seconds - theirStart!.seconds
  const ratio = theirWork / work
  line(`${name}, openssl`, `${theirWork.toFixed(2)} s`, `${Math.round(them!.memory / MIB)} MiB`)
  line(`${name}, scel`, `${work.toFixed(2)} s`, `and ${ourStart!.seconds.toFixed(2)} s to start`)
  line(`${name}, times as fast`, ratio.toFixed(2), `at least ${least}`, ratio >= least)
  line(`${name}, memory`, `${Math.round(us!.memory / MIB)} MiB`, `below ${most} MiB`, us!.memory < most * MIB)
}

/**
 * Every program writes a file that is not there yet: of one that is, some reuse the memory at once, and others only give
 * it back after they took as much again.
 */
function anew(program: typeof scel, args: readonly string[]): Promise<Measured> {
  const option = args.findLastIndex((one) => one === '-o' || one === '-out')
  if (option >= 0) rmSync(join(home, args[option + 1]!), { force: true })
  return program(args, home)
}

/** The fastest of each, measured in turn: a busy machine only ever slows. Of the memory, the most. */
async function bestOf(works: readonly (() => Promise<Measured>)[]): Promise<Measured[]> {
  const best = works.map((): Measured => ({ seconds: Number.POSITIVE_INFINITY, memory: 0 }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, work] of works.entries()) {
      const { seconds, memory } = await work()
      const before = best[index]!
      best[index] = { seconds: Math.min(before.seconds, seconds), memory: Math.max(before.memory, memory) }
    }
  }
  return best
}

function line(what: string, value: string, limit: string, holds?: boolean): void {
  const verdict = holds === undefined ? '' : holds ? 'holds' : 'MISSES'
  console.log(`${what.padEnd(28)} ${value.padStart(12)}  ${limit.padEnd(24)} ${verdict}`.trimEnd())
}
