/** Why a file is not taken for a certificate request. Its sentences: `REQUEST_FILE_SENTENCES` of the contract. */
export type RequestFault =
  /** There is none in it. */
  | 'request_file_without'
  /** There are several, and nobody said which. */
  | 'request_file_several'
  /** It holds a private key, which must not leave where it is. */
  | 'request_file_private_key'

/** A file that is refused as a whole, before anything of it is judged. */
export class RequestFileRefused extends Error {
  override readonly name = 'RequestFileRefused'
  readonly code: RequestFault

  constructor(code: RequestFault) {
    super(code.replaceAll('_', ' '))
    this.code = code
  }
}
