import { formatName, parseCertificate } from '@scel/pki/x509'
import type { World } from '../../core/world.ts'
import type { HandlersOf } from '../api/handlers.ts'
import { connectionOf } from './shown-certificate.ts'

/** The protected sample API (E7, E14): what the desk saw of the caller's certificate, judged at this very call. */
export function mutualHandlers(world: World): HandlersOf<'whoAmI'> {
  return {
    whoAmI: async ({ actor: { environment, certificate, organisation, daysLeft }, request }) => {
      const { subject, issuer } = parseCertificate(certificate.der)
      return {
        environment,
        subject: formatName(subject, 'rfc4514'),
        commonName: certificate.commonName,
        issuer: formatName(issuer, 'rfc4514'),
        serial: certificate.serial,
        notBefore: certificate.notBefore,
        notAfter: certificate.notAfter,
        daysLeft,
        revocation: 'good', // the judge refuses everything else
        ...(organisation && { organisation }),
        ...(certificate.request !== undefined && { request: certificate.request }),
        now: world.now().toISOString(),
        tls: connectionOf(request),
      }
    },
  }
}
