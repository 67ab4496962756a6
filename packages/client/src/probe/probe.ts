import { extension, parseCertificate } from '@scel/pki/x509'
import { probeClient } from './probe-client.ts'
import { probeServer } from './probe-server.ts'
import type { ProbeReport } from './report.ts'
import type { ProbeInput } from './steps.ts'

/** Tests an installed certificate at what it was made for: as a client if it may be one, else as a server. */
export function probe(input: ProbeInput): Promise<ProbeReport> {
  const purposes = extension(parseCertificate(input.identity.certificate), 'extendedKeyUsage')
  const serverOnly = purposes?.includes('serverAuth') === true && !purposes.includes('clientAuth')
  return serverOnly ? probeServer(input) : probeClient(input)
}
