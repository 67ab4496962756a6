import assert from 'node:assert/strict'
import { watch } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { signatureByName } from '@scel/pki/algorithms'
import { utf8 } from '@scel/pki/bytes'
import { verify } from '@scel/pki/crypto'
import { hasCode } from '@scel/pki/errors'
import { hasTokenCode, type TokenErrorCode } from '../errors/token-error.ts'
import { moduleProcesses, type SoftTokens, softTokens } from '../testing/index.ts'
import { parseTokenUri } from '../uri/token-uri.ts'
import type { TokenKey } from './key.ts'
import { openToken, type Token, type TokenOptions } from './token.ts'

const ROW = signatureByName('ECDSA with SHA-256')
const message = utf8('to be signed')
/** As the token says it, or as the library does of a key that is elsewhere. */
const is = (code: TokenErrorCode) => (error: unknown) =>
  hasTokenCode(hasCode(error, 'key_unavailable') ? error.cause : error, code)
const signs = async (key: TokenKey): Promise<boolean> =>
  verify(ROW, key.publicKey, message, await key.sign!(message, ROW))

interface Scene {
  readonly soft: SoftTokens
  readonly token: Token
  readonly key: TokenKey
  readonly pinSource: string
  readonly again: (options?: Partial<TokenOptions>) => Token
}

async function scene(t: TestContext, options: Partial<TokenOptions> = {}): Promise<Scene | undefined> {
  const soft = await softTokens(t)
  if (!soft) return undefined
  const uri = parseTokenUri(await soft.make('Faults'))
  const pinSource = uri.pinSource!
  const again = (other: Partial<TokenOptions> = options): Token => {
    const token = openToken({
      ...{ name: 'faults', module: uri.modulePath!, token: { token: uri.token! }, pause: 1 },
      ...{ pin: () => readFile(pinSource), ...other },
    })
    t.after(() => token.close())
    return token
  }
  const token = again()
  const key = await token.generate('ec-p256', { label: 'one' })
  return { soft, token, key, pinSource, again }
}

test('a module that ends takes its process only: the key signs again, and nobody has to ask twice', async (t) => {
  const made = await scene(t)
  if (!made) return
  const before = made.token.pid()!
  process.kill(before, 'SIGKILL')
  assert.ok(await signs(made.key))
  assert.notEqual(made.token.pid(), before)
})

test('a module that hangs is a clear answer in its time; meanwhile timers and files go on, and whoever waits behind hears it too', async (t) => {
  const made = await scene(t, { limits: { call: 5_000 }, pause: 60_000 })
  if (!made) return
  const { token, key, again } = made
  process.kill(token.pid()!, 'SIGSTOP')
  let ticks = 0
  const clock = setInterval(() => ticks++, 20)
  const asked = Array.from({ length: 50 }, () => key.sign!(message, ROW))
  await readFile(import.meta.filename)
  const answers = await Promise.allSettled(asked)
  clearInterval(clock)
  assert.ok(ticks > 10, `${ticks}`)
  assert.ok(answers.every((one) => one.status === 'rejected' && is('token_silent')(one.reason)))
  assert.equal(token.pid(), undefined, 'its process is ended')
  await assert.rejects(key.sign!(message, ROW), is('token_silent'), 'and none is started for a while')
  assert.ok(await signs(await again({}).key({ label: 'one' })))
})

test('a token that hung answers again after its pause', async (t) => {
  const made = await scene(t, { limits: { call: 5_000 }, pause: 1 }) // within which its process begins anew
  if (!made) return
  process.kill(made.token.pid()!, 'SIGSTOP')
  await assert.rejects(made.key.sign!(message, ROW), is('token_silent'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.ok(await signs(made.key))
})

test('a token that is taken away is absent, and the same key signs when it is back', async (t) => {
  const made = await scene(t)
  if (!made) return
  await made.soft.takeAway()
  await assert.rejects(made.token.key({ label: 'one' }))
  await assert.rejects(made.key.sign!(message, ROW), is('token_absent'))
  await assert.rejects(made.token.look(), is('token_absent'))
  await made.soft.back()
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.ok(await signs(made.key))
})

test('a wrong PIN is tried once, and no more until it is another', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { pinSource, again } = made
  await writeFile(pinSource, '9999')
  const token = again()
  await assert.rejects(token.look(), is('pin_wrong'))
  const after = await again().facts()
  assert.equal(after.pin.wasWrong, true)
  await new Promise((resolve) => setTimeout(resolve, 20))
  await assert.rejects(token.look(), is('pin_wrong'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  await writeFile(pinSource, '1234')
  await token.look()
  assert.equal((await again().facts()).pin.wasWrong, false)
})

test('a token that asks for a PIN, and none is known, says so', async (t) => {
  const made = await scene(t)
  if (!made) return
  const token = openToken({ name: 'x', module: made.soft.module, token: { token: 'Faults' } })
  t.after(() => token.close())
  await assert.rejects(token.look(), is('pin_missing'))
})

test('a module that ends as it makes a key leaves none behind that nobody knows of', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { soft, token, again } = made
  const folder = join(soft.folder, 'tokens')
  const [name] = await readdir(folder)
  const objects = watch(join(folder, name!))
  t.after(() => objects.close())
  let [ended, known] = [0, 1]
  // Killed a little later each time: as it writes the public half, the private one, and when both are there.
  for (let moment = 10; moment < 34; moment += 2) {
    await token.look()
    await pause(20) // what was written until then is heard
    let written = 0
    const kill = (): void => {
      if (++written === moment) for (const pid of moduleProcesses()) process.kill(pid, 'SIGKILL')
    }
    objects.on('change', kill)
    const outcome = await token.generate('ec-p256', { label: `${moment}` }).catch(() => undefined)
    objects.off('change', kill)
    if (outcome) known++
    else ended++
  }
  t.diagnostic(`${ended} ended, ${known} known`)
  assert.equal((await again().keys()).length, known)
})

test('what is no module, what is not there and what ends its process are no modules', async (t) => {
  const made = await scene(t)
  if (!made) return
  const file = join(made.soft.folder, 'text.so')
  await writeFile(file, 'no module')
  for (const module of [file, join(made.soft.folder, 'none.so'), 'libc.so.6']) {
    const token = openToken({ name: 'x', module, token: {} })
    t.after(() => token.close())
    await assert.rejects(token.facts(), is('module_unusable'), module)
  }
})

test('a token is known by its label; two of the same name by their serial numbers', async (t) => {
  const made = await scene(t)
  if (!made) return
  await made.soft.make('Faults')
  const [module, label] = [made.soft.module, 'Faults']
  const both = openToken({ name: 'x', module, token: { token: label } })
  const none = openToken({ name: 'x', module, token: { token: 'Nobody' } })
  const one = openToken({ name: 'x', module, token: { token: label, serial: (await made.token.facts()).serial } })
  for (const token of [both, none, one]) t.after(() => token.close())
  await assert.rejects(both.facts(), is('token_ambiguous'))
  await assert.rejects(none.facts(), is('token_absent'))
  await one.facts()
})

test('another key in the place of the one that was opened is not used', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { token, key, again } = made
  const other = again()
  const { id } = await other.key({ label: 'one' })
  await other.remove(id, 'all')
  await other.generate('ec-p256', { label: 'one' })
  process.kill(token.pid()!, 'SIGKILL')
  await assert.rejects(key.sign!(message, ROW), is('key_missing'))
})

test('nothing is loaded before a token is used, and a program ends while its token is open', async (t) => {
  const made = await scene(t)
  if (!made) return
  const token = made.again()
  assert.equal(token.pid(), undefined)
  const { execFile } = await import('node:child_process')
  const program = `
    import { openToken } from '@scel/pkcs11'
    const token = openToken({ name: 'x', module: ${JSON.stringify(made.soft.module)}, token: { token: 'Faults' } })
    console.log((await token.facts()).label)`
  const { stdout } = await new Promise<{ stdout: string }>((resolve, reject) =>
    execFile(
      process.execPath,
      ['--input-type=module', '-e', program],
      { timeout: 300_000, cwd: import.meta.dirname },
      (error, out) => (error ? reject(error) : resolve({ stdout: out })),
    ),
  )
  assert.equal(stdout.trim(), 'Faults')
})
