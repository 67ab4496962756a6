// How many certificates the desk issues a second: a request over HTTPS (32 connections, kept alive, mutual TLS not
// involved), signed by its applicant, for a kit with a standing approval; counted when the answer says that the
// certificate is stored. Desk and load generator are processes of their own. The measure is the bare work that cannot
// be left out, one P-256 verification and one signature, looped in a single thread on the same machine in the same run.

import { fork } from 'node:child_process'
import { createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KitFile } from '@scel/contract/kit'
import { acceptInvitation, spawnDesk, type Visitor } from '../src/testing/index.ts'
import type { LoadOrder, LoadReport } from './load.ts'

const CONNECTIONS = 32
const REQUESTS = Number(process.env.SCEL_BENCH_REQUESTS ?? 6_400)
const BARE_MILLISECONDS = 2_000

const data = await mkdtemp(join(tmpdir(), 'scel-bench-'))
const desk = await spawnDesk({ data, args: ['--requests-per-minute', '10000000', '--log-level', 'error'] })
try {
  const kit = await standingKit(await acceptInvitation(desk, desk.inviteLink))
  const before = bareRate()
  const report = await load({
    services: desk.services,
    root: desk.root,
    kit,
    connections: CONNECTIONS,
    requests: REQUESTS,
  })
  const bare = (before + bareRate()) / 2 // before and after, so that a slow moment of the machine counts for both
  const rate = report.issued / report.seconds
  print(report, rate, bare)
  if (report.issued !== REQUESTS) process.exitCode = 1
} finally {
  await desk.stop()
  await rm(data, { recursive: true, force: true })
}

async function standingKit(administrator: Visitor): Promise<KitFile> {
  const organisation = await administrator.post('/api/organisations', { code: 'BENCH', name: 'Bench', country: 'FR' })
  const kit = await administrator.post('/api/kits', {
    ...{ name: 'bench', organisation: organisation.json.id, profile: 'workstation', store: 'machine' },
    ...{ keys: ['ec-p256'], proposedKey: 'ec-p256', uses: 1_000_000, validityDays: 30, standingApproval: true },
  })
  if (kit.status !== 200) throw new Error(kit.text)
  return kit.json.file
}

async function load(order: LoadOrder): Promise<LoadReport> {
  const child = fork(new URL('./load.ts', import.meta.url))
  child.send(order)
  const [report] = (await once(child, 'message')) as [LoadReport]
  await once(child, 'exit')
  return report
}

/** Pairs of one verification and one signature per second, P-256 with SHA-256, over as many bytes as a request has. */
function bareRate(): number {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const bytes = Buffer.alloc(400, 7)
  const signature = createSign('sha256').update(bytes).sign(privateKey)
  const end = performance.now() + BARE_MILLISECONDS
  let pairs = 0
  while (performance.now() < end) {
    createVerify('sha256').update(bytes).verify(publicKey, signature)
    createSign('sha256').update(bytes).sign(privateKey)
    pairs++
  }
  return (pairs * 1_000) / BARE_MILLISECONDS
}

function print({ issued, seconds, refused, p50, p99 }: LoadReport, rate: number, bare: number): void {
  const cpu = cpus()[0]?.model.trim() ?? 'unknown processor'
  const lines = [
    `issuance: CSR → stored certificate over HTTPS, ${CONNECTIONS} connections`,
    `  machine        ${cpu}, ${availableParallelism()} cores, ${process.platform}-${process.arch}, Node ${process.versions.node}`,
    `  issued         ${issued} in ${seconds.toFixed(2)} s${refused ? `, ${refused} refused` : ''}`,
    `  rate           ${rate.toFixed(0)} certificates/s (answer: half in ${p50.toFixed(1)} ms, 99 % in ${p99.toFixed(1)} ms)`,
    `  bare loop      ${bare.toFixed(0)} × (one P-256 verify + one sign)/s, one thread`,
    `  ratio          ${(rate / bare).toFixed(3)}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
