import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { hasDeskCode } from '@scel/contract/errors'
import { buildTimeStampRequest, imprintOf } from '@scel/pki/tsp'
import { type Bench, bench } from '@scel/testkit/peers'
import { type Logger, pino } from 'pino'
import type { Core } from '../core/core.ts'
import { isPublicKey } from '../core/public-core.ts'
import { clockShift } from '../core/world.ts'
import type { DeskKeys } from '../custody/index.ts'
import { capacityOf } from '../edge/open-doors.ts'
import { failureText } from '../edge/terminal/index.ts'
import { makeMarkSignal } from '../jobs/index.ts'
import { call, enrolMachine, freePorts, furnish, startDesk, type TestDesk } from '../testing/index.ts'
import type { Answered, Errand } from '../testing/strangers.ts'
import { openPublicDoor, type PublicDoorNeeds } from './public-door.ts'

interface Scene {
  readonly desk: TestDesk
  readonly errand: Omit<Errand, 'milliseconds'>
  revoke(): Promise<void>
}

/** A desk with one machine's certificate, and that in files. */
async function scene(t: TestContext, judge: Bench): Promise<Scene> {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const people = await furnish(desk)
  const machine = await enrolMachine(desk, people.post)
  const [own] = machine.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)
  const leaf = judge.write('leaf.pem', own!)
  const { text: said } = judge.run('openssl', 'x509', '-in', leaf, '-noout', '-ext', 'crlDistributionPoints')
  const question = buildTimeStampRequest({ imprint: await imprintOf(new Uint8Array(8)) })
  return {
    desk,
    errand: {
      address: desk.services.public,
      list: /URI:(\S+)/.exec(said)?.[1] ?? assert.fail(said),
      leaf,
      issuer: judge.write('issuer.pem', machine.issuer),
      root: judge.write('root.pem', desk.root),
      query: judge.write('q.tsq', question),
      pid: process.pid,
    },
    revoke: async () => {
      const path = `/api/certificates/${machine.certificateId}/revoke`
      assert.equal((await people.administrator.post(path, { reason: 'superseded' })).status, 200)
    },
  }
}

const STRANGERS = fileURLToPath(new URL('../testing/strangers.ts', import.meta.url))

/** Sends strangers to the door and holds this thread, which is the desk's, until they are back. */
async function askedWhileHeld(errand: Errand): Promise<readonly Answered[]> {
  const child = spawn(process.execPath, [STRANGERS, JSON.stringify(errand)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  assert.equal((await lines.next()).value, 'begun')
  // Nothing turns here any more: no timer, no socket, no message. It takes no processor from those who are asked.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, errand.milliseconds + LAST_ROUND)
  return JSON.parse((await lines.next()).value ?? '[]')
}

// The one time that is asserted here is the one that is promised. A machine with other work to do gets a second look:
// of an answer counts what the desk worked for it, and none may have waited for the thread that was held.
const HELD = 6_000
const LAST_ROUND = 2_000
const PROMISED = 200

test('C1: OCSP, lists, time stamps and health are answered while the portal’s thread stands still', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { desk, errand } = await scene(t, judge)
  const answers = await askedWhileHeld({ ...errand, milliseconds: HELD })
  const of = (wanted: string): readonly Answered[] => answers.filter(({ what }) => what === wanted)
  const expected = { ocsp: /leaf\.pem: good/, list: /^200 /, live: /^200 \{"ok":true\}/, stamp: /^200 \d{3}/ }
  for (const [what, pattern] of Object.entries(expected)) {
    assert.ok(of(what).length >= 3, `${what} was answered ${of(what).length} times`)
    for (const { said } of of(what)) assert.match(said, pattern, what)
  }
  for (const { what, took, worked } of answers) {
    assert.ok(Math.min(took, worked) <= PROMISED, `${what}: the desk worked ${worked} ms for it`)
    assert.ok(took < HELD / 2, `${what} waited ${took} ms`)
  }
  // At first the thread has been silent for a moment only, and is waited for; from then on health says what is wrong.
  const ready = of('ready').map(({ said }) => said)
  assert.match(ready.find((said) => !said.startsWith('200 ')) ?? '', /^503 .*"not_ready".*its portal does not answer/)
  assert.equal((await call(`${desk.services.public}/health/ready`)).status, 200)
})

test('a revocation is seen by OCSP and on the list at once, whatever was asked before', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { errand, revoke } = await scene(t, judge)
  const ask = (): string => {
    const trust = ['-CAfile', errand.root, '-verify_other', errand.issuer]
    const certificate = ['-issuer', errand.issuer, '-cert', errand.leaf]
    return judge.run('openssl', 'ocsp', ...certificate, ...trust, '-url', `${errand.address}/ocsp`).text
  }
  const listed = async (): Promise<string> =>
    judge.run('openssl', 'crl', '-inform', 'DER', '-text', '-in', judge.write('x.crl', (await call(errand.list)).bytes))
      .text
  assert.match(ask(), /leaf\.pem: good/)
  assert.match(await listed(), /No Revoked Certificates/)
  await revoke()
  assert.match(ask(), /leaf\.pem: revoked/)
  assert.match(await listed(), /Serial Number/)
})

/** What a door stands on where its thread runs a program that is no door. */
const bareNeeds = (log: Logger, keys: readonly string[] = []): PublicDoorNeeds => ({
  ...{ database: { kind: 'sqlite', file: '' }, port: 0, hosts: undefined, requestsPerMinute: 1 },
  ...{
    capacity: capacityOf(undefined, 10),
    shift: clockShift(),
    older: makeMarkSignal(),
    lastNumber: new BigInt64Array(new SharedArrayBuffer(8)),
  },
  wrongClock: new Int32Array(new SharedArrayBuffer(4)),
  ...{ forged: { found: () => {} }, core: {} as Core, ready: async () => {}, metrics: { count: () => {} }, log },
  keys: {
    rowCodeKey: new Uint8Array(32),
    signers: {
      list: async () => keys,
      lend: async (keyId) => ({ keyId, pkcs8: new Uint8Array(8) }),
    } as DeskKeys,
  },
})

test('a start whose public door does not open ends with words in both languages, and no stack', async () => {
  for (const [why, program, word] of [
    ['silent', 'setInterval(() => {}, 1_000)', /n’a rien dit pendant une minute/],
    ['ended', '', /s’est arrêté aussitôt/],
  ] as const) {
    const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`)
    const needs = { ...bareNeeds(pino({ level: 'silent' })), program: url, patience: why === 'silent' ? 500 : 60_000 }
    await assert.rejects(openPublicDoor(needs), (error) => {
      assert.ok(hasDeskCode(error, 'public_door_shut'), String(error))
      assert.equal(error.facts.why, why)
      assert.match(failureText(error, 'fr') ?? '', word)
      assert.match(failureText(error, 'en') ?? '', /did not open/)
      return true
    })
  }
})

test('a thread that falls dead is told in the log and replaced; one that does not hear is cut off', async (t) => {
  const lines: string[] = []
  const told = (text: string): number => lines.filter((line) => line.includes(text)).length
  const keys: string[] = []
  const door = await openPublicDoor({
    ...bareNeeds(pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }), keys),
    program: new URL('../../test/mortal.thread.ts', import.meta.url),
  })
  t.after(() => door.close(0))
  const opened = (): number => lines.filter((line) => line === 'opened\n').length
  assert.equal(opened(), 1)
  keys.push('production-root', 'ocsp-A')
  await door.lendNew().catch(() => undefined) // it may fall before it has answered
  while (told('is open again') === 0) await setTimeout(20)
  assert.equal(told('the thread falls dead'), 1)
  assert.equal(opened(), 2)
  await door.close(0)
  assert.equal(told('was cut off'), 1)
})

test('a burst (A): a thread that stands still and does not end at once is replaced when it has let go of its port', async (t) => {
  const lines: string[] = []
  const told = (text: string): number => lines.filter((line) => line.includes(text)).length
  const keys: string[] = []
  const door = await openPublicDoor({
    ...bareNeeds(pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }), keys),
    program: new URL('../../test/unyielding.thread.ts', import.meta.url),
    port: (await freePorts(1))[0]!,
    watch: { every: 100, looks: 10 },
  })
  t.after(() => door.close(0))
  keys.push('ocsp-A')
  await door.lendNew()
  while (told('is open again') === 0) await setTimeout(20)
  assert.equal(told('it is ended'), 1)
  assert.equal(told('fell shut'), 1, lines.join(''))
  assert.equal(told('EADDRINUSE'), 0)
})

test('the thread is lent the keys that answer strangers, and no other', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const files = (await readdir(join(desk.data, 'keys'))).filter((name) => name.endsWith('.key'))
  const names = files.map((name) => name.slice(0, -'.key'.length))
  const authorities = ['root', 'machines', 'people', 'desk']
  for (const environment of ['production', 'test']) {
    for (const purpose of authorities) assert.ok(names.includes(`${environment}-${purpose}`))
  }
  const kept = names.filter((name) => !isPublicKey(name))
  const others = kept.filter((name) => !/^(production|test)-(root|machines|people|desk)$/.test(name))
  assert.deepEqual(others.map((name) => name.replace(/-\d{4}-\d\d$/, '')).sort(), ['desk-statement', 'desk-tls', 'log'])
  assert.equal(names.length - kept.length, 8, 'six responders, two for time stamps')
})
