import type { Invitation } from '../../people/invitation.ts'
import type { Readers } from '../../work.ts'

/**
 * Whose decision it was that a person be certified: that of the second administrator who confirmed the link, or else of whoever made
 * it, by the certificate that they made it with. Who has the host needs none, and decides in the name of the desk.
 */
export async function decidedBy(
  stores: Pick<Readers, 'certificates'>,
  { environment, confirmation, madeWith }: Invitation,
  deskName: string,
): Promise<string> {
  if (confirmation?.given) return confirmation.given.name
  const certificate = madeWith === undefined ? undefined : await stores.certificates.find({ environment }, madeWith)
  return certificate?.commonName ?? deskName
}
