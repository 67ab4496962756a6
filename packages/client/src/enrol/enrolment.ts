import {
  type BodyOf,
  cancelOwnRequest,
  confirmCertificate,
  fetchCertificate,
  listOwnRequests,
  type OutputOf,
  submitRequest,
} from '@scel/contract/routes'
import type { Environment, RequestSummary } from '@scel/contract/values'
import type { DeskClient } from './desk-client.ts'

/** The door of a desk for the requests that this machine makes in one of its environments. @throws DeskRefusal, and the failures of the connection */
export interface Enrolment extends Pick<DeskClient, 'host' | 'prepare'> {
  submit(body: BodyOf<typeof submitRequest>): Promise<OutputOf<typeof submitRequest>>
  /** Newest first. */
  list(): Promise<readonly RequestSummary[]>
  cancel(number: number): Promise<RequestSummary>
  fetch(number: number): Promise<OutputOf<typeof fetchCertificate>>
  confirm(number: number, arrival: BodyOf<typeof confirmCertificate>): Promise<OutputOf<typeof confirmCertificate>>
}

export function enrolmentAt(client: DeskClient, environment: Environment): Enrolment {
  const query = { environment }
  const of = (number: number) => ({ params: { number }, query, request: number })
  return {
    host: client.host,
    prepare: () => client.prepare(),
    submit: (body) => client.signed(submitRequest, { body }),
    list: async () => (await client.signed(listOwnRequests, { query })).items,
    cancel: (number) => client.signed(cancelOwnRequest, of(number)),
    fetch: (number) => client.signed(fetchCertificate, of(number)),
    confirm: (number, body) => client.signed(confirmCertificate, { ...of(number), body }),
  }
}
