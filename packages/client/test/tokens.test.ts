// A workstation whose key is in a token: the whole way, with the desk, openssl and TLS on the other side.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { moduleProcesses, type SoftTokens, softTokens } from '@scel/pkcs11/testing'
import { openHostileDesk } from './hostile-desk.ts'
import { type Office, openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}

interface Scene {
  readonly soft: SoftTokens
  readonly at: Office
  readonly uri: string
  readonly enrol: (key: string) => Promise<Ran>
}

async function scene(t: TestContext): Promise<Scene | undefined> {
  const soft = await softTokens(t)
  if (!soft) return undefined
  const at = await openOffice()
  t.after(() => at.close())
  const uri = await soft.make('Workstation')
  const kit = await at.kit('postes', {})
  const enrol = (key: string): Promise<Ran> =>
    scel(['enrol', '--kit', kit.path, '--email', 'poste12@example.org', '--key', key, '--store', uri], at.home)
  return { soft, at, uri, enrol }
}

for (const key of ['ec-p256', 'rsa-2048'] as const) {
  test(`a workstation’s key in a token: enrol, approve, get, test, sign, open (${key})`, async (t) => {
    const made = await scene(t)
    if (!made) return
    const { at, soft, enrol } = made
    ok(await enrol(key))
    await at.approve(await at.number(1))
    const got = JSON.parse(ok(await scel(['get', '--json'], at.home)).out)
    assert.match(got.requests[0].folder, /^pkcs11:token=Workstation;object=/)
    const records = readdirSync(join(at.home, '.config', 'scel'), { recursive: true }) as string[]
    assert.ok(records.some((name) => name.endsWith('token.json')) && !records.some((name) => name.endsWith('key.pem')))

    const report = JSON.parse(ok(await scel(['test', '--json'], at.home)).out)
    assert.deepEqual([report.works, report.verdict], [true, 'works'])

    const folder = join(at.home, '.config', 'scel', 'tokens')
    const file = (name: string): string =>
      join(folder, (readdirSync(folder, { recursive: true }) as string[]).find((one) => one.endsWith(name))!)
    const text = join(soft.folder, 'text')
    writeFileSync(text, 'to be signed and sealed')
    ok(
      await scel(
        ['sign', text, '--as', `${await at.number(1)}`, '--detached', '--pem', '--out', `${text}.p7s`],
        at.home,
      ),
    )
    const verify = ['cms', '-verify', '-binary', '-inform', 'PEM', '-in', `${text}.p7s`, '-content', text]
    const trust = ['-CAfile', file('root.pem'), '-certfile', file('chain.pem'), '-purpose', 'any']
    assert.equal(execFileSync('openssl', [...verify, ...trust], { encoding: 'utf8' }), 'to be signed and sealed')

    const seal = ['cms', '-encrypt', '-binary', '-aes256', '-in', text, '-outform', 'DER', '-out', `${text}.cms`]
    execFileSync('openssl', [...seal, '-recip', file('certificate.pem')])
    ok(await scel(['open', `${text}.cms`, '--out', `${text}.opened`], at.home))
    assert.equal(readFileSync(`${text}.opened`, 'utf8'), 'to be signed and sealed')
  })
}

test('a token that is away, or whose PIN is wrong, is said in words, and nothing is asked of the desk', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, soft, enrol } = made
  await soft.takeAway()
  const away = await enrol('ec-p256')
  assert.notEqual(away.exit, 0)
  assert.match(away.err, /Workstation is not there/)
  await soft.back()
  writeFileSync(join(soft.folder, 'Workstation.pin'), '0000')
  const wrong = await enrol('ec-p256')
  assert.match(wrong.err, /wrong PIN for Workstation/)
  assert.ok(!existsSync(join(at.home, '.config', 'scel', 'tokens')))
  for (const store of ['pkcs11:object=x', 'pkcs11:token=x?pin-value=1', 'pkcs11:token=x']) {
    const kit = await at.kit('more', {})
    const { err } = await scel(['enrol', '--kit', kit.path, '--email', 'a@example.org', '--store', store], at.home)
    assert.match(err, /no .* store that scel knows/, store)
  }
})

test('a key whose token is away stays until that is back: what the desk did is said, and other desks are served', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { soft, at, uri, enrol } = made
  const records = (): string[] => {
    const names = readdirSync(join(at.home, '.config', 'scel'), { recursive: true }) as string[]
    return names.filter((name) => name.endsWith('token.json'))
  }
  const staying = ({ err }: Ran): unknown =>
    [...err.matchAll(/request (\d+): its key stays/g)].map(([, number]) => number)
  const { path } = await at.kit('files', {})
  const away = async (...argv: string[]): Promise<Ran> => {
    assert.equal(records().length, 1)
    await soft.takeAway()
    const ran = ok(await scel([...argv, '--json'], at.home))
    await soft.back()
    return ran
  }
  const back = async (): Promise<void> => {
    assert.equal(records().length, 1)
    assert.deepEqual(staying(await scel(['get'], at.home)), [])
    assert.equal(records().length, 0)
  }

  ok(await enrol('ec-p256'))
  const first = `${await at.number(1)}`
  const cancelled = await away('cancel', first)
  assert.deepEqual([JSON.parse(cancelled.out).request.state, staying(cancelled)], ['cancelled', [first]])
  assert.match(cancelled.err, /Workstation is not there/)
  await back()

  ok(await enrol('ec-p256'))
  const replaced = await away('enrol', '--kit', path, '--email', 'poste12@example.org')
  const second = await at.number(2)
  assert.deepEqual([JSON.parse(replaced.out).replaced, staying(replaced)], [[second], [`${second}`]])
  await back()

  const hostile = await openHostileDesk(t)
  hostile.answers.submit = () => ({ request: hostile.request(7, 'pending'), findings: [], replaced: [] })
  hostile.answers.list = () => ({ items: [hostile.request(7, 'cancelled')] })
  const email = ['--email', 'poste12@example.org']
  ok(await scel(['enrol', '--kit', hostile.write(at.home), ...email, '--store', uri], at.home))
  await at.approve(await at.number(3))
  const got = await away('get')
  const outcomes = JSON.parse(got.out).requests.map((one: { number: number; outcome: string }) => [
    one.number,
    one.outcome,
  ])
  assert.deepEqual(
    [outcomes.sort(), staying(got)],
    [
      [
        [await at.number(3), 'installed'],
        [7, 'changed'],
      ],
      ['7'],
    ],
  )
  await back()

  // It goes away as the desk refuses: the refusal is what is said.
  Object.defineProperty(hostile.failing, 'submit', {
    get: () => {
      renameSync(join(soft.folder, 'tokens'), join(soft.folder, 'tokens.away'))
      mkdirSync(join(soft.folder, 'tokens'))
      for (const pid of moduleProcesses()) process.kill(pid, 'SIGKILL')
      return 403
    },
  })
  const refused = await scel(['enrol', '--kit', hostile.write(at.home), ...email, '--store', uri], at.home)
  assert.equal(refused.exit, 1)
  assert.match(
    refused.err,
    /the key that was made for it stays in its store \(.*Workstation is not there\)\n.*error: x/,
  )
})

test('a token is found again by whole paths alone, its PIN is nobody else’s, and no error shows one', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, uri, enrol } = made
  const pin = decodeURIComponent(/pin-source=file:([^&]+)/.exec(uri)![1]!)
  chmodSync(pin, 0o644)
  const exposed = await enrol('ec-p256')
  assert.deepEqual([exposed.exit, /others on this machine can read the PIN/.test(exposed.err)], [1, true], exposed.err)
  chmodSync(pin, 0o600)
  ok(await enrol('ec-p256'))
  await at.approve(await at.number(1))
  ok(await scel(['get'], at.home))
  const folder = join(at.home, '.config', 'scel', 'tokens')
  const names = readdirSync(folder, { recursive: true }) as string[]
  const record = join(folder, names.find((name) => name.endsWith('token.json'))!)
  // What somebody left behind in the folder of a run is not run.
  const module = /module-path=([^&"]+)/.exec(readFileSync(record, 'utf8'))![1]!
  assert.ok(module.startsWith('/'))
  writeFileSync(record, readFileSync(record, 'utf8').replace(module, './hsm.so'))
  const text = join(at.home, 'text')
  writeFileSync(text, 'to be signed')
  const strange = await scel(['sign', text, '--as', `${await at.number(1)}`], at.home)
  assert.notEqual(strange.exit, 0)
  assert.match(strange.err, /token\.json/)
  const secret = `pkcs11:token=x?module-path=/x.so&pin-value=SECRET99`
  const kit = await at.kit('autres')
  const shown = await scel(['enrol', '--kit', kit.path, '--email', 'a@example.org', '--store', secret], at.home)
  assert.deepEqual([shown.exit !== 0, /SECRET99/.test(shown.err + shown.out)], [true, false], shown.err)
})
