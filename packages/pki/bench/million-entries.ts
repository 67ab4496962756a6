// One process of crl.bench.ts: writes a CRL of a million entries into a file, or reads it from there, or both in memory,
// and prints what that took.

import { readFileSync, writeFileSync } from 'node:fs'
import { defaultSignature } from '../src/algorithms/index.ts'
import { generateKeyPair, sign } from '../src/crypto/index.ts'
import type { CrlEntryInput } from '../src/x509/index.ts'
import { assembleSigned, buildName, buildTbsCrl, crlEntry, makeExtension, parseCrl } from '../src/x509/index.ts'

const ENTRIES = 1_000_000
const ASKED = 1_000
const START = Date.UTC(2026, 0, 1)

const [what, file] = process.argv.slice(2) as ['write' | 'read' | 'both', string]
const seconds: Record<string, number> = {}
let der: Uint8Array = new Uint8Array(0)
if (what !== 'read') {
  const { privateKey } = await generateKeyPair('ec-p256')
  const elapsed = stopwatch()
  const row = defaultSignature('ec-p256')
  const tbs = buildTbsCrl({
    signature: row,
    issuer: buildName([{ type: 'commonName', value: 'Scel Machines' }]),
    thisUpdate: new Date(START),
    nextUpdate: new Date(START + 7 * 86_400_000),
    entries: entries(),
    extensions: [makeExtension('cRLNumber', 1n)],
  })
  der = assembleSigned(tbs, row, await sign(privateKey, tbs, row))
  seconds.write = elapsed()
  if (what === 'write') writeFileSync(file, der)
} else {
  der = readFileSync(file)
}
if (what !== 'write') {
  const elapsed = stopwatch()
  const crl = parseCrl(der)
  for (let i = 0; i < ASKED; i++) {
    // Half of them are listed.
    const listed = i % 2 === 0
    const found = crlEntry(crl, serialOf(listed ? i * 997 : ENTRIES + i))
    if ((found !== undefined) !== listed) throw new Error('a serial of this benchmark is not found, or one too many')
  }
  seconds.read = elapsed()
}
const peak = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify({ seconds, bytes: der.length, peak }))

/** Seconds since: by the clock, or by the processor time of all threads where others kept this process waiting. */
function stopwatch(): () => number {
  const start = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return Math.min(performance.now() - start, (user + system) / 1_000) / 1_000
  }
}

function* entries(): Generator<CrlEntryInput> {
  for (let i = 0; i < ENTRIES; i++) {
    const entry = { serial: serialOf(i), revokedAt: new Date(START - i * 7_000) }
    yield i % 2 === 0 ? entry : { ...entry, reason: 'superseded' }
  }
}

/** Sixteen octets that look as if they were drawn, the last three of which count. */
function serialOf(i: number): Uint8Array {
  const serial = new Uint8Array(16)
  let state = i
  for (let at = 0; at < 13; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    serial[at] = state >>> 24
  }
  serial[0] = 0x41
  serial[13] = i >> 16
  serial[14] = i >> 8
  serial[15] = i
  return serial
}
