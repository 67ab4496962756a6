import { refuse } from '@scel/contract/errors'
import { parseName } from '@scel/pki/x509'
import type { ProvenCsr } from '../issuance/csr.ts'
import type { Directory } from '../issuance/directory.ts'
import type { Order } from '../issuance/issuance.ts'
import { askedName } from '../names/asked-name.ts'
import { notOffered } from '../profiles/offers.ts'
import { type Profiles, requireProfile } from '../profiles/profiles.ts'
import type { Request } from './request.ts'

/**
 * What issuance is asked for: the subject and names that follow from the request's CSR, and the key that was proven.
 * @param csr of this request, and of no other
 * @throws DeskError profile_unknown, choice_not_offered
 */
export async function orderFor(
  request: Request,
  csr: ProvenCsr,
  directory: Directory,
  profiles: Profiles,
): Promise<Order> {
  const profile = requireProfile(profiles, request.profile)
  const stranger = notOffered(profile, request.choices)
  if (stranger) refuse('choice_not_offered', { ...stranger })
  const { issuer } = profile
  if (issuer === 'each') throw new Error(`profile ${profile.name} does not say which authority issues by it`)
  return {
    authority: await directory.signing(request.environment, issuer),
    profile,
    subject: parseName(request.subject),
    names: request.names.map(askedName),
    spki: csr.request.publicKey.spki,
    key: csr.spec,
    ...(request.choices && { choices: request.choices }),
    owner: request.owner,
    request: request.number,
    ...(request.organisation === undefined ? {} : { organisation: request.organisation }),
    ...(request.service === undefined ? {} : { service: request.service }),
  }
}
