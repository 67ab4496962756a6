import type { Environment } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import { asSigned } from '../issuance/is-as-signed.ts'
import { isSameOwner } from '../owner.ts'
import type { Readers } from '../work.ts'
import type { ReadUnder } from './read-under.ts'
import type { Request } from './request.ts'

/**
 * Whether a certificate is of whoever its row says: this desk took in a request of theirs, with its key. Rows of certificates have no code,
 * and what was read of a request stands under one (`read-under.ts`).
 */
export const isVouchedBy = (
  readUnder: Pick<ReadUnder, 'vouchesFor'>,
  request: Request | undefined,
  { owner, key }: Pick<Certificate, 'owner' | 'key'>,
): boolean =>
  request !== undefined && request.key === key && isSameOwner(request.owner, owner) && readUnder.vouchesFor(request)

/** The same of what lines of the log name after somebody, a certificate or a request, as rows say whose it is. */
export async function isVouchedThing(
  readUnder: Pick<ReadUnder, 'vouchesFor'>,
  stores: Readers,
  environment: Environment,
  { kind, id }: { readonly kind: string; readonly id: string },
): Promise<boolean> {
  if (kind === 'request') {
    const request = await stores.requests.find({ environment }, Number(id))
    return request !== undefined && readUnder.vouchesFor(request)
  }
  const certificate = await stores.certificates.find({ environment }, id)
  if (certificate === undefined || (await asSigned(stores, [certificate])).length === 0) return false
  return isVouched(readUnder, stores, certificate)
}

/** The same of a certificate that is as it was signed. */
export async function isVouched(
  readUnder: Pick<ReadUnder, 'vouchesFor'>,
  stores: Pick<Readers, 'requests'>,
  certificate: Certificate,
): Promise<boolean> {
  const { environment, request: number } = certificate
  if (number === undefined) return false
  return isVouchedBy(readUnder, await stores.requests.find({ environment }, number), certificate)
}
