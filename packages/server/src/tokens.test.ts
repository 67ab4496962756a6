import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { moduleProcesses, type SoftTokens, softTokens } from '@scel/pkcs11/testing'
import { buildTimeStampRequest, imprintOf } from '@scel/pki/tsp'
import { type Bench, bench } from '@scel/testkit/peers'
import {
  type Answer,
  approve,
  call,
  enrolMachine,
  expectOk,
  type Furnished,
  furnish,
  type Machine,
  makeApplicant,
  startDesk,
  type TestDesk,
  workstationName,
} from './testing/index.ts'

interface Scene {
  readonly soft: SoftTokens
  readonly judge: Bench
  readonly desk: TestDesk
  readonly people: Furnished
  readonly machine: Machine
  /** What openssl says of the machine's certificate by OCSP. */
  ocsp(): Promise<string>
  list(): Promise<Answer>
  stamp(): Promise<string>
  /** Asks for a certificate and approves it. */
  decide(): Promise<{ number: number; answer: Answer }>
  stateOf(number: number): Promise<{ state: string; certificate?: { serial: string } }>
}

/** A desk whose roots, authorities, responders and time stamps are in tokens. */
async function scene(t: TestContext): Promise<Scene | undefined> {
  const [soft, judge] = [await softTokens(t), bench(t, 'openssl')]
  if (!soft || !judge) return undefined
  const [root, authority, answers] = [
    await soft.make('Roots', '97531'),
    await soft.make('Daily', '2468'),
    await soft.make('Answers', '1357'),
  ]
  const desk = await startDesk({ tokens: { root, authority, responder: answers, 'time-stamp': answers } })
  t.after(() => desk.stop())
  const people = await furnish(desk)
  const machine = await enrolMachine(desk, people.post)
  const leaf = judge.write('leaf.pem', machine.certificate)
  const issuer = judge.write('issuer.pem', machine.issuer)
  const rootFile = judge.write('root.pem', desk.root)
  const { text: said } = judge.run('openssl', 'x509', '-in', leaf, '-noout', '-ext', 'crlDistributionPoints')
  const list = /URI:(\S+)/.exec(said)?.[1] ?? assert.fail(said)
  return {
    ...{ soft, judge, desk, people, machine },
    ocsp: async () => {
      const asked = judge.run('openssl', 'ocsp', '-issuer', issuer, '-cert', leaf, '-reqout', 'q.ocsp')
      assert.ok(asked.ok || asked.text === '', asked.text)
      const { bytes, status } = await call(`${desk.services.public}/ocsp`, {
        method: 'POST',
        headers: { 'content-type': 'application/ocsp-request' },
        body: Buffer.from(judge.read('q.ocsp')),
      })
      assert.equal(status, 200)
      judge.write('a.ocsp', bytes)
      const trust = ['-CAfile', rootFile, '-verify_other', issuer, '-no_nonce', '-validity_period', '100000']
      return judge.run('openssl', 'ocsp', '-respin', 'a.ocsp', '-issuer', issuer, '-cert', leaf, ...trust).text
    },
    list: () => call(list),
    stamp: async () => {
      judge.write(
        'q.tsq',
        buildTimeStampRequest({ imprint: await imprintOf(new Uint8Array(8)), wantsCertificate: true }),
      )
      const { bytes } = await call(`${desk.services.public}/tsp`, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query' },
        body: Buffer.from(judge.read('q.tsq')),
      })
      judge.write('a.tsr', bytes)
      const { text: said } = judge.run('openssl', 'ts', '-reply', '-in', 'a.tsr', '-text')
      return /Status: Granted/.test(said)
        ? judge.run(
            'openssl',
            'ts',
            '-verify',
            '-in',
            'a.tsr',
            '-queryfile',
            'q.tsq',
            '-CAfile',
            rootFile,
            '-untrusted',
            issuer,
          ).text
        : said
    },
    decide: async () => {
      const applicant = await makeApplicant(desk)
      const { csr } = await applicant.credential({ commonName: workstationName() })
      const { number } = (await expectOk(applicant.submit(people.post.kit, csr))).json.request
      return { number, answer: await approve(people.post.manager, number) }
    },
    stateOf: async (number) => (await people.administrator.get(`/api/requests/${number}`)).json,
  }
}

/** The jobs of some minutes: a token that could not be opened is left alone for a moment, and asked again by the next. */
async function until(done: () => Promise<boolean>, desk: TestDesk): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await desk.passTime(60_000)
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  assert.fail(desk.log.filter((line) => /"level":[45]0/.test(line)).join(''))
}

test('a desk whose keys are in tokens issues, and openssl agrees with certificates, lists, OCSP and stamps', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { judge, desk, ocsp, list, stamp } = made
  const kept = async (keyId: string): Promise<string> =>
    JSON.parse(await readFile(join(desk.data, 'keys', `${keyId}.key`), 'utf8')).token
  assert.deepEqual(
    await Promise.all(['production-root', 'production-machines', 'time-stamps-production-1'].map(kept)),
    ['Roots', 'Daily', 'Answers'],
  )
  assert.match(
    judge.run('openssl', 'verify', '-CAfile', 'root.pem', '-untrusted', 'issuer.pem', 'leaf.pem').text,
    /leaf\.pem: OK/,
  )
  judge.write('list.crl', (await list()).bytes)
  assert.match(
    judge.run('openssl', 'crl', '-inform', 'DER', '-in', 'list.crl', '-CAfile', 'issuer.pem', '-noout').text,
    /verify OK/,
  )
  assert.match(await ocsp(), /leaf\.pem: good[\s\S]*Response verify OK/)
  assert.match(await stamp(), /Verification: OK/)
  assert.equal((await call(`${desk.services.public}/health/ready`)).status, 200)
})

test('a token that hangs is a clear answer: what was decided is signed afterwards, and nobody else waits', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { desk, decide, stateOf, list } = made
  for (const pid of moduleProcesses()) process.kill(pid, 'SIGSTOP')
  const deciding = decide()
  // While the token is waited for, everything that needs no signature of it is answered.
  assert.equal((await call(`${desk.services.public}/health/live`)).status, 200)
  assert.equal((await list()).status, 200)
  assert.equal((await call(`${desk.services.portal}/api/desk`, { ca: desk.root })).status, 200)
  const { number, answer } = await deciding
  assert.equal(answer.status, 200, answer.text)
  const waiting = await stateOf(number)
  assert.deepEqual([waiting.state, waiting.certificate], ['approved', undefined])
  // Its process was ended, and another asks the token, which is there.
  await until(async () => (await stateOf(number)).certificate !== undefined, desk)
})

test('tokens that are away: OCSP says try later, stamps are refused, health names them, and all goes on when they are back', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { soft, desk, decide, stateOf, ocsp, list, stamp } = made
  await soft.takeAway()
  const { number, answer } = await decide()
  assert.equal(answer.status, 200, answer.text)
  assert.equal((await stateOf(number)).certificate, undefined)
  assert.match(await ocsp(), /trylater/)
  assert.match(await stamp(), /cannot be reached at the moment/)
  assert.equal((await list()).status, 200)
  assert.equal((await call(`${desk.services.public}/health/live`)).status, 200)
  const { status, json } = await call(`${desk.services.public}/health/ready`)
  assert.deepEqual([status, json.code, json.facts.part], [503, 'not_ready', 'token'])
  await soft.back()
  await until(async () => (await stateOf(number)).certificate !== undefined, desk)
  await until(async () => /leaf\.pem: good/.test(await ocsp()), desk)
  assert.match(await stamp(), /Verification: OK/)
})

test('a desk starts while its tokens are away, and without the root’s PIN', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const tokens = { root: await soft.make('Roots', '97531'), authority: await soft.make('Daily') }
  const data = join(soft.folder, 'data')
  const first = await startDesk({ data, tokens })
  await first.kill()
  await rm(join(soft.folder, 'Roots.pin'))
  await soft.takeAway()
  const desk = await startDesk({ data, tokens, ports: first.ports })
  t.after(() => desk.stop())
  assert.equal(desk.root, first.root)
  assert.equal((await call(`${desk.services.public}/health/live`)).status, 200)
  assert.equal((await call(`${desk.services.public}/health/ready`)).json.facts.part, 'token')
  await assert.rejects(desk.core.ceremonies.hold(), { code: 'root_passphrase_needed' })
})
