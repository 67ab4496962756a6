import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'

/**
 * The certificate this connection's peer showed and proved to hold, DER; undefined when they showed none.
 *
 * Asked of the socket at every call. On a resumed TLS session it is the one of the session's first handshake, which is
 * why the judge looks at it again each time: a ticket outlives a revocation.
 */
export function shownCertificate({ raw }: Pick<FastifyRequest, 'raw'>): Uint8Array | undefined {
  const socket = raw.socket as Partial<TLSSocket>
  return socket.getPeerX509Certificate?.()?.raw
}

/** How the connection is secured: version, cipher, and whether it resumed an earlier session. */
export function connectionOf({ raw }: Pick<FastifyRequest, 'raw'>): {
  version: string
  cipher: string
  resumed: boolean
} {
  const socket = raw.socket as TLSSocket
  return {
    version: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher()?.standardName ?? 'unknown',
    resumed: socket.isSessionReused(),
  }
}
