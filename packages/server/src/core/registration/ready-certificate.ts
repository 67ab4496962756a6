import { refuse } from '@scel/contract/errors'
import type { RequestState } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import { scopeAt } from '../scope.ts'
import type { Readers } from '../work.ts'
import type { RequestEntry } from './request.ts'

/**
 * What is handed out for a request.
 * @throws DeskError certificate_not_ready
 */
export async function readyCertificate(
  stores: Pick<Readers, 'certificates'>,
  entry: RequestEntry,
): Promise<Certificate> {
  const ready = READY.has(entry.state) && entry.certificate !== undefined
  const certificate = ready ? await stores.certificates.find(scopeAt(entry), entry.certificate ?? '') : undefined
  return certificate ?? refuse('certificate_not_ready', { request: entry.number, state: entry.state })
}

const READY: ReadonlySet<RequestState> = new Set(['approved', 'installed', 'downloaded'])
