import type { Scope } from '../../scope.ts'
import type { Readers } from '../../work.ts'
import { certificateOf } from './certificate-of.ts'

/** Whose lists will say so, once all that a person signs in with is revoked. */
export async function authoritiesOf(
  stores: Pick<Readers, 'credentials' | 'certificates'>,
  scope: Scope,
  person: string,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const credential of await stores.credentials.openOf(scope, person)) {
    const certificate = await certificateOf(stores, credential)
    if (certificate) found.add(certificate.authority)
  }
  return found
}
