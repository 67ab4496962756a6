import { type SignatureTimeStamp, type SignerVerdict, type Verdict, verifyContent } from '@scel/pki/cms'
import { stampVerifier } from '@scel/pki/tsp'
import { type Certificate, parseCertificate, parseCrl } from '@scel/pki/x509'
import { failedOf } from '../failure.ts'
import type { Said, SignerFacts, Stamp, Verified, VerifyAsked } from '../protocol.ts'
import { calledBy, cardOf } from './cards.ts'
import { keepContent } from './inside.ts'
import { openPlace } from './place.ts'
import { bytesOf, type Told } from './source.ts'

/** Judges every signature. Content that was inside is kept only when all verdicts hold. */
export async function verify(asked: VerifyAsked, told: Told, signal: AbortSignal): Promise<Verified> {
  const { email } = asked
  const trust = {
    anchors: asked.trust.anchors.map(parseCertificate),
    intermediates: asked.trust.intermediates.map(parseCertificate),
    at: new Date(),
    revocation: asked.revocation ? ({ mode: 'required', crls: asked.trust.crls.map(parseCrl) } as const) : 'not-asked',
  } as const
  const place = asked.content ? undefined : await openPlace(asked.target)
  try {
    const { valid, detached, length, signers } = await verifyContent(
      bytesOf(asked.file, told, signal),
      {
        ...(asked.content ? { content: bytesOf(asked.content, told, signal) } : {}),
        ...trust,
        verifyStamp: stampVerifier(trust),
        ...(email ? { identity: { email } } : {}),
        signal,
      },
      place,
    )
    const facts = { valid, detached, length, signers: await Promise.all(signers.map(factsOf)) }
    if (!place || !valid) {
      await place?.discard()
      return facts
    }
    return { ...facts, kept: await keepContent(place) }
  } catch (error) {
    await place?.discard()
    throw error
  }
}

async function factsOf(verdict: SignerVerdict): Promise<SignerFacts> {
  const { signer, signingTime, timeStamp, chain } = verdict
  return {
    ...(signer ? { card: await cardOf(signer) } : {}),
    algorithm: verdict.algorithm,
    ...(signingTime ? { statedAt: signingTime.toISOString() } : {}),
    ...(timeStamp ? { stamp: stampOf(timeStamp) } : {}),
    judgedAt: chain.at.toISOString(),
    integrity: said(verdict.integrity),
    chain: said(chain),
    identity: said(verdict.identity),
    revocation: said(verdict.revocation),
    links: await Promise.all(linksOf(verdict).map(cardOf)),
  }
}

function stampOf({ verdict, at, tsa }: SignatureTimeStamp): Stamp {
  return {
    said: said(verdict ?? 'not-asked'),
    ...(at ? { at: at.toISOString() } : {}),
    ...(tsa ? { by: calledBy(tsa.subject) } : {}),
  }
}

const said = (verdict: Verdict | 'not-asked'): Said => {
  if (verdict === 'not-asked') return { is: 'not-asked' }
  return verdict.ok ? { is: 'good' } : { is: 'bad', why: failedOf(verdict.error) }
}

/** The chain that holds, or the one that came furthest. */
function linksOf({ chain }: SignerVerdict): readonly Certificate[] {
  if (chain.ok) return chain.path.chain
  const { explained } = chain
  return explained && !explained.valid ? explained.best.chain : []
}
