import type { Certificate } from '../../certificates/certificate.ts'
import type { Readers } from '../../work.ts'
import type { Instant } from '../../world.ts'
import type { Credential, CredentialRules } from '../credential.ts'
import { certificateOf } from './certificate-of.ts'

/** A certificate of the desk's own, shown in a handshake: its key lies in the person's hands alone. */
export const CERTIFICATE_RULES: CredentialRules = {
  check: async (stores, credential, now) => {
    const certificate = await certificateOf(stores, credential)
    if (!certificate || certificate.revoked || certificate.notAfter < now) return 'certificate'
    return credential.ended && 'credential'
  },
}

interface New {
  readonly person: string
  readonly certificate: Pick<Certificate, 'id' | 'environment' | 'authority' | 'serial'>
  readonly at: Instant
  readonly name?: string
}

/** What a certificate is to its holder. It is called as the certificate is: there is one for each. */
export const certificateCredential = ({ person, certificate, at, name = '' }: New): Credential => ({
  ...{ id: certificate.id, environment: certificate.environment, person, kind: 'certificate' },
  ...{ strength: 'high', handle: certificateHandle(certificate), name },
  ...{ certificate: certificate.id, createdAt: at },
})

/** The credential that a certificate is. It is found by issuer and serial as recorded when it was issued, never by a name or an address. */
export async function credentialOf(
  stores: Pick<Readers, 'credentials'>,
  certificate: Pick<Certificate, 'environment' | 'authority' | 'serial'>,
): Promise<Credential | undefined> {
  const { environment } = certificate
  return stores.credentials.findByHandle({ environment }, 'certificate', certificateHandle(certificate))
}

const certificateHandle = ({ authority, serial }: Pick<Certificate, 'authority' | 'serial'>): string =>
  `${authority} ${serial}`
