import type { OpenOptions, VerifyOptions } from '../../cms/index.ts'
import type { MimeLimits } from '../mime/limits.ts'

/** How a mail is read: keys for what is sealed; time, trust and revocation for what is signed. */
export interface ReadMailOptions
  extends Pick<OpenOptions, 'keys' | 'passphrase' | 'secretKeys'>,
    Pick<VerifyOptions, 'anchors' | 'intermediates' | 'at' | 'purpose' | 'revocation' | 'verifyStamp' | 'signal'> {
  readonly limits?: Partial<MimeLimits>
  /** What is weak and read for archives only. */
  readonly danger?: NonNullable<OpenOptions['danger']> & NonNullable<VerifyOptions['danger']>
}
