import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { equal } from '@scel/pki/bytes'
import { fail } from '@scel/pki/errors'
import { type Certificate, formatName, nameValue, parseCertificate } from '@scel/pki/x509'
import { connectionFailure } from '../enrol/connection-failure.ts'
import { callHttps } from '../enrol/https-call.ts'
import type { TlsMaterial } from '../keystores/index.ts'
import { stop } from '../ui/cli-error.ts'
import { askOcsp } from './ask-ocsp.ts'
import { addressesOf, chainNames, hostOf, rootsForOthers } from './peer.ts'
import { keyText } from './probe-client.ts'
import type { ProbeReport } from './report.ts'
import { deskOf, type ProbeInput, Steps } from './steps.ts'

/**
 * Tests the certificate of a server: a real TLS connection to it — to the address given, or to a listener of this
 * program that serves nobody else — checks chain and name as every client will; the authority is asked whether it is
 * revoked.
 */
export async function probeServer(input: ProbeInput): Promise<ProbeReport> {
  const { identity, signal, url } = input
  const steps = new Steps()
  const certificate = parseCertificate(identity.certificate)
  let tls: TlsMaterial | undefined
  try {
    tls = await input.store.tls(identity)
    steps.ok({ found: 'key', key: keyText(certificate), folder: identity.place })
    if (url) await connectElsewhere(input, url, steps)
    else await connectHere(input, tls, nameValue(certificate.subject, 'commonName') ?? '', steps)
    const [issuer = identity.root] = identity.chain
    // Of what a desk certified the issuer is there. Who brought a certificate without it cannot have its status asked.
    if (issuer || input.record) {
      steps.begin('revocation')
      await checkStatus(certificate, parseCertificate(issuer ?? new Uint8Array()), input.now(), signal)
      const left = Math.floor((certificate.notAfter.getTime() - input.now().getTime()) / DAY)
      steps.ok({ found: 'not_revoked', serial: certificate.serialHex, days: left })
    }
    return steps.works('server')
  } catch (error) {
    if (signal.aborted) throw error
    return steps.failed('server', tls?.failure?.() ?? error)
  }
}

async function connectElsewhere(input: ProbeInput, url: URL, steps: Steps): Promise<void> {
  const { identity, signal } = input
  steps.begin('name')
  steps.ok({ found: 'name', host: hostOf(url), addresses: await addressesOf(url) })
  steps.begin('connection')
  let shown: TLSSocket | undefined
  await callHttps({
    ...{
      origin: url.origin,
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      roots: rootsForOthers(input),
      signal,
    },
    onSocket(socket) {
      socket.once('connect', () => {
        const { remoteAddress = '', remotePort = 0 } = socket
        steps.ok({ found: 'connected', address: remoteAddress, port: remotePort })
        steps.begin('server')
      })
      socket.once('secureConnect', () => {
        shown = socket
      })
    },
  }).catch((error: unknown) => {
    if (!shown) throw error // a server that wants no HTTP of ours was still seen
  })
  const leaf = shown?.getPeerCertificate(true)
  if (!leaf || !equal(leaf.raw, identity.certificate)) {
    stop('certificate_other_served', { host: url.host, serial: leaf?.serialNumber?.toLowerCase() ?? '?' })
  }
  steps.ok({ found: 'chain', names: chainNames(leaf) })
}

/** Serves the certificate on a port of the loopback address for one handshake. */
async function connectHere(input: ProbeInput, tls: TlsMaterial, name: string, steps: Steps): Promise<void> {
  const { signal } = input
  const { roots } = deskOf(input)
  steps.begin('connection')
  const server = createServer(tls, (socket) => socket.end())
  server.on('tlsClientError', () => undefined) // the client's side says what is wrong
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening', { signal })
    const { port } = server.address() as AddressInfo
    steps.ok({ found: 'served_here', port })
    steps.begin('server')
    const options = {
      host: '127.0.0.1',
      port,
      servername: name,
      ca: [roots.environment],
      rejectUnauthorized: true,
    }
    const socket = connect(options)
    try {
      await once(socket, 'secureConnect', { signal })
      steps.ok({ found: 'chain', names: chainNames(socket.getPeerCertificate(true)) })
    } finally {
      socket.destroy()
    }
  } catch (error) {
    throw connectionFailure(error, new URL(`https://${name}`))
  } finally {
    server.close()
  }
}

async function checkStatus(
  certificate: Certificate,
  issuer: Certificate,
  at: Date,
  signal: AbortSignal,
): Promise<void> {
  const subject = formatName(certificate.subject, 'rfc4514')
  const answer = await askOcsp(certificate, issuer, at, signal)
  if (answer.status === 'revoked') {
    const { reason = 'unspecified', revokedAt } = answer
    fail('certificate_revoked', { subject, serial: certificate.serialHex, reason, at: revokedAt.toISOString() })
  }
  if (answer.status === 'unknown') fail('revocation_unknown', { subject, serial: certificate.serialHex })
}

const DAY = 86_400_000
