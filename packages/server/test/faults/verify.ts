import { X509Certificate } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { fromHex } from '@scel/pki/bytes'
import { crlEntry, parseCrl } from '@scel/pki/x509'
import { ask } from '../../src/store/testing/ask.ts'
import { call, expectOk, type Visitor } from '../../src/testing/index.ts'
import type { Ledger } from './ledger.ts'
import type { Scene } from './scene.ts'

/** What the desk said at earlier looks: numbers of lists and of lines only go up. */
export interface Seen {
  readonly lists: Map<string, number>
  /** Certificates of requests: none ever becomes another. */
  readonly serials: Map<number, string>
  line: number
  /** Serial numbers with how often the log says that they were issued. */
  readonly issued: Map<string, number>
  /** Requests with how often the log says that they were approved. */
  readonly approvals: Map<string, number>
}

export const nothingSeen = (): Seen => ({
  lists: new Map(),
  serials: new Map(),
  line: 0,
  issued: new Map(),
  approvals: new Map(),
})

export interface Findings {
  /** Acknowledged, and not there, or otherwise than it was said. */
  readonly lost: string[]
  readonly doubled: string[]
  /** Half, or against another rule. */
  readonly wrong: string[]
  /** Submissions without a sure answer that were stored, and that were not. */
  readonly stored: number
  readonly absent: number
}

/** Compares what the desk has with what its callers were told. The desk was started anew and nobody is at work. */
export async function verify(scene: Scene, ledger: Ledger, seen: Seen): Promise<Findings> {
  const lost: string[] = []
  const doubled: string[] = []
  const wrong: string[] = []
  await ready(scene, wrong)
  const { administrator } = scene
  const requests = await everything<RequestRow>(administrator, '/api/requests')
  const certificates = await everything<CertificateRow>(administrator, '/api/certificates?profile=workstation')
  const byName = Map.groupBy(requests, ({ commonName }) => commonName)
  const byNumber = new Map(requests.map((request) => [request.number, request]))
  const byId = new Map(certificates.map((certificate) => [certificate.id, certificate]))

  for (const [name, rows] of byName) if (rows.length > 1) doubled.push(`${rows.length} requests of ${name}`)
  for (const [serial, rows] of Map.groupBy(certificates, ({ serial }) => serial)) {
    if (rows.length > 1) doubled.push(`${rows.length} certificates with serial ${serial}`)
  }
  const ofRequests = Map.groupBy(
    certificates.filter(({ request }) => request !== undefined),
    ({ request }) => request!,
  )
  for (const [number, rows] of ofRequests)
    if (rows.length > 1) doubled.push(`${rows.length} certificates of request ${number}`)

  for (const [name, { number, serial }] of ledger.submitted) {
    const [row] = byName.get(name) ?? []
    if (row?.number !== number) lost.push(`request ${number} of ${name}`)
    else if (serial !== undefined && row.certificate?.serial !== serial)
      lost.push(`certificate ${serial} of request ${number}`)
  }
  for (const number of ledger.approved) {
    if (!byNumber.get(number)?.certificate) lost.push(`approval of request ${number}`)
  }
  for (const number of ledger.rejected) {
    if (byNumber.get(number)?.state !== 'rejected') lost.push(`rejection of request ${number}`)
  }
  for (const [number, pem] of ledger.fetched) {
    const serial = BigInt(`0x${new X509Certificate(pem).serialNumber}`)
    if (serial !== BigInt(`0x${byNumber.get(number)?.certificate?.serial ?? '0'}`))
      lost.push(`what request ${number} fetched`)
  }
  for (const id of ledger.revoked) if (byId.get(id)?.status !== 'revoked') lost.push(`revocation of ${id}`)
  for (const name of ledger.denied) if (byName.has(name)) wrong.push(`${name} was stored, and called refused`)
  for (const { number, state, certificate } of requests) {
    if (GRANTED.has(state) && !certificate) wrong.push(`request ${number} is ${state} and has no certificate`)
    if (!GRANTED.has(state) && state !== 'revoked' && certificate)
      wrong.push(`request ${number} is ${state} and has one`)
    const before = seen.serials.get(number)
    if (before !== undefined && before !== certificate?.serial) wrong.push(`request ${number} had another certificate`)
    if (certificate) seen.serials.set(number, certificate.serial)
  }

  await readLog(administrator, seen, wrong)
  for (const { serial, request } of certificates) {
    const times = seen.issued.get(serial) ?? 0
    if (times !== 1) wrong.push(`the log says ${times} times that ${serial} was issued`)
    const decisions = seen.approvals.get(String(request)) ?? 0
    if (decisions !== 1) wrong.push(`the log says ${decisions} times that request ${request} was approved`)
  }
  await readLists(scene, certificates, seen, wrong)
  const [open] = await ask(scene.database, 'SELECT count(*) AS open FROM intent')
  if (Number(open?.open) !== 0) wrong.push(`${open?.open} intents stayed open`)
  if (scene.database.kind === 'sqlite') {
    const [sound] = await ask(scene.database, 'PRAGMA integrity_check')
    if (sound?.integrity_check !== 'ok') wrong.push(`the database: ${sound?.integrity_check}`)
  }
  const stored = [...ledger.uncertain].filter((name) => byName.has(name)).length
  return { lost, doubled, wrong, stored, absent: ledger.uncertain.size - stored }
}

interface RequestRow {
  readonly number: number
  readonly commonName: string
  readonly state: string
  readonly certificate?: { readonly serial: string }
}
interface CertificateRow {
  readonly id: string
  readonly serial: string
  readonly status: string
  readonly request?: number
}

const GRANTED: ReadonlySet<string> = new Set(['approved', 'downloaded', 'installed'])

/** After a clock that was ahead, the desk says for ten minutes that it is not ready, and why: that is right. */
async function ready({ desk }: Scene, wrong: string[]): Promise<void> {
  let said = ''
  for (let attempt = 0; attempt < 40; attempt++) {
    const { status, json } = await call(`${desk.services.public}/health/ready`)
    if (status === 200 || json.facts?.part === 'clock') return
    said = json.detail
    await pause(500)
  }
  wrong.push(`the desk is not ready: ${said}`)
}

async function everything<Row>(visitor: Visitor, path: string): Promise<Row[]> {
  const rows: Row[] = []
  for (let after = ''; ; ) {
    const join = path.includes('?') ? '&' : '?'
    const { json } = await expectOk(visitor.get(`${path}${join}size=200${after && `&after=${after}`}`))
    rows.push(...json.items)
    if (!json.next) return rows
    after = encodeURIComponent(json.next)
  }
}

interface Line {
  readonly number: number
  readonly action: string
  readonly outcome: string
  readonly target: { readonly id: string }
  readonly facts: { readonly serial?: string }
}

/** The lines since the last look, newest first. */
async function readLog(visitor: Visitor, seen: Seen, wrong: string[]): Promise<void> {
  const fresh: Line[] = []
  for (let after = ''; ; ) {
    const { json } = await expectOk(visitor.get(`/api/audit?size=200${after && `&after=${after}`}`))
    const lines: Line[] = json.items
    fresh.push(...lines.filter(({ number }) => number > seen.line))
    if (!json.next || lines.some(({ number }) => number <= seen.line)) break
    after = encodeURIComponent(json.next)
  }
  for (const [at, { number }] of fresh.entries()) {
    if (at > 0 && number >= fresh[at - 1]!.number) wrong.push(`line ${number} of the log stands twice, or out of order`)
  }
  const more = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { action, outcome, target, facts } of fresh) {
    if (action === 'certificate.issued') more(seen.issued, facts.serial ?? '')
    if (action === 'request.approved' && outcome === 'done') more(seen.approvals, target.id)
  }
  seen.line = fresh[0]?.number ?? seen.line
}

/** Every list has a number that is not lower than before, and names every revoked certificate. */
async function readLists(
  { desk, administrator }: Scene,
  certificates: readonly CertificateRow[],
  seen: Seen,
  wrong: string[],
): Promise<void> {
  const { json } = await expectOk(administrator.get('/api/authorities'))
  for (const { id, purpose, crl } of json.items as { id: string; purpose: string; crl: { number: number } }[]) {
    if (crl.number < (seen.lists.get(id) ?? 0))
      wrong.push(`list ${crl.number} of ${purpose} came after ${seen.lists.get(id)}`)
    seen.lists.set(id, crl.number)
    if (purpose !== 'machines') continue
    const list = parseCrl((await call(`${desk.services.public}/crl/${id}.crl`)).bytes)
    for (const { serial, status } of certificates) {
      if (status === 'revoked' && !crlEntry(list, fromHex(serial)))
        wrong.push(`${serial} is revoked and not on the list`)
    }
  }
}
