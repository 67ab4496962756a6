import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { openLog } from './log-stream.ts'

const skip = process.platform === 'win32' ? 'pipes have other names here' : false
const folderOf = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-log-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const line = (n: number): string => `${JSON.stringify({ n, text: 'x'.repeat(900) })}\n`

test('lines go to a file in their order, all of them', async (t) => {
  const path = join(folderOf(t), 'log')
  const file = openSync(path, 'w')
  const log = openLog(file)
  for (let n = 0; n < 1_000; n++) log.write(line(n))
  await log.end(10_000)
  const found = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  assert.deepEqual(
    found.map((text) => JSON.parse(text).n),
    Array.from({ length: 1_000 }, (_, n) => n),
  )
})

test('F18: a pipe that nobody reads holds nobody up: lines are dropped, counted, and told once it is read again', {
  skip,
}, async (t) => {
  const pipe = join(folderOf(t), 'pipe')
  execFileSync('mkfifo', [pipe])
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(pipe, constants.O_WRONLY)
  t.after(() => closeSync(reader))
  t.after(() => closeSync(writer))
  const log = openLog(writer)
  for (let n = 0; n < 10_000; n++) {
    log.write(line(n)) // 9 MB: would block at 64 KiB, or be kept
    if (n % 100 === 0) await turn()
  }
  assert.ok(log.dropped > 1_000, `${log.dropped} were dropped`)
  let read = ''
  const buffer = Buffer.alloc(65_536)
  while (!read.includes('dropped')) {
    try {
      read += buffer.toString('utf8', 0, readSync(reader, buffer))
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'EAGAIN')
      await wait(5)
    }
  }
  assert.match(read, new RegExp(`"lines":${log.dropped},"msg":"lines of the log found no room`))
  await log.end(1_000)
})

test('F18: a full disk keeps a few lines, counts the others, and is no error', {
  skip: skip || process.platform !== 'linux',
}, async (t) => {
  const full = openSync('/dev/full', 'w')
  t.after(() => closeSync(full))
  const log = openLog(full)
  for (let n = 0; n < 10_000; n++) {
    log.write(line(n))
    if (n % 100 === 0) await turn()
  }
  assert.ok(log.dropped > 1_000, `${log.dropped} were dropped`)
  await log.end(50)
})

test('F18: a socket that nobody reads is treated like a pipe', { skip }, async () => {
  const server = createServer({ pauseOnConnect: true })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const script = `
    import { openLog } from ${JSON.stringify(new URL('log-stream.ts', import.meta.url).href)}
    const log = openLog(2)
    for (let n = 0; n < 30_000; n++) log.write('x'.repeat(900) + '\\n')
    console.log(log.dropped > 1_000 ? 'dropped' : log.dropped)
    await log.end(50)`
  const near = connect(port, '127.0.0.1')
  const [held] = (await once(server, 'connection')) as [import('node:net').Socket]
  await once(near, 'connect').catch(() => {})
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', near] })
  const said = Buffer.concat(await child.stdout.toArray()).toString()
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode]
  held.destroy()
  near.destroy()
  server.close()
  assert.deepEqual([said.trim(), code], ['dropped', 0])
})

test('F18: a process whose log is not read ends all the same', { skip }, async (t) => {
  const pipe = join(folderOf(t), 'pipe')
  execFileSync('mkfifo', [pipe])
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(pipe, constants.O_WRONLY)
  t.after(() => closeSync(reader))
  const script = `
    import { openLog } from ${JSON.stringify(new URL('log-stream.ts', import.meta.url).href)}
    const log = openLog(2)
    for (let n = 0; n < 1_000; n++) log.write('x'.repeat(900) + '\\n')
    await new Promise((resolve) => setTimeout(resolve, 300))
    await log.end(50)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', writer] })
  closeSync(writer)
  const [code, signal] = await once(child, 'exit')
  assert.deepEqual([code, signal], [0, null])
})
