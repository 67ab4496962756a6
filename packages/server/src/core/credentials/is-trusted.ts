import type { Scope } from '../scope.ts'
import type { Readers } from '../work.ts'
import { certificateOf } from './certificate/certificate-of.ts'

/**
 * Whether what was made with a credential still comes about and goes on: nobody ended that one and, where it is a certificate, nobody revoked it. One
 * that has expired was theirs to the end.
 */
export async function isTrusted(
  stores: Pick<Readers, 'credentials' | 'certificates'>,
  scope: Scope,
  id: string | undefined,
): Promise<boolean> {
  const credential = id === undefined ? undefined : await stores.credentials.find(scope, id)
  if (!credential || credential.ended) return false
  if (credential.certificate === undefined) return true
  const certificate = await certificateOf(stores, credential)
  return certificate !== undefined && !certificate.revoked
}
