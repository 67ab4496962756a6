import type { Certificate } from '../../certificates/certificate.ts'
import type { Scope } from '../../scope.ts'
import type { Readers } from '../../work.ts'
import type { Credential } from '../credential.ts'
import { certificateOf } from './certificate-of.ts'

/**
 * The certificates of credentials, and of those whose rows somebody took away.
 * @param lost ids of certificates
 */
export async function certificatesOf(
  stores: Pick<Readers, 'certificates'>,
  scope: Scope,
  credentials: readonly Credential[],
  lost: readonly string[],
): Promise<Certificate[]> {
  const found: (Certificate | undefined)[] = []
  for (const one of credentials) found.push(await certificateOf(stores, one))
  for (const id of lost) found.push(await stores.certificates.find(scope, id))
  return found.filter((one) => one !== undefined)
}
