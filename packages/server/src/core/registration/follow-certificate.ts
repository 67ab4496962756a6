import type { DeskActor } from '../actor.ts'
import type { Follow } from '../issuance/issuance.ts'
import { recordStep } from './record-step.ts'

/** What follows from a request's certificate, in the unit that stores it: the step in its timeline. */
export const followRequestCertificate: Follow = async (stores, certificate, at) => {
  if (certificate.request === undefined) return
  const request = await stores.requests.find({ environment: certificate.environment }, certificate.request)
  if (!request) return
  const { id, serial } = certificate
  await recordStep(stores, DESK, request, { kind: 'issued', at, certificate: id, facts: { serial } })
}

const DESK: DeskActor = { kind: 'desk', name: 'issuance' }
