import type { TLSSocket } from 'node:tls'
import { type OutputOf, whoAmI } from '@scel/contract/routes'
import { Problem } from '@scel/contract/values'
import { type Certificate, nameValue, parseCertificate } from '@scel/pki/x509'
import { Value } from 'typebox/value'
import { CLOCK_TOLERANCE, explainByClock } from '../enrol/clock.ts'
import { callHttps, type HttpsAnswer } from '../enrol/https-call.ts'
import { parseJson } from '../enrol/parse-json.ts'
import type { TlsMaterial } from '../keystores/index.ts'
import { DeskRefusal, stop } from '../ui/cli-error.ts'
import { formatSpan } from '../ui/language.ts'
import { addressesOf, chainNames, hostOf, rootsForOthers } from './peer.ts'
import type { ProbeReport } from './report.ts'
import { deskOf, type ProbeInput, Steps } from './steps.ts'

/** Makes a real mutual-TLS connection with an installed certificate, step by step (E7, E14). */
export async function probeClient(input: ProbeInput): Promise<ProbeReport> {
  const { record, identity, language, signal } = input
  const steps = new Steps()
  const certificate = parseCertificate(identity.certificate)
  const url = input.url ?? new URL(whoAmI.path, deskOf(input).desk.services.mutual)
  let tls: TlsMaterial | undefined
  try {
    tls = await input.store.tls(identity)
    steps.ok({ found: 'key', key: keyText(certificate), folder: identity.place })
    steps.begin('name')
    steps.ok({ found: 'name', host: hostOf(url), addresses: await addressesOf(url) })
    const answer = await connect(input, url, tls, certificate, steps)
    if (input.url) {
      if (answer.status === 401 || answer.status === 403) stop('certificate_not_accepted', { status: answer.status })
      steps.ok({ found: 'answered', status: answer.status })
      compareClocks(steps, answer.headers.date, input)
      return steps.works('client')
    }
    const saw = readAnswer(answer, url)
    if (saw.serial !== certificate.serialHex) stop('certificate_mistaken', { serial: saw.serial })
    steps.ok({ found: 'saw', subject: saw.subject, serial: saw.serial, days: saw.daysLeft })
    compareClocks(steps, saw.now, input)
    return steps.works('client', saw)
  } catch (error) {
    if (signal.aborted) throw error
    const span = (length: number): string => formatSpan(length, language)
    const explained = record ? await explainByClock(error, record.desk.services.public, input.now(), span) : error
    const why = tls?.failure?.() ?? explained
    return steps.failed('client', why)
  }
}

function connect(
  input: ProbeInput,
  url: URL,
  identity: TlsMaterial,
  certificate: Certificate,
  steps: Steps,
): Promise<HttpsAnswer> {
  const connected = ({ remoteAddress = '', remotePort = 0 }: TLSSocket): void => {
    steps.ok({ found: 'connected', address: remoteAddress, port: remotePort })
    steps.begin('server')
  }
  const secured = (socket: TLSSocket): void => {
    steps.ok({ found: 'chain', names: chainNames(socket.getPeerCertificate(true)) })
    const name = nameValue(certificate.subject, 'commonName') ?? ''
    steps.ok({ found: 'offered', name, serial: certificate.serialHex }, 'offered')
    steps.begin('answer')
  }
  const { url: other, language, signal } = input
  steps.begin('connection')
  return callHttps({
    origin: url.origin,
    method: 'GET',
    path: `${url.pathname}${url.search}`,
    roots: other ? rootsForOthers(input) : [deskOf(input).roots.tls],
    headers: { accept: 'application/json, application/problem+json, */*', 'accept-language': language },
    identity,
    signal,
    onSocket(socket) {
      socket.once('connect', () => connected(socket))
      socket.once('secureConnect', () => secured(socket))
    },
  })
}

function readAnswer({ status, body }: HttpsAnswer, url: URL): OutputOf<typeof whoAmI> {
  const value = parseJson(body)
  if (status === 200 && Value.Check(whoAmI.output, value)) return value
  if (Value.Check(Problem, value)) throw new DeskRefusal(value)
  return stop('answer_unreadable', { host: url.host, status })
}

/** Compares our clock with what the server said, over a connection that was verified. */
function compareClocks(steps: Steps, theirs: string | undefined, { now }: ProbeInput): void {
  const there = new Date(theirs ?? '')
  if (Number.isNaN(there.getTime())) return
  const ahead = now().getTime() - there.getTime()
  if (Math.abs(ahead) < CLOCK_TOLERANCE) steps.ok({ found: 'clock', ahead }, 'clock')
  else steps.warn({ found: 'clock', ahead }, 'clock')
}

/** A key as people name it. */
export const keyText = ({ publicKey: { kind, bits, spec } }: Certificate): string => spec ?? `${kind} ${bits}`
