import { refuse } from '@scel/contract/errors'
import type { PublicCore } from '../../core/public-core.ts'
import { shared } from '../http/connections/shared.ts'
import type { Door } from '../http/door/door.ts'

type Needs = Pick<PublicCore, 'revocation' | 'authorities'>

/**
 * Lists and authority certificates, at the addresses that certificates carry: plain HTTP, because whoever fetches them
 * may not yet be able to check a TLS certificate, and they are signed anyway (RFC 5280 §4.2.1.13, RFC 2585 §4).
 */
export function addRevocationFiles(door: Door, { revocation, authorities }: Needs): void {
  door.get<{ Params: { id: string } }>('/crl/:id.crl', async ({ params }, reply) => {
    const crl = (await revocation.crl(params.id)) ?? refuse('not_found', { what: 'authority' })
    return reply
      .header('cache-control', `public, max-age=${FRESH}, must-revalidate`)
      .header('last-modified', new Date(crl.thisUpdate).toUTCString())
      .header('expires', new Date(crl.nextUpdate).toUTCString())
      .type('application/pkix-crl')
      .send(shared(crl.der))
  })
  door.get<{ Params: { id: string } }>('/ca/:id.cer', async ({ params }, reply) => {
    const der = (await authorities.certificate(params.id)) ?? refuse('not_found', { what: 'authority' })
    return reply.header('cache-control', 'public, max-age=86400').type('application/pkix-cert').send(Buffer.from(der))
  })
}

/** Seconds a relay may keep a list: a revocation must not wait for the week that the list itself is good for. */
const FRESH = 60
