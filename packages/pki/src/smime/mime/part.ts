import type { HeaderField } from './fields.ts'
import type { ParameterField } from './parameters.ts'
import type { TransferEncoding } from './transfer-encoding.ts'

/** One entity of a mail (RFC 2045 §2.4): a leaf with content, or a multipart with parts. */
export interface MimePart {
  readonly fields: readonly HeaderField[]
  /** Media type and parameters; `text/plain` when nothing is said. */
  readonly type: ParameterField
  /** `inline` or `attachment`, with `filename`. */
  readonly disposition: ParameterField | undefined
  readonly encoding: TransferEncoding
  /** The whole entity octet for octet, a view: what a signature around it is over. */
  readonly bytes: Uint8Array
  /** What follows the header, not decoded, a view. */
  readonly body: Uint8Array
  /** Of a multipart; text before, between and after them belongs to nobody and is not shown. */
  readonly parts: readonly MimePart[]
}
