// How many OCSP answers the desk gives a second: one question over plain HTTP, 32 connections kept alive, each answer
// signed anew with a P-256 key. Desk and load generator are processes of their own. The measure is the bare work that
// cannot be left out, one P-256 signature, looped in a single thread on the same machine in the same run.

import { createSign, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pemDecode } from '@scel/pki/bytes'
import { buildOcspRequest, makeCertId, parseOcspResponse } from '@scel/pki/ocsp'
import { parseCertificate } from '@scel/pki/x509'
import { acceptInvitation, call, spawnDesk } from '../src/testing/index.ts'

const CONNECTIONS = 32
const QUESTIONS = Number(process.env.SCEL_BENCH_QUESTIONS ?? 20_000)
const BARE_MILLISECONDS = 2_000

const data = await mkdtemp(join(tmpdir(), 'scel-bench-'))
const desk = await spawnDesk({ data, args: ['--requests-per-minute', '10000000', '--log-level', 'error'] })
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
try {
  const question = await questionAbout(await administratorsCertificate())
  await ask(question, 2_000) // what is compiled and opened once is not measured
  const before = bareRate()
  const times = await ask(question, QUESTIONS)
  print(times, (before + bareRate()) / 2)
} finally {
  agent.destroy()
  await desk.stop()
  await rm(data, { recursive: true, force: true })
}

async function administratorsCertificate(): Promise<{ der: Uint8Array; issuer: Uint8Array }> {
  const administrator = await acceptInvitation(desk, desk.inviteLink)
  const { items } = (await administrator.get('/api/certificates')).json as { items: { id: string }[] }
  const { text } = await administrator.get(`/api/certificates/${items[0]!.id}/file?form=chain`)
  const [own, issuer] = pemDecode(text)
  return { der: own!.der, issuer: issuer!.der }
}

async function questionAbout({ der, issuer }: { der: Uint8Array; issuer: Uint8Array }): Promise<Buffer> {
  const certIds = [await makeCertId(parseCertificate(issuer), parseCertificate(der).serial)]
  const body = Buffer.from(buildOcspRequest({ certIds }))
  const headers = { 'content-type': 'application/ocsp-request' }
  const { bytes } = await call(`${desk.services.public}/ocsp`, { method: 'POST', headers, body })
  const status = parseOcspResponse(bytes).basic?.responses[0]?.status
  if (status !== 'good') throw new Error(`the answer is ${status}`)
  return body
}

/** @returns milliseconds per answer, in the order of arrival, and how long all took */
async function ask(body: Buffer, questions: number): Promise<{ each: number[]; seconds: number }> {
  const each: number[] = []
  let left = questions
  const began = performance.now()
  const connection = async (): Promise<void> => {
    while (left-- > 0) {
      const at = performance.now()
      await post(body)
      each.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  return { each, seconds: (performance.now() - began) / 1_000 }
}

function post(body: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const headers = { 'content-type': 'application/ocsp-request', 'content-length': body.length }
  request(`${desk.services.public}/ocsp`, { method: 'POST', agent, headers }, (answer) => {
    answer.resume().on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`))))
  })
    .on('error', reject)
    .end(body)
  return promise
}

/** P-256 signatures per second, over as many bytes as an answer has. */
function bareRate(): number {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const bytes = Buffer.alloc(300, 7)
  const end = performance.now() + BARE_MILLISECONDS
  let signatures = 0
  for (; performance.now() < end; signatures++) createSign('sha256').update(bytes).sign(privateKey)
  return (signatures * 1_000) / BARE_MILLISECONDS
}

function print({ each, seconds }: { each: number[]; seconds: number }, bare: number): void {
  each.sort((a, b) => a - b)
  const at = (share: number): string => (each[Math.floor(each.length * share)] ?? 0).toFixed(1)
  const rate = each.length / seconds
  const cpu = cpus()[0]?.model.trim() ?? 'unknown processor'
  const lines = [
    `ocsp: one question over HTTP, ${CONNECTIONS} connections`,
    `  machine        ${cpu}, ${availableParallelism()} cores, ${process.platform}-${process.arch}, Node ${process.versions.node}`,
    `  answered       ${each.length} in ${seconds.toFixed(2)} s`,
    `  rate           ${rate.toFixed(0)} answers/s (half in ${at(0.5)} ms, 99 % in ${at(0.99)} ms)`,
    `  bare loop      ${bare.toFixed(0)} P-256 signatures/s, one thread`,
    `  ratio          ${(rate / bare).toFixed(3)}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
