import type { SealedFacts } from '@scel/pki/cms'

/** Whether a file of the kind `sealed` opens for everybody: it is compressed or carries a digest, and hides nothing. */
export const opensForAll = ({ structure }: Pick<SealedFacts, 'structure'>): boolean =>
  structure === 'compressedData' || structure === 'digestedData'

/** Whether a passphrase that somebody shared opens it. */
export const opensByPassphrase = ({ recipients }: Pick<SealedFacts, 'recipients'>): boolean =>
  recipients.some(({ kind }) => kind === 'passphrase')
