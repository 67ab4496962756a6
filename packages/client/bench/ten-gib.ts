// Seals and opens 10 GiB, and says how much memory that took: `node packages/client/bench/ten-gib.ts [FOLDER]`. FOLDER
// needs 20 GiB; the content itself is a sparse file with something in its corners.

import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pipeline } from 'node:stream/promises'
import { GIB, type Measured, MIB, openssl, scel } from './measured.ts'

const SIZE = 10 * GIB
const MOST = 200 // MiB

const home = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'scel-ten-gib-'))
try {
  await openssl('req -x509 -newkey rsa:3072 -nodes -keyout key.pem -out 0.pem -subj /CN=bench -days 3'.split(' '), home)
  await content(join(home, 'content'))
  const sealed = await scel('seal content --to 0.pem -o sealed.p7m'.split(' '), home)
  report('sealed', sealed)
  const opened = await scel('open sealed.p7m --key key.pem --certificate 0.pem -o opened'.split(' '), home)
  report('opened', opened)
  const [before, after] = await Promise.all(['content', 'opened'].map((name) => digestOf(join(home, name))))
  console.log(before === after ? 'what was opened is what was sealed' : 'WHAT WAS OPENED IS SOMETHING ELSE')
  const within = [sealed, opened].every(({ memory }) => memory < MOST * MIB)
  process.exitCode = within && before === after && existsSync(join(home, 'opened')) ? 0 : 1
} finally {
  rmSync(home, { recursive: true, force: true })
}

async function content(file: string): Promise<void> {
  const handle = await open(file, 'w')
  await handle.truncate(SIZE)
  for (const at of [0, SIZE / 2 - 1000, SIZE - MIB]) await handle.write(randomBytes(MIB), 0, MIB, at)
  await handle.close()
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: MIB }), hash)
  return hash.digest('hex')
}

function report(what: string, { seconds, memory }: Measured): void {
  const rate = Math.round(SIZE / MIB / seconds)
  const held = Math.round(memory / MIB)
  console.log(`${what} in ${seconds.toFixed(1)} s (${rate} MiB/s) with ${held} MiB, at most ${MOST} MiB`)
}
