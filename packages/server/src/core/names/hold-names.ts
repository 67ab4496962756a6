import type { Stores } from '../work.ts'
import type { NameClaim, NamedCertificate } from './name.port.ts'
import { type HeldName, namesOfRequest } from './names-of.ts'

/** The names that a request asks for are its own from its submission on, in the unit that stores it. */
export const claimNames = (
  stores: Pick<Stores, 'names'>,
  request: NameClaim & Parameters<typeof namesOfRequest>[0],
): Promise<void> => stores.names.claim(request, namesOfRequest(request))

/** Those of a certificate, in the unit that stores it. */
export const certifyNames = (
  stores: Pick<Stores, 'names'>,
  certificate: NamedCertificate,
  names: readonly HeldName[],
): Promise<void> => stores.names.certify(certificate, names)
