// One signature in words: who, when, four verdicts, and the chain as a picture.

import { drawChain } from '../chain/index.ts'
import { deskLabelOf } from '../ui/desk-label.ts'
import { pairs } from '../ui/table.ts'
import type { Voice } from '../ui/voice.ts'
import type {
  CountersignatureDocument,
  SignatureDocument,
  StampDocument,
  VerdictDocument,
  VouchedBy,
} from './document.ts'

/** What was asked, since it decides how an answer reads. */
export interface Expectations {
  /** Whose signature it must be; `anyone` when that does not matter, undefined when nobody said. */
  readonly identity: { readonly wanted: string } | 'anyone' | undefined
  readonly revocation: 'required' | 'if-known' | 'none'
  /** Of which desks' roots it must come from; absent when the roots were given. */
  readonly environment?: 'production' | 'test'
}

type Pair = readonly [string, string]

/** `missing` is the issuer whom nobody gave. */
export function signatureLines(
  document: SignatureDocument,
  missing: string | undefined,
  asked: Expectations,
  voice: Voice,
): string[] {
  const { chain, revocation } = document
  const refusal = chain.error ?? (revocation === 'not-asked' ? undefined : revocation.error)
  return [
    ...pairs([...whoAndWhen(document, voice), ...verdicts(document, asked, voice)]),
    ...drawChain(chain.path, missing, refusal?.message, voice),
  ]
}

function whoAndWhen(
  { signer, algorithm, signingTime, timeStamp, countersignatures }: SignatureDocument,
  voice: Voice,
): Pair[] {
  return [
    [voice.text('label_signed_by'), signer?.subject ?? voice.text('signature_by_unknown')],
    [voice.text('label_algorithm'), algorithm],
    ...(signingTime
      ? [[voice.text('label_signing_time'), voice.text('signature_time', { at: voice.instant(signingTime) })] as const]
      : []),
    ...(timeStamp ? [[voice.text('label_time_stamp'), stampText(timeStamp, voice)] as const] : []),
    ...countersignatures.map((one): Pair => [voice.text('label_countersigned_by'), counterText(one, voice)]),
  ]
}

function stampText({ error, at, tsa, vouchedBy }: StampDocument, voice: Voice): string {
  if (error) return voice.text('signature_stamp_bad', { reason: error.message })
  const said = voice.text('signature_stamp', { at: at ? voice.instant(at) : '', name: tsa ?? '' })
  return vouchedBy ? voice.text('vouched', { what: said, desk: vouchedText(vouchedBy, voice) }) : said
}

function counterText({ signer, integrity, chain, vouchedBy }: CountersignatureDocument, voice: Voice): string {
  const name = signer ?? voice.text('signature_by_unknown')
  const fault = integrity.error ?? chain.error
  if (fault) return voice.text('signature_counter_bad', { name, reason: fault.message })
  return vouchedBy ? voice.text('vouched', { what: name, desk: vouchedText(vouchedBy, voice) }) : name
}

function verdicts(
  { integrity, chain, vouchedBy, identity, revocation, timeStamp }: SignatureDocument,
  asked: Expectations,
  voice: Voice,
): Pair[] {
  const at = voice.instant(chain.at)
  const stamped = timeStamp?.ok === true
  return [
    verdictPair(voice.text('label_integrity'), integrity, voice.text('signature_integrity')),
    verdictPair(
      voice.text('label_chain'),
      chain,
      voice.text(stamped ? 'signature_chain_stamped' : 'signature_chain', {
        at,
        environment: asked.environment ?? '',
      }),
    ),
    ...vouchedPairs(vouchedBy, voice),
    identityPair(identity, asked, voice),
    revocationPair(revocation, chain.ok, asked, voice),
  ]
}

/** Whose word the chain is: two roots may have one name, and what a desk is called it says itself. */
export const vouchedPairs = (vouchedBy: readonly VouchedBy[] | undefined, voice: Voice): Pair[] =>
  vouchedBy ? [[`  ${voice.text('label_vouched_by')}`, vouchedText(vouchedBy, voice)]] : []

const vouchedText = (all: readonly VouchedBy[], voice: Voice): string =>
  all
    .map(({ desk, host, root }) => voice.text('desk_under_root', { desk: deskLabelOf(host, desk), root: root.subject }))
    .join(' · ')

/** `✓ integrity  …`, or with ✗ the reason. */
export const verdictPair = (label: string, { ok, error }: VerdictDocument, says: string): Pair => [
  `${ok ? MARKS.ok : MARKS.failed} ${label}`,
  error?.message ?? says,
]

function identityPair(identity: SignatureDocument['identity'], { identity: asked }: Expectations, voice: Voice): Pair {
  const label = voice.text('label_identity')
  if (identity === 'not-asked') {
    return asked === 'anyone'
      ? [`${MARKS.left} ${label}`, voice.text('signature_identity_anyone')]
      : [`${MARKS.open} ${label}`, voice.text('signature_identity_open')]
  }
  const wanted = typeof asked === 'object' ? asked.wanted : ''
  return verdictPair(label, identity, voice.text('signature_identity', { wanted }))
}

function revocationPair(
  revocation: SignatureDocument['revocation'],
  chainHolds: boolean,
  { revocation: mode }: Expectations,
  voice: Voice,
): Pair {
  const label = voice.text('label_revocation')
  if (revocation === 'not-asked') {
    return mode === 'none'
      ? [`${MARKS.left} ${label}`, voice.text('signature_revocation_open')]
      : [`${chainHolds ? MARKS.open : MARKS.left} ${label}`, voice.text('signature_revocation_idle')]
  }
  const good = voice.text(mode === 'if-known' ? 'signature_revocation_unless' : 'signature_revocation')
  return verdictPair(label, revocation, good)
}

/** Held, did not hold, was not asked and may stay so, was not asked and should be. */
const MARKS = { ok: '✓', failed: '✗', left: '·', open: '?' } as const
