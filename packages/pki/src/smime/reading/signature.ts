// What the signatures around a mail come to.

import type { SignerVerdict, Verdict } from '../../cms/index.ts'
import { checkIdentity } from '../../cms/index.ts'
import { PkiError } from '../../errors/index.ts'
import { formatName } from '../../x509/index.ts'
import type { Mailbox } from '../mime/addresses.ts'
import type { MailLayer, MailSignature, SignedLayer } from './mail.ts'

/** The innermost signature speaks for the author; those around it only have to hold. */
export async function signatureOf(
  layers: readonly MailLayer[],
  from: Mailbox | undefined,
): Promise<{ readonly layers: readonly MailLayer[]; readonly signature: MailSignature }> {
  const at = layers.findLastIndex(({ kind }) => kind === 'signed')
  if (at < 0) return { layers, signature: 'none' }
  const deciding = await withIdentity(layers[at] as SignedLayer, from)
  const judged = layers.with(at, deciding)
  const valid = judged.every((layer) => layer.kind !== 'signed' || holds(layer))
  const over = layers.slice(at).some(({ kind }) => kind === 'sealed')
  return { layers: judged, signature: !valid ? 'invalid' : over ? 'around-seal' : 'valid' }
}

async function withIdentity(layer: SignedLayer, from: Mailbox | undefined): Promise<SignedLayer> {
  const signers: SignerVerdict[] = []
  for (const one of layer.signers) signers.push(Object.freeze({ ...one, identity: await identityOf(one, from) }))
  return Object.freeze({ ...layer, signers: Object.freeze(signers) })
}

/** "the e-mail address in the From … SHOULD match" (RFC 8550 §3); without one author there is nobody to match. */
async function identityOf({ signer }: SignerVerdict, from: Mailbox | undefined): Promise<Verdict> {
  const subject = signer ? formatName(signer.subject, 'rfc4514') : ''
  if (!signer || !from) {
    return { ok: false, error: new PkiError('identity_mismatch', { subject, wanted: from?.address ?? '' }) }
  }
  return checkIdentity(signer, { email: from.address })
}

const holds = ({ error, signers }: SignedLayer): boolean =>
  !error &&
  signers.length > 0 &&
  signers.every(
    ({ integrity, chain, identity, revocation }) =>
      integrity.ok && chain.ok && [identity, revocation].every((one) => one === 'not-asked' || one.ok),
  )
