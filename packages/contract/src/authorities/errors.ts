import type { KeyAbsence } from '@scel/pki/errors'

import type { None } from '../words/none.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface AuthorityErrors {
  lint_refused: { rules: string }
  authority_unavailable: { purpose: string }
  root_ended: { at: string }
  /** Only a root can do it, whose keys lie under a passphrase of their own. */
  root_passphrase_needed: None
  root_passphrase_wrong: None
  /** What holds the key, by its label, and why it cannot be asked. */
  token_unavailable: { token: string; why: KeyAbsence }
}
