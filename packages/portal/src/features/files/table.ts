import type { ChosenFiles } from './use-chosen.ts'
import type { Job } from './use-job.ts'
import type { Key } from './use-key.ts'
import type { Recipients } from './use-recipients.ts'
import type { Workshop } from './workshop.ts'

/** Everything that lies before the person: what each of the four panels works with. */
export interface Table {
  readonly workshop: Workshop | undefined
  readonly files: ChosenFiles
  readonly ownKey: Key
  readonly recipients: Recipients
  readonly job: Job
  /** While something runs nothing else can be begun. */
  readonly busy: boolean
}

export const CMS_TYPE = 'application/pkcs7-mime'
export const SIGNATURE_TYPE = 'application/pkcs7-signature'
/** Content that was opened is nothing that a browser should show by itself. */
export const CONTENT_TYPE = 'application/octet-stream'

export const sizeOf = (items: readonly { readonly file: File }[]): number =>
  items.reduce((sum, { file }) => sum + file.size, 0)
