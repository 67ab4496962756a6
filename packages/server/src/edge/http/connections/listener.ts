import { constants } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { type AddressInfo, isIP, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { FastifyBaseLogger } from 'fastify'
import { makeCalls, type Routing } from './calls-under-way.ts'
import { countedBy, type Requests } from './counted-request.ts'
import { refuseGarbage } from './garbage.ts'
import { readInPieces } from './in-pieces.ts'
import { type KeptLimits, makeKeptOctets, UNFINISHED, UNREAD } from './kept-octets.ts'
import { pacedBy, type Responses } from './paced-response.ts'
import { PATIENCE, type Patience } from './patience.ts'
import { plainAddress } from './peer-address.ts'
import { makeRefusals, type Refusals } from './refusals.ts'
import { type Capacity, capacityOf, makeRoom, type Room } from './room.ts'

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

/** Every address a door listens on, as one thing. */
export interface Listener {
  readonly port: number
  /** How many connections stand, half-closed ones included. */
  readonly held: number
  /** Octets of answers that nobody has read yet. */
  readonly unread: number
  /** Octets of bodies that are not there whole. */
  readonly unfinished: number
  /** Takes a new certificate without a restart; connections that stand keep the old one. */
  renew(tls: TlsDoor): void
  /**
   * Takes no new connections and no new calls, lets those under way finish for `grace` milliseconds, then cuts. Ends as
   * soon as the last of them has.
   */
  close(grace: number): Promise<void>
}

export interface ListenOptions {
  readonly routing: Routing
  readonly port: number
  /** Addresses or names; undefined listens everywhere. */
  readonly hosts: readonly string[] | undefined
  readonly tls?: TlsDoor
  /** Of the door: whom it hangs up on is told there. */
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn'>
  /** @default as for a process that may open any number of files */
  readonly capacity?: Capacity
  readonly patience?: Partial<Patience>
  /** @default 32 MiB of each network, 128 MiB in all */
  readonly unread?: KeptLimits
  /** @default 16 MiB of each network, 64 MiB in all */
  readonly unfinished?: KeptLimits
}

type HttpOptions = http.ServerOptions<Requests, Responses>

const httpOptions = ({ headers, call, idle, look }: Patience): http.ServerOptions => ({
  maxHeaderSize: 16_384,
  headersTimeout: headers,
  requestTimeout: call,
  keepAliveTimeout: idle,
  connectionsCheckingInterval: look,
  requireHostHeader: false, // the door asks for it: Node's own refusals are counted by nobody
  insecureHTTPParser: false,
})

const CAPACITY = capacityOf(undefined, 1_000)

/** @throws Error of the system (EADDRINUSE, EACCES) when a port cannot be had; nothing listens then */
export async function listen({ routing, port, hosts, tls, log, ...limits }: ListenOptions): Promise<Listener> {
  const patience = { ...PATIENCE, ...limits.patience }
  const { capacity = CAPACITY } = limits
  const refusals = makeRefusals(log)
  const unread = makeKeptOctets({
    ...{ limits: limits.unread ?? UNREAD, moving: patience.reading, look: patience.look },
    gone: (address) => refusals.count('unread', address),
  })
  const unfinished = makeKeptOctets({
    ...{ limits: limits.unfinished ?? UNFINISHED, moving: patience.stalled, look: patience.look },
    gone: (address) => refusals.count('unfinished', address),
  })
  const options: HttpOptions = {
    ...httpOptions(patience),
    ServerResponse: pacedBy(unread),
    IncomingMessage: countedBy(unfinished, (address) => refusals.count('crumbs', address)),
  }
  const room = makeRoom(capacity)
  const servers: (http.Server | https.Server)[] = []
  const calls = makeCalls(routing, {
    pause: patience.idle + patience.headers,
    greedy: (address) => refusals.count('greedy', address),
    silent: (address) => refusals.count('silent', address),
  })
  let settled = port
  try {
    for (const host of await addressesOf(hosts)) {
      const server = tls
        ? https.createServer({ ...options, ...tlsOptions(tls), handshakeTimeout: patience.handshake }, calls.routing)
        : http.createServer(options, calls.routing)
      server.maxHeadersCount = 0 // Node would drop what is beyond without a word: the door looks at all, and counts them
      server.maxRequestsPerSocket = 10_000
      server.timeout = patience.stalled
      // Node would answer other expectations than 100-continue itself, past every limit; RFC 9110 §10.1.1 lets us ignore them.
      server.on('checkExpectation', calls.routing)
      letIn(server, room, capacity, refusals)
      hangUp(server, patience, refusals)
      if (await bound(server, settled, host)) {
        servers.push(server)
        settled = (server.address() as AddressInfo).port
      }
    }
  } catch (error) {
    unread.close()
    unfinished.close()
    refusals.close()
    await Promise.all(servers.map((server) => closed(server, 0)))
    throw error
  }
  return {
    port: settled,
    get held() {
      return room.held
    },
    get unread() {
      return unread.bytes
    },
    get unfinished() {
      return unfinished.bytes
    },
    renew(next) {
      for (const server of servers) if (server instanceof https.Server) server.setSecureContext(tlsOptions(next))
    },
    async close(grace) {
      calls.end(() => {
        for (const server of servers) server.closeIdleConnections()
      })
      await Promise.all(servers.map((server) => closed(server, grace)))
      unread.close()
      unfinished.close()
      refusals.close()
    },
  }
}

/** Gives a place to who comes, or none, before anything is read and before TLS, which costs the desk more than them. */
function letIn(server: http.Server, room: Room, { total }: Capacity, refusals: Refusals): void {
  const [serve] = server.listeners('connection') as [(this: http.Server, socket: Socket) => void]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined) return void socket.destroy() // gone already
    const address = plainAddress(remoteAddress)
    const reason = room.enter(address)
    if (reason) {
      refusals.count(reason, address)
      return void socket.destroy()
    }
    socket.once('close', () => room.leave(address))
    serve.call(server, socket)
    if (!(server instanceof https.Server)) readInPieces(socket)
  })
  server.on('secureConnection', readInPieces) // after Node's own listener
  // Node's own count, before it even makes a socket: what is beyond the room by far never becomes one.
  server.maxConnections = total
  server.on('drop', (dropped) => refusals.count('full', dropped?.remoteAddress))
}

/** Hangs up on who says nothing in time, or nothing that can be understood. */
function hangUp(server: http.Server, { farewell }: Patience, refusals: Refusals): void {
  const secured = new WeakSet<Socket>()
  server.on('secureConnection', (socket: TLSSocket) => secured.add(socket))
  // What goes wrong in a TLS handshake arrives here as well: then there is nothing to answer over.
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    const address = socket.remoteAddress
    const isLate = LATE.has(error.code ?? '')
    const isGone = error.code === 'ECONNRESET' // they hung up: nobody hung up on them
    if (socket instanceof TLSSocket && !secured.has(socket)) {
      if (!isGone) refusals.count(isLate ? 'silent' : 'handshake', address)
      return void socket.destroy()
    }
    if (!isGone && !socket.writableEnded) refusals.count(isLate ? 'silent' : 'garbage', address)
    refuseGarbage(error, socket, farewell)
  })
}

const LATE = new Set(['ERR_HTTP_REQUEST_TIMEOUT', 'ERR_TLS_HANDSHAKE_TIMEOUT'])

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
