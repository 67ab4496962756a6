import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Page, PageQuery } from '../paging.ts'

export interface Certificates {
  list(actor: PersonActor, query: CertificatesQuery): Promise<Page<contract.CertificateSummary>>
  detail(actor: PersonActor, id: string): Promise<contract.CertificateDetail>
  file(actor: PersonActor, id: string, form: FileForm): Promise<CertificateFile>
  revoke(actor: PersonActor, id: string, reason: contract.RevocationReason): Promise<contract.CertificateDetail>
}

/** `cer` is DER, `pem` this certificate, `chain` this one and the intermediates. */
export type FileForm = 'cer' | 'pem' | 'chain'

export interface CertificateFile {
  readonly content: Uint8Array
  readonly mediaType: string
  readonly fileName: string
}

export interface CertificatesQuery extends PageQuery {
  readonly search?: string
  readonly status?: contract.CertificateStatus
  readonly profile?: contract.ProfileName
  readonly organisation?: string
}
