import { refuse } from '@scel/contract/errors'
import type { Core } from '../../core/core.ts'
import { shared } from '../http/connections/shared.ts'
import type { HandlersOf } from './handlers.ts'

type Names =
  | 'listCertificates'
  | 'getCertificate'
  | 'downloadCertificate'
  | 'revokeCertificate'
  | 'listMadeWith'
  | 'listAuthorities'
  | 'downloadCrl'
  | 'listAudit'
  | 'listProfiles'
  | 'readLogHead'

export function certificateHandlers({
  certificates,
  madeWith,
  profiles,
  authorities,
  revocation,
  audit,
  log,
  ceremonies,
}: Core): HandlersOf<Names> {
  return {
    listCertificates: async ({ actor, query }) => certificates.list(actor, query),
    getCertificate: async ({ actor, params }) => certificates.detail(actor, params.id),
    downloadCertificate: async ({ actor, params, query, reply }) => {
      const { content, mediaType, fileName } = await certificates.file(actor, params.id, query.form)
      await reply.type(mediaType).header('content-disposition', attachment(fileName)).send(Buffer.from(content))
    },
    revokeCertificate: async ({ actor, params, body }) => certificates.revoke(actor, params.id, body.reason),
    listProfiles: async ({ actor }) => profiles.list(actor),
    listMadeWith: async ({ actor, params }) => madeWith.of(actor, params.id),
    listAuthorities: async ({ actor }) => {
      const { items } = await authorities.list(actor)
      const due = await ceremonies.dueFor(actor)
      const waiting = due?.map(({ what, until }) => ({ what, ...(until !== undefined && { until }) }))
      return { items, ...(waiting && { ceremonies: waiting }) }
    },
    downloadCrl: async ({ params, reply }) => {
      // Everybody may have it: it stands at the public door too.
      const { der } = (await revocation.crl(params.id)) ?? refuse('not_found', { what: 'authority' })
      await reply.type('application/pkix-crl').header('cache-control', 'no-cache').send(shared(der))
    },
    listAudit: async ({ actor, query }) => audit.list(actor, query),
    readLogHead: async ({ actor }) => log.head(actor),
  }
}

/** RFC 6266 §4.3: a plain name for everybody, and the real one for those who read it. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^A-Za-z0-9._-]/g, '_')
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}
