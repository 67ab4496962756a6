import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { getCACertificates, type PeerCertificate, type TLSSocket } from 'node:tls'
import { Problem } from '@scel/contract/errors'
import { whoAmI } from '@scel/contract/routes'
import { formatName, parseCertificate } from '@scel/pki/x509'
import { Value } from 'typebox/value'
import { CLOCK_TOLERANCE, explainByClock } from '../enrol/clock.ts'
import { connectionFailure } from '../enrol/connection-failure.ts'
import { parseJson } from '../enrol/desk-client.ts'
import { callHttps, type HttpsAnswer } from '../enrol/https-call.ts'
import type { Identity, KeyStore, TlsIdentity } from '../keystores/index.ts'
import type { DeskRecord } from '../state/desk-record.ts'
import { DeskRefusal, stop } from '../ui/cli-error.ts'
import type { Voice } from '../ui/voice.ts'
import type { ProbeReport, ProbeStep, StepName } from './report.ts'
import { verdictOf } from './verdict.ts'

export interface ProbeInput {
  readonly record: DeskRecord
  readonly store: KeyStore
  readonly identity: Identity & { readonly certificate: Uint8Array }
  /** Another https address than the desk's mutual-TLS door. */
  readonly url?: URL
  readonly voice: Voice
  readonly signal: AbortSignal
  now(): Date
}

/** Makes a real mutual-TLS connection with an installed certificate, step by step (E7). */
export async function probe(input: ProbeInput): Promise<ProbeReport> {
  const { record, identity, voice, signal } = input
  const steps: ProbeStep[] = []
  const certificate = parseCertificate(identity.certificate)
  const url = input.url ?? new URL(whoAmI.path, record.desk.services.mutual)
  let at: StepName = 'key'
  const ok = (says: string): void => {
    steps.push({ step: at, result: 'ok', says })
  }
  try {
    const tls = await input.store.open(identity)
    ok(voice.text('test_key_found', { key: keyText(certificate.publicKey), folder: identity.place }))

    at = 'name'
    ok(voice.text('test_name_found', { host: hostOf(url), addresses: await addressesOf(url) }))

    at = 'connection'
    const answer = await connect(input, url, tls, {
      connected: (socket) => {
        const { remoteAddress = '', remotePort = 0 } = socket
        ok(voice.text('test_connected', { address: remoteAddress, port: String(remotePort) }))
        at = 'server'
      },
      secured: (socket) => {
        ok(voice.text('test_server_chain', { names: chainNames(socket.getPeerCertificate(true)).join(' ← ') }))
        at = 'offered'
        const { name, subject } = { name: formatName(certificate.subject, 'rfc4514'), subject: certificate.serialHex }
        ok(voice.text('test_offered', { subject: name, serial: subject }))
        at = 'answer'
      },
    })
    if (input.url) {
      if (answer.status === 401 || answer.status === 403) stop('certificate_not_accepted', { status: answer.status })
      ok(voice.text('test_answered', { status: answer.status }))
      return { verdict: 'works', steps: [...steps, ...clockStep(answer.headers.date, input)] }
    }
    const saw = readAnswer(answer, url)
    if (saw.serial !== certificate.serialHex) stop('certificate_mistaken', { serial: saw.serial })
    ok(voice.text('test_saw', { subject: saw.subject, serial: saw.serial, days: saw.daysLeft }))
    return { verdict: 'works', steps: [...steps, ...clockStep(saw.now, input)], saw }
  } catch (caught) {
    if (signal.aborted) throw caught
    const error = await explainByClock(caught, record.desk.services.public, input.now(), (span) => voice.span(span))
    steps.push({ step: at, result: 'failed', says: voice.words(error).message })
    return { verdict: verdictOf(error), steps, error }
  }
}

interface Progress {
  connected(socket: TLSSocket): void
  secured(socket: TLSSocket): void
}

function connect(
  { record, url: other, voice, signal }: ProbeInput,
  url: URL,
  identity: TlsIdentity,
  progress: Progress,
): Promise<HttpsAnswer> {
  const own = [record.roots.desk, record.roots.environment]
  return callHttps({
    origin: url.origin,
    method: 'GET',
    path: `${url.pathname}${url.search}`,
    // Other servers may have a certificate from anywhere the system trusts, or from our own root.
    roots: other ? [...own, ...getCACertificates('default')] : [record.roots.desk],
    headers: { accept: 'application/json, application/problem+json, */*', 'accept-language': voice.language },
    identity,
    signal,
    onSocket(socket) {
      socket.once('connect', () => progress.connected(socket))
      socket.once('secureConnect', () => progress.secured(socket))
    },
  })
}

function readAnswer({ status, body }: HttpsAnswer, url: URL) {
  const value = parseJson(body)
  if (status === 200 && Value.Check(whoAmI.output, value)) return value
  if (Value.Check(Problem, value)) throw new DeskRefusal(value)
  return stop('answer_unreadable', { host: url.host, status })
}

/** Compares our clock with what the server said, over a connection that was verified. */
function clockStep(theirs: string | undefined, { voice, now }: ProbeInput): ProbeStep[] {
  const there = new Date(theirs ?? '')
  if (Number.isNaN(there.getTime())) return []
  const ahead = now().getTime() - there.getTime()
  if (Math.abs(ahead) < CLOCK_TOLERANCE) return [{ step: 'clock', result: 'ok', says: voice.text('test_clock_right') }]
  const span = voice.span(ahead)
  const says = ahead > 0 ? voice.text('test_clock_ahead', { span }) : voice.text('test_clock_behind', { span })
  return [{ step: 'clock', result: 'warning', says }]
}

async function addressesOf(url: URL): Promise<string> {
  const host = hostOf(url)
  if (isIP(host)) return host
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address).join(', ')
  } catch (error) {
    throw connectionFailure(error, url)
  }
}

/** Names of the chain that the server showed, its own first. */
function chainNames(leaf: PeerCertificate & { issuerCertificate?: PeerCertificate }): string[] {
  const names: string[] = []
  const seen = new Set<string>()
  let next: (PeerCertificate & { issuerCertificate?: PeerCertificate }) | undefined = leaf
  while (next?.fingerprint256 && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256)
    names.push([next.subject?.CN ?? next.subject?.O ?? '?'].flat().join(' '))
    next = next.issuerCertificate
  }
  return names
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')
const keyText = ({ kind, bits, spec }: { kind: string; bits: number; spec?: string }): string =>
  spec ?? `${kind} ${bits}`
