import { nameOf } from '@scel/files/certificates'
import { missingIssuer, stepsOf } from '@scel/files/verdicts'
import { explainPath, type PathVerdict } from '@scel/pki/path'
import { type Certificate, sameName } from '@scel/pki/x509'
import { drawChain, policyLines, reasonLines, refusedPaths } from '../../chain/index.ts'
import { stepDocument } from '../../signing/index.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Voice } from '../../ui/voice.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { ONLINE_OPTION, onlineFacts, sayAddresses } from '../input/online.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { HOST_OPTION, hostFault } from './verify-host.ts'
import { type Question, questionOf, REVOCATION_MODES } from './verify-question.ts'

/** `scel verify`: whether a certificate may be trusted for a purpose, by which chain, or why not. */
export const verify: Command = {
  arguments: [{ name: 'value_file', help: 'verify_file', required: true, many: true }],
  options: [
    { name: 'anchor', help: 'verify_anchor', value: 'value_file', many: true },
    { name: 'purpose', help: 'verify_purpose', value: 'value_purpose' },
    HOST_OPTION,
    { name: 'at', help: 'verify_at', value: 'value_time' },
    { name: 'intermediate', help: 'verify_intermediate', value: 'value_file', many: true },
    { name: 'crl', help: 'verify_crl', value: 'value_file', many: true },
    { name: 'ocsp', help: 'verify_ocsp', value: 'value_file', many: true },
    ONLINE_OPTION,
    { name: 'revocation', help: 'verify_revocation', value: 'value_mode', choices: REVOCATION_MODES },
    { name: 'policy', help: 'verify_policy', value: 'value_oid', many: true },
    { name: 'all-reasons', help: 'verify_all_reasons' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runVerify,
}

async function runVerify(session: Shell & State, given: Given): Promise<ExitCode> {
  const { voice } = session
  const question = await questionOf(session, given)
  const { options, anchors, purpose, host, revocation, online } = question
  const fault = host === undefined ? undefined : hostFault(options.leaf, host)
  const verdict = await explainPath(options)
  const itself = isTrustedItself(verdict, question)
  const error = verdict.valid || itself ? fault : verdict.best.reason
  const { exit, ...refusal } = error ? voice.words(error) : { exit: EXIT.done, message: undefined, hints: [] }
  const all = await stepsOf(verdict, anchors, itself)
  // The chain may hold and still be that of another host.
  const steps = (verdict.valid || itself) && fault ? all.with(-1, { ...all.at(-1)!, fault: true }) : all
  const reasons = given.flag('all-reasons')
  const document = {
    valid: !error,
    purpose,
    ...(host === undefined ? {} : { host: { name: host, fits: !fault } }),
    at: options.at.toISOString(),
    chain: steps.map(stepDocument),
    ...(verdict.valid ? { policies: verdict.path.policies } : {}),
    ...(error ? { error: refusal } : {}),
    revocation,
    ...onlineFacts(online, voice),
    wants: verdict.wants.map(({ kind, url }) => ({ kind, url })),
    ...(reasons ? { refused: refusedPaths(verdict, voice) } : {}),
  }
  voice.result(document, () => [
    ...drawChain(steps, itself ? undefined : missingIssuer(verdict), refusal.message, voice),
    ...(verdict.valid ? policyLines(verdict.path.policies, voice) : []),
    ...(reasons ? reasonLines(verdict, voice) : []),
    itself && !error
      ? voice.plain('verify_itself_anchor', { name: nameOf(options.leaf) })
      : conclusion(!error, purpose, host, options.at, voice),
  ])
  // Whoever revokes a root is that root.
  if (revocation === 'none' && !(itself && isSelfIssued(options.leaf))) voice.say('verify_revocation_not_asked')
  sayAddresses(document, document.wants, voice)
  for (const hint of refusal.hints) voice.hint(hint)
  return exit
}

/**
 * Whether all that is wrong with the leaf is that nobody vouches for it, and it is one of the anchors: by itself it was
 * judged as every leaf is (dates, purpose, strength). What may have been revoked is taken only where that was not asked.
 */
function isTrustedItself(verdict: PathVerdict, { itself, options: { leaf, policy }, revocation }: Question): boolean {
  if (verdict.valid || !itself || policy) return false
  if (revocation !== 'none' && !isSelfIssued(leaf)) return false
  const { chain, reason } = verdict.best
  return chain.length === 1 && reason.code === 'issuer_unknown'
}

const isSelfIssued = ({ subject, issuer }: Certificate): boolean => sameName(subject, issuer)

/** Good for what; with the purpose `any` and no host there is nothing that it would be good for. */
function conclusion(valid: boolean, purpose: string, host: string | undefined, at: Date, voice: Voice): string {
  const named = purpose === 'any' ? undefined : purpose
  const what = host !== undefined && named !== undefined ? `${host} (${named})` : (host ?? named)
  const facts = { at: voice.instant(at) }
  if (what === undefined) return voice.plain(valid ? 'verify_valid_any' : 'verify_invalid_any', facts)
  return voice.plain(valid ? 'verify_valid' : 'verify_invalid', { purpose: what, ...facts })
}
