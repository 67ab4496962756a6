import type { Certificate } from '../../certificates/certificate.ts'
import type { Readers, Stores } from '../../work.ts'
import type { Instant } from '../../world.ts'
import type { Credential, CredentialRules } from '../credential.ts'
import { certificateOf } from './certificate-of.ts'

/** A certificate of the desk's own, shown in a handshake: its key lies in the person's hands alone. */
export const CERTIFICATE_RULES: CredentialRules = {
  isNamed: true,
  check: async (stores, credential, now) => {
    const certificate = await certificateOf(stores, credential)
    if (!certificate || certificate.revoked || certificate.notAfter < now) return 'certificate'
    return credential.ended && 'credential'
  },
}

interface New {
  readonly person: string
  readonly certificate: Pick<Certificate, 'id' | 'environment' | 'authority' | 'serial'>
  readonly name?: string | undefined
  /** What the session began with in which its holder made it for themselves. */
  readonly madeWith?: string | undefined
  /** The number of the request by which it was decided that it takes the place of all others; none where it is added to them. */
  readonly decided?: number | undefined
}

/** It is called as its certificate is: there is one for each. */
function certificateCredential({ person, certificate, name = '', madeWith }: New, at: Instant): Credential {
  const { id, environment } = certificate
  return {
    ...{ id, environment, person, kind: 'certificate', strength: 'high' },
    ...{ handle: certificateHandle(certificate), name, certificate: id, createdAt: at },
    ...(madeWith === undefined ? {} : { madeWith }),
  }
}

/** The credential that a certificate is. It is found by issuer and serial as recorded when it was issued, never by a name or an address. */
export async function credentialOf(
  stores: Pick<Readers, 'credentials'>,
  certificate: Pick<Certificate, 'environment' | 'authority' | 'serial'>,
): Promise<Credential | undefined> {
  const found = await stores.credentials.findByHandle('certificate', certificateHandle(certificate))
  return found?.environment === certificate.environment ? found : undefined
}

export const placeCertificate = (stores: Pick<Stores, 'credentials'>, made: New, at: Instant): Promise<void> =>
  stores.credentials.insert(certificateCredential(made, at), made.decided)

const certificateHandle = ({ authority, serial }: Pick<Certificate, 'authority' | 'serial'>): string =>
  `${authority} ${serial}`
