import { constants } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { type AddressInfo, isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { refuseGarbage } from './garbage.ts'

/** PEM certificates (leaf first) and key, with the authorities whose certificates a door accepts. */
export interface TlsIdentity {
  readonly chain: string
  readonly key: string
}

export interface TlsDoor extends TlsIdentity {
  /**
   * Ask for a client certificate, naming these authorities (PEM), so that a browser offers the right ones. The handshake
   * takes any certificate or none: the judge decides on each call, with a reason that can be read.
   */
  readonly askFor?: readonly string[]
}

type Routing = (request: http.IncomingMessage, response: http.ServerResponse) => void

/** Every address a door listens on, as one thing. */
export interface Listener {
  readonly port: number
  /** Takes a new certificate without a restart; connections that stand keep the old one. */
  renew(tls: TlsDoor): void
  /** Takes no new connections, lets calls under way finish for `grace` milliseconds, then cuts. */
  close(grace: number): Promise<void>
}

export interface ListenOptions {
  readonly routing: Routing
  readonly port: number
  /** Addresses or names; undefined listens everywhere. */
  readonly hosts: readonly string[] | undefined
  readonly tls?: TlsDoor
}

// A call has 30 s to arrive whole, its headers 10 s: a peer that sends a byte a minute holds no door open.
const HTTP: http.ServerOptions = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  requireHostHeader: true,
  insecureHTTPParser: false,
}

/** @throws Error of the system (EADDRINUSE, EACCES) when a port cannot be had; nothing listens then */
export async function listen({ routing, port, hosts, tls }: ListenOptions): Promise<Listener> {
  const servers: (http.Server | https.Server)[] = []
  let settled = port
  try {
    for (const host of await addressesOf(hosts)) {
      const server = tls
        ? https.createServer({ ...HTTP, ...tlsOptions(tls) }, routing)
        : http.createServer(HTTP, routing)
      server.maxHeadersCount = 100
      server.maxRequestsPerSocket = 10_000
      server.on('clientError', refuseGarbage)
      server.on('tlsClientError', (_error: Error, socket: TLSSocket) => socket.destroy())
      if (await bound(server, settled, host)) {
        servers.push(server)
        settled = (server.address() as AddressInfo).port
      }
    }
  } catch (error) {
    await Promise.all(servers.map((server) => closed(server, 0)))
    throw error
  }
  return {
    port: settled,
    renew(next) {
      for (const server of servers) if (server instanceof https.Server) server.setSecureContext(tlsOptions(next))
    },
    async close(grace) {
      await Promise.all(servers.map((server) => closed(server, grace)))
    },
  }
}

function tlsOptions({ chain, key, askFor }: TlsDoor): https.ServerOptions {
  return {
    cert: chain,
    key,
    minVersion: 'TLSv1.2',
    // Forward secrecy and authenticated encryption only, for those who still speak TLS 1.2 (RFC 9325 §4.2).
    ciphers:
      'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL',
    honorCipherOrder: true,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION, // one handshake, one certificate, for the whole connection
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: 10_000,
    ...(askFor && { requestCert: true, rejectUnauthorized: false, ca: [...askFor] }),
  }
}

const SEVERAL = ['127.0.0.1', '::1']

/** `localhost` is two addresses, everywhere is one that takes both families. */
async function addressesOf(hosts: readonly string[] | undefined): Promise<readonly (string | undefined)[]> {
  if (!hosts) return [undefined]
  const each = hosts.map(async (host) => {
    if (isIP(host)) return [host]
    if (host === 'localhost') return SEVERAL
    return (await lookup(host, { all: true })).map(({ address }) => address)
  })
  return [...new Set((await Promise.all(each)).flat())]
}

/** @returns false when the machine has no such address family: `::1` is missing on many containers */
async function bound(server: http.Server, port: number, host: string | undefined): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ port, ...(host && { host }) }, resolve)
  try {
    await promise
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (host === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) return false
    throw error
  } finally {
    server.off('error', reject)
  }
}

async function closed(server: http.Server, grace: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), grace)
  await promise
  clearTimeout(cut)
}
