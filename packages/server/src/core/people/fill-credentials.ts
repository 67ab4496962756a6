import { placeCertificate } from '../credentials/certificate/certificate-credential.ts'
import { endCredentials } from '../credentials/change-credentials.ts'
import type { Work } from '../work.ts'

/**
 * Of people from before credentials were rows of their own, makes one of the certificate that each signed in with. At each start, before anything
 * is looked at or signed: no unit meets a person without theirs. A start that was cut off goes on at the next one.
 * @returns how many
 */
export async function fillCredentials(work: Work): Promise<number> {
  for (let count = 0; ; ) {
    const filled = await work.transaction(async (stores) => {
      const found = await stores.people.takeFormerCertificates(BATCH)
      for (const { person, certificate: id, environment } of found) {
        const certificate = await stores.certificates.find({ environment }, id)
        if (!certificate || (await stores.credentials.find({ environment }, id))) continue
        const made = { person, certificate, decided: certificate.request }
        await placeCertificate(stores, made, certificate.issuedAt)
        const credential = await stores.credentials.find({ environment }, id)
        if (credential && certificate.revoked) {
          await endCredentials(stores, [credential], certificate.revoked.at, 'revoked')
        }
      }
      return found.length
    })
    if (filled === 0) return count
    count += filled
  }
}

const BATCH = 200
