import { isPkiError } from '@scel/pki/errors'
import { parseCertificate } from '@scel/pki/x509'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { namesOfCertificate, namesOfRequest } from './names-of.ts'

/**
 * Writes the names of what was issued and asked for before the desk kept them. Once, at the first start that finds them
 * missing; a start that was cut off goes on at the next one.
 */
export async function fillNames({ work, world }: { work: Work; world: World }): Promise<void> {
  if ((await work.read((stores) => stores.settings.get(DONE))) !== undefined) return
  let from = { certificate: 0, request: 0 }
  for (;;) {
    const asked = { ...from, now: nowOf(world), limit: BATCH }
    const { certificates, requests } = await work.read((stores) => stores.names.unnamed(asked))
    if (certificates.length + requests.length === 0) break
    await work.transaction(async ({ names }) => {
      for (const one of certificates) await names.certify(one, namesIn(one.der))
      for (const one of requests) await names.claim(one, namesOfRequest(one))
    })
    from = {
      certificate: certificates.at(-1)?.number ?? from.certificate,
      request: requests.at(-1)?.number ?? from.request,
    }
  }
  await work.transaction((stores) => stores.settings.set(DONE, nowOf(world)))
}

/** None of what somebody wrote over: a start does not end at it. */
function namesIn(der: Uint8Array): ReturnType<typeof namesOfCertificate> {
  try {
    return namesOfCertificate(parseCertificate(der))
  } catch (error) {
    if (isPkiError(error)) return []
    throw error
  }
}

const DONE = 'names-filled'
const BATCH = 200
