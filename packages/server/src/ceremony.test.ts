import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pemEncode } from '@scel/pki/bytes'
import { extension, parseCrl } from '@scel/pki/x509'
import { type Answer, type Bench, bench } from '@scel/testkit/peers'
import { DAY } from './core/world.ts'
import { call, enrolMachine, furnish, spawnDesk, startDesk, type TestDesk } from './testing/index.ts'

// The root under a passphrase of its own, from the first start to the list of the second year. The desk begins its life
// in the past, so that the command, a process of its own with the machine's clock, comes when the year is nearly over.

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

interface Office {
  readonly data: string
  readonly secret: string
  readonly wrong: string
  /** `scel-desk ceremony`: its exit code, and all that it said. */
  ceremony(...more: string[]): Promise<string>
}

async function officeOf(t: TestContext): Promise<Office> {
  const folder = await mkdtemp(join(tmpdir(), 'scel-ceremony-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const [data, secret, wrong] = ['data', 'root-passphrase', 'wrong'].map((name) => join(folder, name))
  await writeFile(secret!, 'correct horse\n', { mode: 0o600 })
  await writeFile(wrong!, 'battery staple\n', { mode: 0o600 })
  return {
    ...{ data: data!, secret: secret!, wrong: wrong! },
    ceremony: (...more) =>
      new Promise((resolve) => {
        const args = [MAIN, 'ceremony', '--data', data!, '--language', 'en', ...more]
        execFile(process.execPath, args, (error, out, err) => resolve(`${error ? error.code : 0} ${out}${err}`))
      }),
  }
}

const rootOf = async (desk: TestDesk): Promise<string> =>
  /"id":"([^"]+)","purpose":"root"/.exec(
    JSON.stringify((await desk.core.revocation.due()).map(({ authority: { id, purpose } }) => ({ id, purpose }))),
  )?.[1] ?? ''

test('H3: the root has a passphrase of its own: the desk works a year without it, says in time what only the root can do, and a ceremony does it', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { data, secret, wrong, ceremony } = await officeOf(t)
  const begun = -340 * DAY
  const first = await startDesk({ data, ahead: begun, rootPassphraseFile: secret })
  t.after(() => first.kill())
  const { ports } = first
  assert.equal(await first.core.authorities.roots().then((roots) => roots.length), 2)
  await first.kill()
  await rm(secret)

  const second = await startDesk({ data, ports, ahead: begun, rootPassphraseFile: secret })
  t.after(() => second.kill())
  assert.deepEqual(told(second), [], 'nothing is due, and nothing was asked of the root')
  await second.moveClock(-begun)
  assert.equal(told(second).length, 1, second.log.join(''))
  await second.kill()

  const desk = await startDesk({ data, ports, rootPassphraseFile: secret })
  t.after(() => desk.kill())
  const { administrator, post } = await furnish(desk)
  const machine = await enrolMachine(desk, post)
  const id = await rootOf(desk)
  const list = `${desk.services.public}/crl/${id}.crl`
  const numberOf = async (): Promise<bigint> => extension(parseCrl((await call(list)).bytes), 'cRLNumber')!
  assert.equal(await numberOf(), 1n, 'the clock alone has nothing signed by a root')
  assert.equal(told(desk).length, 1, desk.log.join(''))
  assert.equal((await call(`${desk.services.public}/health/ready`)).status, 200)
  const due = async (): Promise<string[]> =>
    (await administrator.get('/api/authorities')).json.ceremonies.map(({ what }: { what: string }) => what)
  assert.deepEqual(await due(), ['list'])

  assert.match(await ceremony(), /^1 scel-desk: Only the root can do this/)
  assert.match(await ceremony('--root-passphrase-file', wrong), /^1 scel-desk: This is not the passphrase of the root/)
  await writeFile(secret, 'correct horse\n', { mode: 0o644 })
  assert.match(
    await ceremony('--root-passphrase-file', secret),
    /^1 scel-desk: The file .* holds a secret and has mode 0644/,
  )
  assert.equal(await numberOf(), 1n)
  await rm(secret)
  await writeFile(secret, 'correct horse\n', { mode: 0o600 })
  assert.equal(await ceremony('--root-passphrase-file', secret), '0 New lists of the root: 2.\n')
  assert.equal(await ceremony('--root-passphrase-file', secret), '0 Nothing was due.\n')

  assert.equal(await numberOf(), 2n, 'the running desk gives out the new list')
  assert.deepEqual(await due(), [])
  await desk.runJobs()
  assert.ok(desk.log.some((line) => line.includes('no ceremony is due any more')))
  assert.deepEqual(
    desk.log.filter((line) => line.includes('job failed')),
    [],
  )
  const verified = await crlCheckAll(judge, desk, machine, list)
  assert.ok(verified.ok, verified.text)
  assert.ok(parseCrl((await call(list)).bytes).nextUpdate!.getTime() > Date.now() + 360 * DAY)
})

test('a ceremony makes the authorities on an empty folder, and a desk starts on it without the root', async (t) => {
  const { data, secret, ceremony } = await officeOf(t)
  const address = ['--public-name', 'localhost']
  const said = await ceremony('--root-passphrase-file', secret, ...address)
  assert.equal(said, '0 New authorities: 8.\nNew lists of the root: 2.\n')
  await rm(secret)
  const desk = await spawnDesk({ data, environment: { SCEL_ROOT_PASSPHRASE_FILE: secret } })
  t.after(() => desk.kill())
  assert.match(desk.root, /BEGIN CERTIFICATE/)
  assert.doesNotMatch(desk.errors(), /"level":(40|50)/)
  assert.equal((await call(`${desk.services.public}/health/ready`)).status, 200)
  assert.equal(await desk.stop(), 0)
})

test('a desk whose root lay with the other keys moves it beside its running, and goes on', async (t) => {
  const { data, secret, ceremony } = await officeOf(t)
  const desk = await startDesk({ data })
  t.after(() => desk.kill())
  assert.match(await ceremony('--root-passphrase-file', secret), /^0 2 keys of roots lie under a passphrase[^\n]+\n$/)
  await desk.moveClock(340 * DAY)
  assert.deepEqual(
    desk.log.filter((line) => line.includes('job failed')),
    [],
  )
  assert.equal(told(desk).length, 1, 'what it signed itself yesterday waits for a person from now on')
  assert.equal((await call(`${desk.services.public}/health/ready`)).status, 200)
})

const told = (desk: TestDesk): string[] => desk.log.filter((line) => line.includes('a ceremony is due'))

/** What openssl says of a machine's certificate when every certificate of its chain needs a list. */
async function crlCheckAll(
  judge: Bench,
  desk: TestDesk,
  machine: { readonly certificate: string; readonly issuer: string },
  rootList: string,
): Promise<Answer> {
  const [leaf] = machine.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)
  const file = judge.write('leaf.pem', leaf!)
  const { text: said } = judge.run('openssl', 'x509', '-in', file, '-noout', '-ext', 'crlDistributionPoints')
  const ownList = /URI:(\S+)/.exec(said)![1]!
  const lists = await Promise.all(
    [ownList, rootList].map(async (address) => pemEncode('X509 CRL', (await call(address)).bytes)),
  )
  return judge.run(
    'openssl',
    ...['verify', '-x509_strict', '-crl_check_all', '-CAfile', judge.write('root.pem', desk.root)],
    ...['-untrusted', judge.write('issuer.pem', machine.issuer)],
    ...['-CRLfile', judge.write('lists.pem', lists.join('')), file],
  )
}
