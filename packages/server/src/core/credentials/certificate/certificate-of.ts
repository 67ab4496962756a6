import type { Certificate } from '../../certificates/certificate.ts'
import type { Readers } from '../../work.ts'
import type { Credential } from '../credential.ts'

/**
 * The certificate that a credential is. It is found by issuer and serial, as the credential says them under its code: the row of a certificate has
 * none, so that by its id it could be another's, or nobody's.
 * @returns undefined of what is no certificate
 */
export async function certificateOf(
  { certificates }: Pick<Readers, 'certificates'>,
  { environment, kind, handle }: Pick<Credential, 'environment' | 'kind' | 'handle'>,
): Promise<Certificate | undefined> {
  if (kind !== 'certificate') return undefined
  const [authority = '', serial = ''] = handle.split(' ')
  const found = await certificates.findBySerial(authority, serial)
  return found?.environment === environment ? found : undefined
}
